/** Caching for returning readers; loaded from the second page view on. */
import { READ, ROOT, SAVED, keyOf } from "./kept-pages.js";
import { findLibrary } from "./offline.js";

/** Caches the leads of all pages for search without a network, for readers who use it only. */
export async function keepLeads() {
  try {
    await (await caches.open(SAVED)).add(new URL("search/index.json", ROOT).href);
  } catch (error) {
    console.debug("no leads", error);
  }
}

/**
 * Registers the worker and caches this page, which was loaded without it. Checks a cached library for updates once a day;
 * without one nothing is requested.
 */
export async function keepWhatIsRead() {
  try {
    await register();
    const library = await findLibrary();
    if (library && Date.now() - Date.parse(library.headers.get("date")) > 864e5) (await import("./whole-library.js")).renewUnasked();
    if (navigator.serviceWorker.controller) return;
    const page = keyOf(location.href);
    if (await caches.match(page, { cacheName: SAVED, ignoreVary: true })) return;
    const response = await fetch(page, { cache: "force-cache" });
    if (response.ok) await (await caches.open(READ)).put(page, response);
  } catch (error) {
    console.debug("nothing kept", error);
  }
}

/** @returns {Promise<ServiceWorkerRegistration>} rejects where workers are disabled */
export function register() {
  return navigator.serviceWorker.register(new URL("sw.js", ROOT).href);
}
