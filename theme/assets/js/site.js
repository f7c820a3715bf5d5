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
  if (document.querySelector(selector)) load();
}
