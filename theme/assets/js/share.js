/**
 * The share bar: copies the prepared message, opens the system's share sheet if available, and explains
 * how to leave Zalo's browser. Its texts are in the page.
 */

import { copyFrom } from "./copying.js";
import { addressOutside, isInApp, isInZalo } from "./webview.js";

/** @param {HTMLElement} bar */
export function startShareBar(bar) {
  const message = bar.querySelector("textarea");
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-share]");
    if (button) ACTIONS[button.dataset.share](button, message);
  });
  bar.querySelector("[data-share=send]").hidden = !navigator.share;
  const outside = bar.querySelector(".share-outside");
  if (outside && isInZalo()) showWayOut(outside);
  if (isInApp()) bar.querySelectorAll("[data-share=print]").forEach((button) => button.remove()); // unsupported
}

/** @type {Record<string, (button: HTMLButtonElement, message: HTMLTextAreaElement) => void>} */
const ACTIONS = {
  copy: (button, message) => copyMessage(button, message),
  send: (_, message) => sendMessage(message.value),
  print: () => window.print(),
};

/**
 * Copies the message and says so; where the browser refuses, shows it to be copied by hand.
 * @param {HTMLButtonElement} button
 * @param {HTMLTextAreaElement} message
 */
async function copyMessage(button, message) {
  const copied = await copyFrom(message);
  const { done, failed } = button.dataset;
  button.closest(".share-bar").querySelector("[role=status]").textContent = copied ? done : failed;
}

/**
 * The last line of the message is the link, which share sheets take separately.
 * @param {string} message
 */
function sendMessage(message) {
  const lines = message.split("\n");
  const url = lines.pop();
  navigator.share({ title: lines[0], text: lines.join("\n"), url }).catch(() => {});
}

/**
 * Android opens an address in the browser by an intent; on an iPhone only Zalo's own menu does.
 * @param {HTMLElement} hint
 */
function showWayOut(hint) {
  const link = hint.querySelector("a");
  link.href = addressOutside();
  link.hidden = !addressOutside();
  hint.hidden = false;
}

document.querySelectorAll(".share-bar").forEach(startShareBar);
