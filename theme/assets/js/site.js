/**
 * The entry module of every page, run after first paint. Pages work without it; tools are loaded on demand.
 */
import { startTextSize } from "./text-size.js";
import { startTicks } from "./ticks.js";
import { startTerms } from "./terms.js";
import { startPageTools } from "./page-tools.js";
import { startOffline } from "./offline.js";

/** Modules loaded only on pages with a matching element. */
const ON_DEMAND = [
  ["[data-stale-after]", () => import("./staleness.js")],
  ["[data-place-finder]", () => import("./place-finder.js")],
  ["[data-learning-path], [data-evenings]", () => import("./learning-progress.js")],
  ["[data-certificate]", () => import("./certificate.js")],
  ["[data-practice], [data-practices]", () => import("./practice.js")],
  ["[data-domain-check]", () => import("./domain-form.js")],
  ["[data-lost-page]", () => import("./lost-page.js")],
  [".share-bar", () => import("./share.js")],
  [".save-offer", () => import("./saving-offers.js")],
];

const WITH_OWN_SCRIPT = ON_DEMAND.map(([selector]) => selector).join();

/** What a first answer needs, beside the two that are imported here. */
const SEARCH = ["worker", "engine", "index", "reading", "ranking", "confidence", "fold"];
/** @type {Promise<(form: HTMLFormElement) => void> | null} */ let search = null;
let tries = 0;

/** Asks for all that search needs side by side; after a failure anew, by addresses that have not failed. */
function loadSearch() {
  const root = new URL(`${document.body.dataset.base}/`, location.href).href, again = tries++ ? `?${tries}` : "";
  const leads = fetch(`${root}search/index.json`, { cache: "no-cache" });
  leads.catch(() => {}); // reported by the caller
  for (const name of SEARCH) {
    const href = new URL(`../search/${name}.js`, import.meta.url).href;
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }
  return Promise.all([import(`../search/box.js${again}`), import(`../search/searcher.js${again}`)])
    .then(([box, { Searcher }]) => {
      const { connection } = navigator;
      const searcher = new Searcher(root, Boolean(connection && connection.saveData), leads);
      return (form) => box.start(form, searcher);
    });
}

/** A box is taken over at its first touch, which may have come before this script; a page of results at once. */
for (const form of document.querySelectorAll(".search-box")) {
  const events = ["focusin", "input"];
  const start = () => {
    for (const event of events) form.removeEventListener(event, start);
    search = search || loadSearch();
    search.then((take) => take(form)).catch(() => {
      search = null;
      const failed = document.getElementById("search-failed"); // a page of results: browsers keep the failure
      if (failed) failed.hidden = false;
      else for (const event of events) form.addEventListener(event, start); // once more at the next touch or key
    });
  };
  if (form.dataset.results || form.contains(document.activeElement)) start();
  else form.addEventListener("focusin", start);
}

/** A picture is shown large by a script that comes with the first tap; without it the link leads to the file. */
function startPictures() {
  for (const link of document.querySelectorAll(".picture a")) link.setAttribute("aria-haspopup", "dialog");
  addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const link = event.target.closest(".picture a");
    if (!plain || !link) return;
    event.preventDefault();
    import("./zoom.js").then((zoom) => zoom.openPicture(link)).catch(() => location.assign(link.href));
  });
}

/** Only a printed sheet's mark begins with a capital; an app may have made all letters small. */
function answerSheet() {
  const isMark = /^#(?:T|t\w{4}(?![\w-]))/.test(location.hash) && !document.querySelector(":target");
  if (isMark) import("./printed-sheet.js").then((sheet) => sheet.answerSheet(), () => {});
}

startPictures();
startTextSize(document.querySelectorAll("[data-text-size]"));
startTicks(document.querySelectorAll(".box-steps > ol"));
startTerms(document);
startPageTools(document.querySelector(".page-tools"));
startOffline();
answerSheet();
addEventListener("hashchange", answerSheet); // a second sheet that is scanned may open in the same tab
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
