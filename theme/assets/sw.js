/**
 * The service worker: caches, and answers without a network.
 * The build prepends `const BUILD = {version, scripts, moved}`, so that a new build is a new worker, and
 * js/kept-pages.js and js/bundles.js, so that pages and worker use the same keys.
 *
 * shell-<version>  home, topics, contacts and the list of saved pages, as one bundle (portal/site/bundles.py)
 * saved            saved by the reader: pages, or the whole library as one bundle and its drawings as another
 * read             visited pages
 * assets           scripts and pictures, whose names change with their content
 *
 * A separately cached page is newer than its copy in a bundle, since saving a bundle deletes the pages (`dropCopies`).
 *
 * A page has inline CSS and names its scripts by digest, so it is never half old and half new.
 */
/* global BUILD, SAVED, READ, ROOT, LIBRARY, DRAWINGS, keyOf, keepBundle, dropCopies */

const SHELL = `shell-${BUILD.version}`;
const PAGES = [SAVED, READ]; // caches with single pages
const SHELL_FILE = new URL("assets/offline/shell.json", ROOT).href;
const BUNDLES = [[SHELL, SHELL_FILE], [SAVED, LIBRARY], [SAVED, DRAWINGS]];
const OFFLINE_PAGE = new URL("da-luu/", ROOT).href;
const EDITOR = new URL("bien-tap/", ROOT).pathname; // needs the network, and is large
const PATIENCE = 4000; // timeout of the network before a cached page is shown, ms
const MAX_READ = 60; // pages
const PICTURE = /\/assets\/images\/(.+)-\d+(\.[0-9a-f]{10}\.)\w+$/; // name-WIDTH.digest.format
const HASHED = /[./-][0-9a-f]{8,}[./]/;
const SLOW = "slow"; // why a cached page is shown; the page says so (js/kept-note.js)
const OFFLINE = "offline";
const BROKEN = "broken";

const justFetched = new Set(); // keys of pages that arrived after an old copy was shown

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = url.origin === ROOT.origin && !url.pathname.startsWith(EDITOR);
  if (request.method !== "GET" || !isOurs) return;
  const isPage = request.mode === "navigate";
  if (!isPage && request.cache === "reload") return; // a page requests the server's own response (js/whole-library.js)
  if (isPage) event.respondWith(answerPage(event));
  else if (HASHED.test(url.pathname)) event.respondWith(answerHashed(request));
  else event.respondWith(answerOther(request));
});

async function install() {
  await fill(await caches.open("assets"), BUILD.scripts, "default");
  await fill(await caches.open(SHELL), [SHELL_FILE], "no-cache");
  await self.skipWaiting();
}

/** Caches all of these or none. */
function fill(cache, paths, mode) {
  return cache.addAll(paths.map((path) => new Request(new URL(path, ROOT).href, { cache: mode })));
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
  }
  await joinCopies();
  const shell = await readBundle(SHELL, SHELL_FILE);
  if (shell) await dropCopies(shell.bundle);
  await self.clients.claim();
  await dropUnusedAssets();
}

/** Earlier workers cached a page under each spelling of its address: keeps the newest copy. */
async function joinCopies() {
  for (const name of [SAVED, READ]) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const key = keyOf(request.url);
      if (key === request.url) continue;
      const copy = await cache.match(request, { ignoreVary: true });
      const other = await find(key);
      await cache.delete(request);
      if (!other || dateOf(other) < dateOf(copy)) await store(name, key, copy);
    }
  }
}

/** Responds to a page: from the network, unless that is slow, down or returns a server error. */
async function answerPage(event) {
  const { request } = event;
  const key = keyOf(request.url);
  const newest = justFetched.delete(key) && (await find(key));
  if (newest) return shown(newest);
  const fresh = refresh(request);
  event.waitUntil(fresh);
  const first = await Promise.race([fresh, after(PATIENCE)]);
  if (first && first !== SLOW && first.status < 500) return first;
  const old = await findPage(request.url);
  if (first === SLOW && old) {
    event.waitUntil(tellWhenHere(fresh, key, old.clone()));
    return shown(old, SLOW);
  }
  const answer = first === SLOW ? await fresh : first;
  if (answer && answer.status < 500) return answer;
  if (old) return shown(old, answer ? BROKEN : OFFLINE);
  return answer || Response.redirect(`${OFFLINE_PAGE}?chua-luu`);
}

/** Returns the cached page, or the redirect to it from a short link or an old address. */
async function findPage(address) {
  const key = keyOf(address);
  const kept = await findAnywhere(key);
  const moved = BUILD.moved[pathOf(key)];
  if (kept || moved === undefined) return kept;
  const target = new URL(moved, ROOT).href;
  return (await findAnywhere(target)) && Response.redirect(target);
}

/** Returns the path of a page within the site, as in BUILD.moved. */
function pathOf(key) {
  return pathIn(key).replace(/\/$/, "");
}

/** Returns the cached page with the reason and date inserted for its scripts. */
async function shown(kept, why) {
  const isPage = /html/.test(kept.headers.get("content-type"));
  if (kept.status >= 300 || !isPage) return kept;
  const headers = new Headers(kept.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  const note = why ? `<body data-kept="${why}" data-kept-at="${headers.get("date") || ""}"` : "<body";
  return new Response((await kept.text()).replace("<body", note), { headers });
}

/** Notifies a page that shows an old copy when the new one has arrived, and whether it differs. */
async function tellWhenHere(fresh, key, old) {
  const response = await fresh;
  const kept = response && response.status === 200 && (await find(key));
  if (!kept) return;
  const [was, is] = await Promise.all([bodyOf(old), bodyOf(kept)]);
  if (was !== is) justFetched.add(key);
  for (const client of await self.clients.matchAll()) {
    if (keyOf(client.url) === key) client.postMessage({ changed: was !== is });
  }
}

/** Returns what readers see of a page, the part that bundles have. */
async function bodyOf(page) {
  const text = await page.text();
  return text.slice(text.indexOf("<body"));
}

/** Responds to an immutable file: cache first. */
async function answerHashed(request) {
  const kept = await find(request.url);
  if (kept) return kept;
  try {
    return await fetchAndKeep(request, "assets");
  } catch (error) {
    return (await findPicture(request.url)) || (await findInBundles(request.url)) || Response.error();
  }
}

/** Returns any cached size and format of a picture: phone and browser decide which one a page requests. */
async function findPicture(url) {
  const picture = url.replace(PICTURE, "$1$2");
  for (const name of [SAVED, "assets"]) {
    const cache = await caches.open(name);
    const kept = (await cache.keys()).find((request) => request.url.replace(PICTURE, "$1$2") === picture);
    if (kept) return cache.match(kept);
  }
  return null;
}

/** Responds to all else, such as the search index or a lesson of an evening: network first. */
async function answerOther(request) {
  const fresh = await refresh(request);
  return fresh && fresh.status < 500 ? fresh : (await findAnywhere(keyOf(request.url))) || fresh || Response.error();
}

/** @returns {Promise<Response | null>} the response, null without a network */
async function refresh(request) {
  try {
    return await fetchAndKeep(request, READ);
  } catch (error) {
    return null;
  }
}

async function fetchAndKeep(request, name) {
  const response = await fetch(request);
  if (response.status === 200 && response.type === "basic") await keep(name, request.url, response.clone());
  if (response.status === 404 || response.status === 410) await forget(request.url);
  return response;
}

/** Caches a response; a full cache is cleared, and errors of storage never stop the page. */
async function keep(name, address, response) {
  try {
    const key = keyOf(address);
    if (BUILD.moved[pathOf(key)] !== undefined) return; // a redirect
    await store(name, key, response);
    if (name === READ) await trim(await caches.open(name));
  } catch (error) {
    if (error.name === "QuotaExceededError") await caches.delete(READ).catch(() => false);
  }
}

/** Replaces the older copy where it is cached, else adds to this cache; deletes all other copies. */
async function store(name, key, response) {
  let holder = name;
  for (const each of [...PAGES].reverse()) {
    if (await (await caches.open(each)).match(key, { ignoreVary: true })) holder = each;
  }
  await (await caches.open(holder)).put(key, response);
  for (const each of PAGES) {
    if (each !== holder) await (await caches.open(each)).delete(key, { ignoreVary: true });
  }
}

/** Deletes a page that the server says is gone; a misspelt address tells nothing of the page. */
async function forget(address) {
  const key = keyOf(address);
  if (address.split(/[?#]/)[0] !== key) return;
  for (const name of PAGES) await (await caches.open(name)).delete(key, { ignoreVary: true });
  for (const [name, file] of BUNDLES) {
    const { bundle, date } = (await readBundle(name, file)) || {};
    if (!bundle || !bundle.files[pathIn(key)]) continue;
    delete bundle.files[pathIn(key)];
    await keepBundle(await caches.open(name), file, bundle, date);
  }
}

async function trim(cache) {
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MAX_READ)).map((request) => cache.delete(request)));
}

async function find(address) {
  const key = keyOf(address);
  try {
    for (const name of [...PAGES, "assets"]) {
      const kept = await (await caches.open(name)).match(key, { ignoreVary: true });
      if (kept) return kept;
    }
  } catch (error) {
    console.debug("no store", error);
  }
  return undefined;
}

/** Finds a page, cached separately or in a bundle; used only where the network fails, since bundles are slow to read. */
async function findAnywhere(key) {
  return (await find(key)) || findInBundles(key);
}

/** Finds a page or drawing in the saved bundles. */
async function findInBundles(key) {
  for (const [name, file] of BUNDLES) {
    const { bundle, date } = (await readBundle(name, file)) || {};
    const kept = bundle && bundle.files[pathIn(key)];
    if (!kept) continue;
    const text = kept.slice(1).map((piece) => (typeof piece === "number" ? bundle.shared[piece] : piece)).join("");
    const type = /\.svg$/.test(key) ? "image/svg+xml" : "text/html; charset=utf-8";
    return new Response(text, { headers: { "content-type": type, date } });
  }
  return undefined;
}

/** @returns {Promise<{bundle: {shared: string[], files: object}, date: string} | undefined>} */
async function readBundle(name, file) {
  try {
    const kept = await (await caches.open(name)).match(file, { ignoreVary: true });
    return kept && { bundle: await kept.json(), date: kept.headers.get("date") || "" };
  } catch (error) {
    console.debug("no bundle", error);
    return undefined;
  }
}

/** Returns the path of a file within the site, as in bundles. */
function pathIn(key) {
  return key.slice(ROOT.href.length);
}

/** Returns the time of a response's Date header, ms. */
function dateOf(response) {
  return Date.parse(response.headers.get("date")) || 0;
}

/** Deletes scripts, pictures and search indexes that no cached page refers to. */
async function dropUnusedAssets() {
  const assets = await caches.open("assets");
  const texts = await Promise.all((await Promise.all([SHELL, ...PAGES].map(textsOf))).flat());
  for (const request of await assets.keys()) {
    const path = new URL(request.url).pathname;
    const folder = (path.match(/[0-9a-f]{8,}(?=\/)/) || [path.split("/").pop()])[0];
    if (!texts.some((text) => text.includes(folder))) await assets.delete(request);
  }
}

/** Returns cached pages, bundles of them, and the pointer to the search index. */
async function textsOf(name) {
  const cache = await caches.open(name);
  const responses = await Promise.all((await cache.keys()).map((request) => cache.match(request, { ignoreVary: true })));
  return responses
    .filter((response) => /html|json/.test(response.headers.get("content-type")))
    .map((response) => response.text());
}

function after(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, SLOW));
}
