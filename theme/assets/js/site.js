/**
 * What runs on every page, after it is drawn. Everything works without it; a tool that a reader
 * has to ask for is fetched when asked.
 */
import { startTextSize } from "./text-size.js";
import { startTicks } from "./ticks.js";
import { startTerms } from "./terms.js";
import { startPageTools } from "./page-tools.js";
import { startOffline } from "./offline.js";

/** Modules of other parts of the site: fetched only on pages that have something for them to do. */
const ON_DEMAND = [
  ["[data-stale-after]", () => import("./staleness.js")],
  ["[data-place-finder]", () => import("./place-finder.js")],
  ["[data-learning-path], [data-evenings]", () => import("./learning-progress.js")],
  ["[data-domain-check]", () => import("./domain-form.js")],
  [".picture a", () => import("./zoom.js")],
  ["[data-lost-page]", () => import("./lost-page.js")],
  [".share-bar", () => import("./share.js")],
];

const WITH_OWN_SCRIPT = ON_DEMAND.map(([selector]) => selector).join();

/** Search: a box is taken over at its first touch, which may have come before this script; results at once. */
for (const form of document.querySelectorAll(".search-box")) {
  const start = () => import("../search/box.js").then((search) => search.start(form));
  if (form.dataset.results || form.contains(document.activeElement)) start();
  else form.addEventListener("focusin", start, { once: true });
}

startTextSize(document.querySelectorAll("[data-text-size]"));
startTicks(document.querySelectorAll(".box-steps > ol"));
startTerms(document);
startPageTools(document.querySelector(".page-tools"));
startOffline();
for (const [selector, load] of ON_DEMAND) {
  const parts = [...document.querySelectorAll(selector)];
  if (parts.length) load().then(() => parts.forEach(showControls), (error) => parts.forEach((part) => sayBroken(part, error)));
}
showControls(document);
document.documentElement.dataset.works = "";

/**
 * Shows the controls of a part of the page, whose place was kept for them until now.
 * @param {Document | Element} part
 */
function showControls(part) {
  for (const control of controlsOf(part)) control.classList.add("works");
}

/**
 * @param {Document | Element} part
 * @returns {Element[]} what needs a script, of the whole page without what waits for one of its own
 */
function controlsOf(part) {
  const controls = [...part.querySelectorAll(".needs-js")];
  if (part !== document) return part.matches(".needs-js") ? [part, ...controls] : controls;
  return controls.filter((control) => !control.closest(WITH_OWN_SCRIPT));
}

/**
 * @param {Element} part whose script could not be fetched, or failed
 * @param {Error} error
 */
function sayBroken(part, error) {
  console.debug("no script", error);
  const controls = controlsOf(part);
  if (!controls.length) return;
  for (const control of controls) control.classList.add("broken");
  const note = document.createElement("p");
  note.className = "kept-note";
  note.setAttribute("role", "status");
  note.textContent = "Phần này chưa tải được. Bà con kiểm tra mạng, rồi tải lại trang.";
  if (controls[0] === part) part.after(note);
  else part.append(note);
}
