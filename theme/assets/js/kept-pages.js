/**
 * Names of the caches and keys of cached pages. Imported by pages; the service worker, which old browsers support only as
 * plain script, begins with these lines.
 */

export const SAVED = "saved"; // saved by the reader
export const READ = "read"; // visited by the reader

/** The site's root, in pages and in the service worker. */
export const ROOT = new URL(self.registration ? self.registration.scope : `${document.body.dataset.base}/`, location);

/** The bundle of all pages, for readers who saved the library. */
export const LIBRARY = new URL("assets/offline/library.json", ROOT).href;

const ROOT_AND_REST = new RegExp(`^(${ROOT.pathname.replace(/\W/g, "\\$&")})?(.*)$`, "s");

/**
 * Returns the cache key of an address. A page has many spellings: tracking parameters of Zalo and Facebook, a missing
 * slash, index.html, capitals. A file has one.
 * @param {string} address
 * @returns {string}
 */
export function keyOf(address) {
  const url = new URL(address);
  url.hash = "";
  const name = url.pathname.split("/").pop();
  if (/\.(?!html?$)/i.test(name)) return url.href;
  url.search = "";
  const [, root = "", rest] = plain(url.pathname).replace(/\/{2,}/g, "/").match(ROOT_AND_REST);
  const path = root + rest.toLowerCase().replace(/(^|\/)index\.html?$/, "$1");
  url.pathname = /\/$|\.html?$/.test(path) ? path : `${path}/`;
  return url.href;
}

/**
 * @param {string} path
 * @returns {string} without escapes, such as %2D for a dash
 */
function plain(path) {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    return path;
  }
}
