/**
 * Saves the whole library for offline reading, each part as one bundle, and updates it: the list of versions tells which
 * pages changed. Updates are automatic only on networks known to be free of charge. Loaded on demand.
 */
import { DRAWINGS, dropCopies, keepBundle } from "./bundles.js";
import { keepLeads } from "./keeping.js";
import { LIBRARY, ROOT, SAVED } from "./kept-pages.js";
import { REFUSED, reasonOf, workerRefused } from "./saved-pages.js";

/** @typedef {import("./bundles.js").Bundle} Bundle */

const VERSIONS = new URL("assets/offline/versions.json", ROOT).href;
const ASK_AFTER = 7; // days after which other pages, too, say that the library is old
const DAY = 86400000; // ms
const ONE_PAGE = 11000; // bytes as sent; the bundle has shared lines once
const MANY_DRAWINGS = 20; // from this number on the bundle is quicker

/** The action of each button; returns the message shown afterwards. @type {Record<string, () => Promise<string>>} */
const DEEDS = {
  async keep() {
    await keepWhole(LIBRARY);
    await keepLeads();
    return "Đã lưu. Mất mạng vẫn đọc và tìm được.";
  },
  async drawings() {
    await keepWhole(DRAWINGS);
    return "Đã lưu cả hình vẽ.";
  },
  async renew() {
    const count = await renew();
    return count ? `Đã thay ${count} trang bằng bản mới.` : "Thư viện trên máy đang là bản mới nhất.";
  },
};

/**
 * @param {HTMLElement} offer
 * @param {string} deed key of `DEEDS`
 */
export async function serveReader(offer, deed) {
  const status = offer.querySelector("[role=status]");
  status.textContent = deed === "renew" ? "Đang xem có gì mới…" : "Đang lưu…";
  setBusy(offer, true);
  const refused = await workerRefused();
  try {
    if (refused) throw Object.assign(new Error(refused), { reason: refused });
    status.textContent = await DEEDS[deed]();
  } catch (error) {
    console.debug("not kept", error);
    status.textContent = `Chưa lưu được. ${REFUSED[error.reason || reasonOf(error)]}`;
  }
  setBusy(offer, false);
  await showState(offer);
}

/** Updates a library that was not checked for a day. */
export async function renewUnasked() {
  if (costsNothing()) await renew().catch((error) => console.debug("not renewed", error));
}

/** @returns {boolean} false also where unknown: the reader is asked then */
function costsNothing() {
  const { saveData, type } = navigator.connection || {};
  return !saveData && (type === "wifi" || type === "ethernet");
}

/** @param {HTMLElement} offer @param {boolean} isBusy */
function setBusy(offer, isBusy) {
  for (const button of offer.querySelectorAll("button")) button.disabled = isBusy;
}

/** Renders the state and the available actions. @param {HTMLElement} offer */
export async function showState(offer) {
  const [library, drawings] = await Promise.all([find(LIBRARY), find(DRAWINGS)]);
  const date = library && new Date(library.headers.get("date"));
  const isOld = library && Date.now() - date.getTime() > ASK_AFTER * DAY;
  const show = (name, isShown) => { offer.querySelector(name).hidden = !isShown; };
  show("[data-do=keep]", !library);
  show("[data-do=drawings]", library && !drawings);
  show("[data-do=renew]", library && (isOld || offer.dataset.library === "always"));
  show(".library-state", library);
  if (library) offer.querySelector(".library-state b").textContent = dayOf(date);
  const hasNews = !library || isOld || offer.querySelector("[role=status]").textContent;
  offer.hidden = !hasNews && offer.dataset.library !== "always";
}

/** @param {Date} date */
const dayOf = (date) => `${date.getDate()}/${date.getMonth() + 1}/${date.getFullYear()}`;

/** @param {string} address */
const find = (address) => caches.match(address, { cacheName: SAVED });

/**
 * @param {string} address
 * @returns {Promise<Response>} the server's response, never a cached one
 */
async function ask(address) {
  const response = await fetch(address, { cache: "reload" });
  if (response.ok) return response;
  throw Object.assign(new Error(`${response.status} ${address}`), { reason: "server" });
}

/** @param {Response} response */
const dateOf = (response) => response.headers.get("date") || new Date().toUTCString();

/** @param {string} address of a bundle @returns {Promise<Bundle>} the cached one */
async function keepWhole(address) {
  const response = await ask(address);
  const bundle = await response.json();
  await keepBundle(await caches.open(SAVED), address, bundle, dateOf(response));
  await dropCopies(bundle);
  return bundle;
}

/** @returns {Promise<number>} the number of pages changed, added or removed */
async function renew() {
  const answer = await ask(VERSIONS);
  const { size, files } = await answer.json();
  const library = await (await find(LIBRARY)).json();
  const gone = Object.keys(library.files).filter((path) => !files[path]);
  const changed = Object.keys(files).filter((path) => !library.files[path] || library.files[path][0] !== files[path]);
  for (const path of gone) delete library.files[path];
  if (changed.length * ONE_PAGE > size) {
    await renewDrawings(await keepWhole(LIBRARY));
  } else {
    for (const path of changed) library.files[path] = [files[path], await (await ask(new URL(path, ROOT).href)).text()];
    await keepBundle(await caches.open(SAVED), LIBRARY, library, dateOf(answer));
    await dropCopies(library);
    await renewDrawings(library);
  }
  if (changed.length || gone.length) await keepLeads();
  return changed.length + gone.length;
}

/** Loads the drawings of the current pages; a changed drawing has a new name. @param {Bundle} library */
async function renewDrawings(library) {
  const kept = await find(DRAWINGS);
  if (!kept) return;
  const drawings = await kept.json();
  const named = new Set(JSON.stringify(library).match(/assets\/images\/[\w.-]+\.svg/g));
  const missing = [...named].filter((path) => !drawings.files[path]);
  if (missing.length > MANY_DRAWINGS) return void (await keepWhole(DRAWINGS));
  for (const path of Object.keys(drawings.files)) if (!named.has(path)) delete drawings.files[path];
  for (const path of missing) drawings.files[path] = ["", await (await ask(new URL(path, ROOT).href)).text()];
  await keepBundle(await caches.open(SAVED), DRAWINGS, drawings, dateOf(kept));
}
