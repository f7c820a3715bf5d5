/**
 * A click on a picture shows it large over the page. Back, Escape, the button or a click beside it
 * closes it. Where that cannot be shown, the link around the picture leads to the large file.
 */
import { openDialog } from "./dialogs.js";

const LARGE = "1200px"; // the browser then takes the widest file, in the best format it knows
const STYLE = new URL("zoom.css", import.meta.url).href;

/** @param {Document} page */
function startZoom(page) {
  page.querySelectorAll(".picture a").forEach((link) => link.setAttribute("aria-haspopup", "dialog"));
  page.addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const link = event.target.closest(".picture a");
    if (!plain || !link) return;
    event.preventDefault();
    openPicture(page, link);
  });
}

/**
 * @param {Document} page
 * @param {HTMLAnchorElement} link the link around the picture
 */
function openPicture(page, link) {
  const dialog = page.createElement("dialog");
  dialog.className = "zoom";
  dialog.setAttribute("aria-label", "Hình phóng to");
  dialog.innerHTML = '<button type="button" autofocus>Đóng hình</button><div tabindex="0"></div>';
  dialog.lastElementChild.append(enlarged(link.firstElementChild));
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("img")) dialog.close();
  });
  openDialog(dialog, STYLE).catch(() => location.assign(link.href));
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

startZoom(document);
