/** Turns on reading without a network, from the second page on and never for a reader who saves data. */
import { READ, ROOT, SAVED, keyOf } from "./kept-pages.js";
import { recall, remember } from "./memory.js";

export const NO_NETWORK = "Mất mạng, bấm lại sau.";

/** False for an editor at `make serve` too: a preview has no worker. */
export const CAN_SAVE =
  "offline" in document.body.dataset && "serviceWorker" in navigator && "caches" in window;

export function startOffline() {
  const list = document.getElementById("saved-pages");
  const topic = document.querySelector("[data-save-topic]");
  if (!CAN_SAVE) {
    if (list) list.firstElementChild.hidden = false;
    if (topic) topic.parentElement.hidden = true;
    return;
  }
  if (document.body.dataset.kept) import("./kept-note.js").then((note) => note.startKeptNote());
  if (list) import("./saved-pages.js").then((tool) => tool.listPages(list));
  if (topic) {
    const status = topic.nextElementSibling;
    topic.addEventListener("click", () => {
      useTool(import("./saved-pages.js"), status, (tool) => tool.saveTopic(topic, status));
    });
  }
  const seen = Number(recall("pages-seen") || 0) + 1;
  if (seen <= 2) remember("pages-seen", String(seen));
  const savesData = navigator.connection && navigator.connection.saveData;
  if (seen > 1 && !savesData) addEventListener("load", keepWhatIsRead);
  addEventListener("appinstalled", keepLeads);
}

/** Keeps titles and summaries of all pages: search answers by them where there is no network. Nobody else pays for it. */
export async function keepLeads() {
  try {
    await (await caches.open(SAVED)).add(new URL("search/index.json", ROOT).href);
  } catch (error) {
    console.debug("no leads", error);
  }
}

/**
 * Uses a tool once it is here, or says that it could not be fetched.
 * @param {Promise<any>} tool a module
 * @param {HTMLElement} status
 * @param {(tool: any) => void | Promise<void>} use refused when the tool lacks a file of its own
 */
export function useTool(tool, status, use) {
  tool.then(use).catch((error) => {
    console.debug("no tool", error);
    status.textContent = NO_NETWORK;
  });
}

/** Registers the worker, and keeps this page, which was opened without it. */
async function keepWhatIsRead() {
  try {
    await register();
    if (navigator.serviceWorker.controller) return;
    const page = keyOf(location.href);
    if (await caches.match(page, { cacheName: SAVED, ignoreVary: true })) return;
    const response = await fetch(page, { cache: "force-cache" });
    if (response.ok) await (await caches.open(READ)).put(page, response);
  } catch (error) {
    console.debug("nothing kept", error);
  }
}

/** @returns {Promise<ServiceWorkerRegistration>} refused where the browser or its reader forbids workers */
export function register() {
  return navigator.serviceWorker.register(new URL("sw.js", ROOT).href);
}
