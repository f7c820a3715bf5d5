/**
 * The 404 page: suggests the intended page, else search results for the words of the address. Addresses typed from
 * paper have accents, capitals and other dashes.
 */
import { ROOT } from "./kept-pages.js";

const place = document.querySelector("[data-lost-page]");
const path = plainWords(decoded(location.pathname.slice(ROOT.pathname.length)));

/**
 * @param {string} path
 * @returns {string} without escapes, such as %E1%BB%83 for ể
 */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    return path;
  }
}

/**
 * @param {string} text
 * @returns {string} as addresses are written: no accents, capitals, spaces; "Cài VNeID.html" as "cai-vneid"
 */
function plainWords(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/đ/g, "d")
    .replace(/(\/index)?\.html?$/, "")
    .replace(/[^a-z0-9/]+/g, "-")
    .replace(/-*\/[-/]*/g, "/")
    .replace(/^[-/]+|[-/]+$/g, "");
}

/**
 * @param {Record<string, string>} addresses every address of the site → where it leads, "" when it is a page
 * @returns {string | undefined} the page that is meant: by its address, its short link, or its name in another topic
 */
function pageMeant(addresses) {
  const name = path.split("/").pop();
  const meant = [`${path}/`, `${name}/`].find((address) => address in addresses)
    || Object.keys(addresses).find((address) => address.endsWith(`/${name}/`));
  return addresses[meant] || meant;
}

/**
 * @param {string} address from the root
 * @returns {Promise<HTMLAnchorElement>} a link to the page there, by its name
 */
async function linkTo(address) {
  const link = document.createElement("a");
  link.href = new URL(address, ROOT).href + location.hash;
  const html = await (await fetch(link.href)).text();
  // Its body only: the policy of this page forbids the styles of that one.
  const page = new DOMParser().parseFromString(html.slice(html.indexOf("<body")), "text/html");
  link.textContent = page.querySelector("h1").textContent;
  return link;
}

/** @param {HTMLAnchorElement} link */
function offer(link) {
  place.append("Có phải bà con tìm bài này: ", link);
  place.hidden = false;
}

/** Has the box search for the words of the address. */
function search() {
  const form = document.querySelector("main .search-box");
  form.querySelector("input").value = path.split("/").pop().replace(/-/g, " ");
  form.dataset.results = "lost-page-results";
  form.dispatchEvent(new Event("focusin"));
}

async function start() {
  const addresses = await (await fetch(new URL("addresses.json", ROOT).href)).json();
  const meant = pageMeant(addresses);
  if (meant) offer(await linkTo(meant));
  else if (path !== "404") search(); // which is this page's own address
}

start().catch((error) => console.debug("no guess", error)); // the page says what to do without one
