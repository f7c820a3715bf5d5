/**
 * A picture shown large over the page. Back, Escape, the button or a click beside it closes it.
 */
import { openDialog } from "./dialogs.js";

const LARGE = "1200px"; // the browser then takes the widest file, in the best format it knows
const STYLE = new URL("zoom.css", import.meta.url).href;

/**
 * @param {HTMLAnchorElement} link the link around the picture
 * @returns {Promise<unknown>} refused when nothing can be shown
 */
export function openPicture(link) {
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  dialog.setAttribute("aria-label", "Hình phóng to");
  dialog.innerHTML = '<button type="button" autofocus>Đóng hình</button><div tabindex="0"></div>';
  dialog.lastElementChild.append(enlarged(link.firstElementChild));
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("img")) dialog.close();
  });
  return openDialog(dialog, STYLE);
}

/**
 * @param {Element} picture <picture> or <img> of the page
 * @returns {Element} a copy that asks for the widest file
 */
function enlarged(picture) {
  const copy = picture.cloneNode(true);
  for (const part of [copy, ...copy.children]) {
    if (part.hasAttribute("sizes")) part.setAttribute("sizes", LARGE);
    part.removeAttribute("loading");
  }
  return copy;
}
