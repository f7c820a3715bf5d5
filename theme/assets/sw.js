/**
 * The service worker: what is kept on the phone, and what is answered without a network.
 * The build puts `const BUILD = {version, shell, scripts, moved}` before this text, so a new build is a new worker.
 *
 * shell-<version>  home, topics, contacts and the list of kept pages: complete or not at all
 * saved            what a reader asked to keep
 * read             what a reader has opened
 * assets           scripts and pictures, whose names change with their content
 *
 * A page carries its own CSS and names its scripts by digest, so a page is never half old and half new.
 */
/* global BUILD */

const SHELL = `shell-${BUILD.version}`;
const ROOT = new URL(self.registration.scope);
const OFFLINE_PAGE = new URL("da-luu/", ROOT).href;
const EDITOR = new URL("bien-tap/", ROOT).pathname; // needs the network anyway, and is large
const PATIENCE = 4000; // ms until a kept page is shown instead of waiting for the network
const MAX_READ = 60; // pages
const PICTURE = /\/assets\/images\/(.+)-\d+(\.[0-9a-f]{10}\.)\w+$/; // name-WIDTH.digest.format
const HASHED = /[./-][0-9a-f]{8,}[./]/;

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
  await self.clients.claim();
  await dropUnusedAssets();
}

/** A page: from the network, unless it is slow or gone. */
async function answerPage(event) {
  const kept = findPage(event.request);
  const fresh = refresh(event.request);
  event.waitUntil(fresh);
  const first = await Promise.race([fresh, after(PATIENCE).then(() => kept)]);
  return first || (await kept) || (await fresh) || Response.redirect(`${OFFLINE_PAGE}?chua-luu`);
}

/** The kept page, or the way to it from a short link or an old address. */
async function findPage(request) {
  const kept = await find(request);
  const path = new URL(request.url).pathname.slice(ROOT.pathname.length);
  const moved = BUILD.moved[path.replace(/\/$/, "")];
  if (kept || !moved) return kept;
  const target = new URL(moved, ROOT).href;
  return (await find(target)) && Response.redirect(target);
}

/** What never changes under its name: from the phone if it is there. */
async function answerHashed(request) {
  const kept = await find(request);
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
  for (const name of ["saved", "assets"]) {
    const cache = await caches.open(name);
    const kept = (await cache.keys()).find((request) => request.url.replace(PICTURE, "$1$2") === picture);
    if (kept) return cache.match(kept);
  }
  return null;
}

/** All else, such as the search index: from the network, from the phone when there is none. */
async function answerOther(request) {
  try {
    return await fetchAndKeep(request, "read");
  } catch (error) {
    return (await find(request)) || Response.error();
  }
}

/** @returns {Promise<Response | null>} the fresh page, null without a network */
async function refresh(request) {
  try {
    return await fetchAndKeep(request, "read");
  } catch (error) {
    return null;
  }
}

async function fetchAndKeep(request, name) {
  const response = await fetch(request);
  if (response.status === 200 && response.type === "basic") await keep(name, request, response.clone());
  return response;
}

/** Keeps a response; a full store makes room, and neither it nor a broken one stops the page. */
async function keep(name, request, response) {
  try {
    const cache = await cacheFor(request, name);
    await cache.put(request, response);
    if (name === "read") await trim(await caches.open(name));
  } catch (error) {
    if (error.name === "QuotaExceededError") await caches.delete("read").catch(() => false);
  }
}

/** The cache that has an older copy, so that a page is kept once. */
async function cacheFor(request, name) {
  for (const holder of [SHELL, "saved"]) {
    const cache = await caches.open(holder);
    if (await cache.match(request)) return cache;
  }
  return caches.open(name);
}

async function trim(cache) {
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MAX_READ)).map((request) => cache.delete(request)));
}

async function find(request) {
  try {
    const how = { ignoreSearch: request.mode === "navigate", ignoreVary: true };
    const shell = await (await caches.open(SHELL)).match(request, how);
    return shell || (await caches.match(request, how));
  } catch (error) {
    return undefined;
  }
}

/** Deletes scripts, pictures and search indexes that nothing kept names any more. */
async function dropUnusedAssets() {
  const assets = await caches.open("assets");
  const texts = await Promise.all((await Promise.all([SHELL, "saved", "read"].map(textsOf))).flat());
  for (const request of await assets.keys()) {
    const path = new URL(request.url).pathname;
    const folder = (path.match(/[0-9a-f]{8,}(?=\/)/) || [path.split("/").pop()])[0];
    if (!texts.some((text) => text.includes(folder))) await assets.delete(request);
  }
}

/** Pages, and the pointer to the search index. */
async function textsOf(name) {
  const cache = await caches.open(name);
  const responses = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
  return responses
    .filter((response) => /html|json/.test(response.headers.get("content-type")))
    .map((response) => response.text());
}

function after(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
