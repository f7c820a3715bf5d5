/**
 * Bundles of files as written by portal/site/bundles.py. A separately cached page is newer than its copy in a bundle.
 * Imported by whole-library.js; also part of the service worker as plain script.
 *
 * @typedef {{shared: string[], files: Record<string, (string | number)[]>}} Bundle each file has its version, then its
 *     pieces; a number is an index into `shared`
 */
import { READ, ROOT, SAVED } from "./kept-pages.js";

export const DRAWINGS = new URL("assets/offline/drawings.json", ROOT).href;

/**
 * @param {Cache} cache
 * @param {string} address
 * @param {Bundle} bundle
 * @param {string} date the server's Date header
 * @returns {Promise<void>}
 */
export function keepBundle(cache, address, bundle, date) {
  const headers = { "content-type": "application/json", date };
  return cache.put(address, new Response(JSON.stringify(bundle), { headers }));
}

/**
 * Deletes separately cached pages that a bundle contains; pages cached later are newer.
 * @param {Bundle} bundle
 */
export async function dropCopies({ files }) {
  const paths = Object.keys(files);
  for (const name of [SAVED, READ]) {
    const cache = await caches.open(name);
    await Promise.all(paths.map((path) => cache.delete(new URL(path, ROOT).href, { ignoreVary: true })));
  }
}
