/** Enables offline reading from the second page view, never with the data saver on. */
import { LIBRARY, SAVED } from "./kept-pages.js";
import { recall, remember } from "./memory.js";

export const NO_NETWORK = "Mất mạng, bấm lại sau.";

/** False for an editor at `make serve` too: a preview has no worker. */
export const CAN_SAVE =
  "offline" in document.body.dataset && "serviceWorker" in navigator && "caches" in window;

export function startOffline() {
  const list = document.getElementById("saved-pages");
  if (!CAN_SAVE) {
    if (list) list.firstElementChild.hidden = false;
    return;
  }
  if (document.body.dataset.kept) import("./kept-note.js").then((note) => note.startKeptNote());
  if (list) import("./saved-pages.js").then((tool) => tool.listPages(list));
  const seen = Number(recall("pages-seen") || 0) + 1;
  if (seen <= 2) remember("pages-seen", String(seen));
  const savesData = navigator.connection && navigator.connection.saveData;
  const keeping = () => import("./keeping.js");
  if (seen > 1 && !savesData) addEventListener("load", () => keeping().then((tool) => tool.keepWhatIsRead(), () => {}));
  addEventListener("appinstalled", () => keeping().then((tool) => tool.keepLeads(), () => {}));
}

/** @returns {Promise<Response | undefined>} the whole library, for those who keep it */
export function findLibrary() {
  return caches.match(LIBRARY, { cacheName: SAVED });
}

/**
 * Runs a tool once its module is loaded, or shows that loading failed.
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
