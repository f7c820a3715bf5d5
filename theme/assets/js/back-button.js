/** Dialogs that Back closes: on a phone people leave what covers the screen by Back. */

/**
 * Makes an open dialog a step of its own in the history, and takes the dialog away when it closes.
 * A dialog may open over another: Back closes the upper one only.
 * @param {HTMLDialogElement} dialog
 */
export function closeWithBack(dialog) {
  const depth = openDialogs() + 1;
  const leave = () => {
    if (openDialogs() < depth) dialog.close();
  };
  history.pushState({ dialogs: depth }, "");
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
