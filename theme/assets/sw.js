/**
 * The service worker: what is kept on the phone, and what is answered without a network.
 * The build puts before this text `const BUILD = {version, shell, scripts, moved}`, so that a new build is a new
 * worker, and js/kept-pages.js, so that pages and worker have one key for what is kept.
 *
 * shell-<version>  home, topics, contacts and the list of kept pages: complete or not at all
 * saved            what a reader asked to keep
 * read             what a reader has opened
 * assets           scripts and pictures, whose names change with their content
 *
 * A page carries its own CSS and names its scripts by digest, so a page is never half old and half new.
 */
/* global BUILD, SAVED, READ, ROOT, keyOf */

const SHELL = `shell-${BUILD.version}`;
const PAGES = [SHELL, SAVED, READ]; // a page stands in one of them
const OFFLINE_PAGE = new URL("da-luu/", ROOT).href;
const EDITOR = new URL("bien-tap/", ROOT).pathname; // needs the network anyway, and is large
const PATIENCE = 4000; // ms until a kept page is shown instead of waiting for the network
const MAX_READ = 60; // pages
const PICTURE = /\/assets\/images\/(.+)-\d+(\.[0-9a-f]{10}\.)\w+$/; // name-WIDTH.digest.format
const HASHED = /[./-][0-9a-f]{8,}[./]/;
const SLOW = "slow"; // why a kept page is shown; the page says so (js/kept-note.js)
const OFFLINE = "offline";
const BROKEN = "broken";

const justFetched = new Set(); // keys of pages that came while an old copy was shown

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = url.origin === ROOT.origin && !url.pathname.startsWith(EDITOR);
  if (request.method !== "GET" || !isOurs) return;
  if (request.mode === "navigate") event.respondWith(answerPage(event));
  else if (HASHED.test(url.pathname)) event.respondWith(answerHashed(request));
  else event.respondWith(answerOther(request));
});

async function install() {
  await fill(await caches.open("assets"), BUILD.scripts, "default");
  await fill(await caches.open(SHELL), BUILD.shell, "no-cache");
  await self.skipWaiting();
}

/** Adds all of these or none. */
function fill(cache, paths, mode) {
  return cache.addAll(paths.map((path) => new Request(new URL(path, ROOT).href, { cache: mode })));
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
  }
  await joinCopies();
  await self.clients.claim();
  await dropUnusedAssets();
}

/** Workers before this one kept a page once for each way to write its address: the newest copy stays. */
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

/** A page: from the network, unless it is slow, gone or answers with an error of its own. */
async function answerPage(event) {
  const { request } = event;
  const key = keyOf(request.url);
  const kept = findPage(request.url);
  if (justFetched.delete(key) && (await kept)) return shown(await kept);
  const fresh = refresh(request);
  event.waitUntil(fresh);
  const first = await Promise.race([fresh, after(PATIENCE)]);
  const old = await kept;
  if (first === SLOW && old) {
    event.waitUntil(tellWhenHere(fresh, key, old.clone()));
    return shown(old, SLOW);
  }
  const answer = first === SLOW ? await fresh : first;
  if (answer && answer.status < 500) return answer;
  if (old) return shown(old, answer ? BROKEN : OFFLINE);
  return answer || Response.redirect(`${OFFLINE_PAGE}?chua-luu`);
}

/** The kept page, or the way to it from a short link or an old address. */
async function findPage(address) {
  const key = keyOf(address);
  const kept = await find(key);
  const moved = BUILD.moved[pathOf(key)];
  if (kept || moved === undefined) return kept;
  const target = new URL(moved, ROOT).href;
  return (await find(target)) && Response.redirect(target);
}

/** The path of a page within the site, as BUILD.moved has it. */
function pathOf(key) {
  return new URL(key).pathname.slice(ROOT.pathname.length).replace(/\/$/, "");
}

/** The kept page, with the reason for showing it and its date where its scripts find them. */
async function shown(kept, why) {
  const isPage = /html/.test(kept.headers.get("content-type"));
  if (kept.status >= 300 || !isPage) return kept;
  const headers = new Headers(kept.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  const note = why ? `<body data-kept="${why}" data-kept-at="${headers.get("date") || ""}"` : "<body";
  return new Response((await kept.text()).replace("<body", note), { headers });
}

/** Tells the page that shows an old copy when the new one has come after all, and whether it differs. */
async function tellWhenHere(fresh, key, old) {
  const response = await fresh;
  const kept = response && response.status === 200 && (await find(key));
  if (!kept) return;
  const [was, is] = await Promise.all([old.text(), kept.text()]);
  if (was !== is) justFetched.add(key);
  for (const client of await self.clients.matchAll()) {
    if (keyOf(client.url) === key) client.postMessage({ changed: was !== is });
  }
}

/** What never changes under its name: from the phone if it is there. */
async function answerHashed(request) {
  const kept = await find(request.url);
  if (kept) return kept;
  try {
    return await fetchAndKeep(request, "assets");
  } catch (error) {
    return (await findPicture(request.url)) || Response.error();
  }
}

/** Any kept size and format of a picture: which one a page asks for depends on phone and browser. */
async function findPicture(url) {
  const picture = url.replace(PICTURE, "$1$2");
  for (const name of [SAVED, "assets"]) {
    const cache = await caches.open(name);
    const kept = (await cache.keys()).find((request) => request.url.replace(PICTURE, "$1$2") === picture);
    if (kept) return cache.match(kept);
  }
  return null;
}

/** All else, such as the search index: from the network, from the phone when there is none. */
async function answerOther(request) {
  const fresh = await refresh(request);
  return fresh && fresh.status < 500 ? fresh : (await find(request.url)) || fresh || Response.error();
}

/** @returns {Promise<Response | null>} the server's answer, null without a network */
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

/** Keeps a response; a full store makes room, and neither it nor a broken one stops the page. */
async function keep(name, address, response) {
  try {
    const key = keyOf(address);
    if (BUILD.moved[pathOf(key)] !== undefined) return; // it only leads elsewhere
    await store(name, key, response);
    if (name === READ) await trim(await caches.open(name));
  } catch (error) {
    if (error.name === "QuotaExceededError") await caches.delete(READ).catch(() => false);
  }
}

/** Puts a response where an older copy is, else into this cache, and deletes all other copies. */
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

/** What the server says is gone is not shown again; a misspelt address says nothing of the page. */
async function forget(address) {
  const key = keyOf(address);
  if (address.split(/[?#]/)[0] !== key) return;
  for (const name of PAGES) await (await caches.open(name)).delete(key, { ignoreVary: true });
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

/** When the server sent it, in ms. */
function dateOf(response) {
  return Date.parse(response.headers.get("date")) || 0;
}

/** Deletes scripts, pictures and search indexes that nothing kept names any more. */
async function dropUnusedAssets() {
  const assets = await caches.open("assets");
  const texts = await Promise.all((await Promise.all(PAGES.map(textsOf))).flat());
  for (const request of await assets.keys()) {
    const path = new URL(request.url).pathname;
    const folder = (path.match(/[0-9a-f]{8,}(?=\/)/) || [path.split("/").pop()])[0];
    if (!texts.some((text) => text.includes(folder))) await assets.delete(request);
  }
}

/** Pages, and the pointer to the search index. */
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
