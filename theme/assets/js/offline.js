/** Turns on reading without a network, from the second page on and never for a reader who saves data. */
import { recall, remember } from "./memory.js";

export function startOffline() {
  if (!("offline" in document.body.dataset)) return; // an editor at `make serve`
  if (!("serviceWorker" in navigator) || !window.caches) return;
  if (document.getElementById("saved-pages")) {
    import("./saved-pages.js").then((tool) => tool.listPages(document.getElementById("saved-pages")));
  }
  const topic = document.querySelector("[data-save-topic]");
  if (topic) {
    topic.addEventListener("click", () => import("./saved-pages.js").then((tool) => tool.saveTopic(topic)));
  }
  const seen = Number(recall("pages-seen") || 0) + 1;
  if (seen <= 2) remember("pages-seen", String(seen));
  const savesData = navigator.connection && navigator.connection.saveData;
  if (seen > 1 && !savesData) addEventListener("load", register);
}

/** Registers the worker, and keeps this page, which was opened without it. */
export async function register() {
  const root = new URL(`${document.body.dataset.base}/`, location.href);
  try {
    await navigator.serviceWorker.register(new URL("sw.js", root).href);
    if (navigator.serviceWorker.controller) return;
    const read = await caches.open("read");
    await read.add(new Request(location.href.split("#")[0], { cache: "force-cache" }));
  } catch (error) {
    console.debug("nothing kept", error);
  }
}
