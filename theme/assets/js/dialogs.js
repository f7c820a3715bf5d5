/** Full-screen dialogs that the Back button closes. */

let isOpening = false;

/**
 * Shows a modal dialog with its own style sheet and history entry. Dialogs may be nested: Back closes the topmost.
 * @param {HTMLDialogElement} dialog
 * @param {string} style URL of the style sheet, loaded before the dialog is shown
 * @returns {Promise<boolean>} false while another one is opening (a second tap); rejects when
 *     the style sheet cannot be loaded
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
  // After a reload the history still has the entries of dialogs.
  if (openDialogs() < depth) history.pushState({ dialogs: depth }, "");
  else if (openDialogs() > depth) history.go(depth - openDialogs());
  addEventListener("popstate", leave);
  dialog.addEventListener("close", () => {
    removeEventListener("popstate", leave);
    dialog.remove();
    if (openDialogs() >= depth) history.back();
  });
}

/** @returns {number} the number of open dialogs of this history entry */
function openDialogs() {
  return (history.state && history.state.dialogs) || 0;
}

/**
 * Emulates `showModal` for browsers without it (iPhones before iOS 15.4).
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
 * @returns {Promise<void>} rejects when it cannot be loaded; the next call retries
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
