/** Dialogs that cover the screen, and that Back closes: on a phone people leave so what lies over a page. */

let isOpening = false;

/**
 * Shows a dialog over the page, in a style sheet of its own, as a step of its own in the history. A dialog may
 * open over another: Back closes the upper one only.
 * @param {HTMLDialogElement} dialog
 * @param {string} style address of the style sheet, which is in force before anything is shown
 * @returns {Promise<boolean>} false when another one is about to open: a second tap opens nothing; refused when
 *     the style sheet cannot be fetched: nothing is shown then
 */
export async function openDialog(dialog, style) {
  if (isOpening) return false;
  isOpening = true;
  try {
    await addStyle(style);
  } finally {
    isOpening = false;
  }
  document.body.append(dialog);
  closeWithBack(dialog);
  if ("showModal" in dialog) dialog.showModal();
  else showInPlaceOfModal(dialog);
  return true;
}

/** @param {HTMLDialogElement} dialog */
function closeWithBack(dialog) {
  const depth = document.querySelectorAll("dialog[open]").length + 1;
  const leave = () => {
    if (openDialogs() < depth) dialog.close();
  };
  // After a reload the history has the dialogs that the page had.
  if (openDialogs() < depth) history.pushState({ dialogs: depth }, "");
  else if (openDialogs() > depth) history.go(depth - openDialogs());
  addEventListener("popstate", leave);
  dialog.addEventListener("close", () => {
    removeEventListener("popstate", leave);
    dialog.remove();
    if (openDialogs() >= depth) history.back();
  });
}

/** @returns {number} how many dialogs lie over the page at this place of the history */
function openDialogs() {
  return (history.state && history.state.dialogs) || 0;
}

/**
 * Does what `showModal` does, for browsers without it (iPhones before iOS 15.4).
 * @param {HTMLElement} dialog
 */
function showInPlaceOfModal(dialog) {
  const hidden = [...document.body.children].filter((each) => each !== dialog && !each.hasAttribute("aria-hidden"));
  const keepFocus = (event) => {
    if (!dialog.contains(event.target) && dialog === document.body.lastElementChild) dialog.focus();
  };
  const leave = (event) => {
    if (event.key === "Escape" && dialog === document.body.lastElementChild) dialog.close();
  };
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-modal", "true");
  dialog.setAttribute("open", "");
  dialog.tabIndex = -1;
  hidden.forEach((each) => each.setAttribute("aria-hidden", "true"));
  document.addEventListener("focusin", keepFocus);
  document.addEventListener("keydown", leave);
  dialog.close = () => {
    document.removeEventListener("focusin", keepFocus);
    document.removeEventListener("keydown", leave);
    hidden.forEach((each) => each.removeAttribute("aria-hidden"));
    dialog.dispatchEvent(new Event("close"));
  };
  dialog.focus();
}

/**
 * @param {string} address
 * @returns {Promise<void>} refused when it cannot be fetched; asked again, it is fetched again
 */
function addStyle(address) {
  if ([...document.styleSheets].some((sheet) => sheet.href === address)) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error(`not fetched: ${address}`));
    };
  });
}
