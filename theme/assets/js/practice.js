/** How far this phone has got in a rehearsal; the page itself works by links. */
import { recall, remember } from "./memory.js";

/**
 * @param {string} id of a rehearsal
 * @returns {{at?: string, done?: boolean}} the anchor of the screen that was left, and whether the end was ever reached
 */
function kept(id) {
  try {
    return JSON.parse(recall(`practice:${id}`) || "{}") || {};
  } catch (error) {
    return {};
  }
}

/** @param {HTMLElement} article the page of a rehearsal */
function startRehearsal(article) {
  const id = article.dataset.practice;
  const button = article.querySelector("[data-go-on]");
  const shown = () => article.querySelector(".screen:target");
  const keep = () => {
    const screen = shown();
    if (!screen) return;
    const isEnd = screen.matches(".ending");
    // An explanation leads back to its screen.
    const at = isEnd || screen.matches(".first") ? "" : screen.dataset.of || screen.id;
    remember(`practice:${id}`, JSON.stringify({ at, done: isEnd || Boolean(kept(id).done) }));
  };
  const { at } = kept(id);
  button.disabled = !(at && !shown() && document.getElementById(at));
  button.addEventListener("click", () => { location.hash = at; });
  addEventListener("hashchange", () => {
    button.disabled = true;
    keep();
  });
  keep();
}

/** @param {HTMLAnchorElement} link a rehearsal in the list of all */
function showDone(link) {
  link.querySelector(".done").hidden = !kept(link.dataset.id).done;
}

const article = document.querySelector("[data-practice]");
if (article) startRehearsal(article);
document.querySelectorAll("[data-practices] [data-id]").forEach(showDone);
