/**
 * What is kept on this phone, and under which address: read by the pages as a module, and by the service worker,
 * which old browsers know as a plain script only, as its first lines.
 */

export const SAVED = "saved"; // what a reader asked to keep
export const READ = "read"; // what a reader has opened

/** The site's root, for a page as for the service worker. */
export const ROOT = new URL(self.registration ? self.registration.scope : `${document.body.dataset.base}/`, location);

const ROOT_AND_REST = new RegExp(`^(${ROOT.pathname.replace(/\W/g, "\\$&")})?(.*)$`, "s");

/**
 * The one key under which something is kept and found again. A page has many addresses: with what Zalo and Facebook
 * add, without its last slash, with index.html, in capitals. A file has one.
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
