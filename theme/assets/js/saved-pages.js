/** Keeps a guide or a whole topic on this phone, lists what is kept, and clears it. */
import { READ, ROOT, SAVED, keyOf } from "./kept-pages.js";
import { keepLeads, register } from "./keeping.js";
import { NO_NETWORK, findLibrary } from "./offline.js";
import { showSaved } from "./page-tools.js";

const WORKER_LIMIT = 60000; // ms; on a slow network the worker takes long to fetch what it keeps

const KEPT = "Mất mạng vẫn đọc được.";

/** Why something was not kept, and what helps. */
export const REFUSED = {
  full: "Máy hết chỗ. Bà con xóa bớt ảnh, ứng dụng rồi bấm lại.",
  network: NO_NETWORK,
  server: "Máy chủ đang trục trặc, bấm lại sau.",
  worker: "Trình duyệt này không cho lưu. Bà con mở trang bằng Chrome hoặc Safari, không ở chế độ ẩn danh.",
  slow: "Mạng chậm quá, bấm lại sau.",
};

/** @param {Error} error @returns {string} key of `REFUSED`; what was cut off is no JSON */
export function reasonOf(error) {
  if (error.name === "QuotaExceededError") return "full";
  return error instanceof TypeError || error instanceof SyntaxError ? "network" : "worker";
}

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} status
 */
export async function savePage(button, status) {
  status.textContent = "Đang lưu…";
  button.setAttribute("aria-disabled", "true");
  const [refused] = await keep([location.href]);
  if (!refused) showSaved(button);
  status.textContent = refused ? `Chưa lưu được. ${REFUSED[refused]}` : `Đã lưu. ${KEPT}`;
  button.removeAttribute("aria-disabled");
}

/**
 * Asks once with the size, then keeps every page of the topic and tells the progress.
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} status
 */
export async function saveTopic(button, status) {
  const addresses = [...document.querySelectorAll(".cards a")].map((link) => link.href);
  if (!button.dataset.confirmed) {
    await tellSize(button, status, addresses);
    return;
  }
  status.textContent = "Đang lưu…";
  const results = await keep([location.href, ...addresses], (done, all) => {
    status.textContent = `Đang lưu ${done}/${all}…`;
  });
  const refused = results.filter(Boolean);
  status.textContent = refused.length
    ? `Còn ${refused.length} bài chưa lưu được. ${REFUSED[refused[0]]}`
    : `Đã lưu cả chủ đề. ${KEPT}`;
}

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} status
 * @param {string[]} addresses
 */
async function tellSize(button, status, addresses) {
  try {
    const size = Math.ceil((await sizeOf(addresses)) / 1000);
    status.textContent = `${addresses.length} bài, khoảng ${size} KB. Bấm lần nữa để lưu.`;
    button.dataset.confirmed = "yes";
  } catch (error) {
    console.debug("no sizes", error);
    status.textContent = NO_NETWORK;
  }
}

/**
 * @param {string[]} addresses
 * @param {(done: number, all: number) => void} [tell]
 * @returns {Promise<string[]>} why each page was refused, a key of `REFUSED`; "" for what is kept
 */
async function keep(addresses, tell = () => {}) {
  const refused = await workerRefused();
  if (refused) return addresses.map(() => refused);
  const results = [];
  for (const address of addresses) {
    results.push(await keepOne(address));
    tell(results.length, addresses.length);
  }
  if (results.some((refused) => !refused)) await keepLeads();
  return results;
}

/** @returns {Promise<string>} why no worker runs, "" when one does: without it, nothing that is kept can be read */
export async function workerRefused() {
  try {
    const { installing } = await register();
    const runs = navigator.serviceWorker.ready.then(() => "");
    const failed = new Promise((resolve) => {
      setTimeout(resolve, WORKER_LIMIT, "slow");
      if (!installing) return;
      installing.addEventListener("statechange", () => installing.state === "redundant" && resolve("worker"));
    });
    return await Promise.race([runs, failed]);
  } catch (error) {
    console.debug("no worker", error);
    return navigator.onLine ? "worker" : "network";
  }
}

/**
 * @param {string} address
 * @returns {Promise<string>} why it was refused, "" when it is kept
 */
async function keepOne(address) {
  const key = keyOf(address);
  try {
    const cache = await caches.open(SAVED);
    const response = await fetch(key, { cache: "no-cache" });
    if (!response.ok) return "server";
    const page = key === keyOf(location.href) ? document : parse(await response.clone().text());
    await cache.put(key, response);
    await cache.addAll(picturesOf(page, key));
    await (await caches.open(READ)).delete(key, { ignoreVary: true });
    return "";
  } catch (error) {
    console.debug("not kept", address, error);
    return reasonOf(error);
  }
}

/**
 * @param {Document} page
 * @param {string} address
 * @returns {string[]} one file of each of its pictures, where it is shown the one that the phone took; the service
 * worker answers with it for all others
 */
function picturesOf(page, address) {
  const images = [...page.querySelectorAll("img[src]")];
  return images.map((image) => image.currentSrc || new URL(image.getAttribute("src"), address).href);
}

/**
 * @param {string[]} addresses
 * @returns {Promise<number>} bytes, by the list that the build wrote
 */
async function sizeOf(addresses) {
  const sizes = await (await fetch(new URL("offline-pages.json", ROOT).href)).json();
  return addresses.reduce((sum, address) => sum + (sizes[keyOf(address).slice(ROOT.href.length)] || 0), 0);
}

/** @param {HTMLElement} place */
export async function listPages(place) {
  const pages = await keptPages().catch(() => null);
  if (!pages) { // private browsing
    place.firstElementChild.hidden = false;
    return;
  }
  const note = document.querySelector(".offline-note");
  note.hidden = !location.search;
  place.textContent = "";
  const list = place.appendChild(document.createElement("ul"));
  list.className = "cards";
  for (const [address, title] of pages) {
    const link = document.createElement("a");
    link.href = address;
    link.append(Object.assign(document.createElement("b"), { textContent: title }));
    list.appendChild(document.createElement("li")).append(link);
  }
  place.append(pages.size || (await findLibrary()) ? clearButton(place) : "Chưa có bài nào trên máy này.");
}

/** @param {HTMLElement} place */
function clearButton(place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = "Xóa hết khỏi máy";
  button.addEventListener("click", async () => {
    await Promise.all([SAVED, READ].map((name) => caches.delete(name)));
    await listPages(place);
    dispatchEvent(new Event("cleared")); // including the whole library
  });
  return button;
}

/** @returns {Promise<Map<string, string>>} address → title of the guides and stories kept on this phone */
async function keptPages() {
  const pages = new Map();
  for (const name of [SAVED, READ]) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request, { ignoreVary: true });
      const isPage = (response.headers.get("content-type") || "").includes("text/html");
      if (!isPage || pages.has(request.url)) continue;
      const page = parse(await response.text());
      const heading = page.querySelector("article h1");
      if (heading && request.url !== keyOf(location.href)) pages.set(request.url, heading.textContent);
    }
  }
  return pages;
}

/**
 * Reads the body only: the policy of this page forbids the styles of that one.
 * @param {string} html
 */
function parse(html) {
  return new DOMParser().parseFromString(html.slice(html.indexOf("<body")), "text/html");
}
