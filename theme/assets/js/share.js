/**
 * The share bar: copies the ready message, opens the system's share sheet where there is one, and
 * shows the way out of Zalo's browser. Its texts stand in the page.
 */

/** @param {HTMLElement} bar */
export function startShareBar(bar) {
  const message = bar.querySelector("textarea");
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-share]");
    if (button) ACTIONS[button.dataset.share](button, message);
  });
  bar.querySelector("[data-share=send]").hidden = !navigator.share;
  const outside = bar.querySelector(".share-outside");
  if (outside && /zalo/i.test(navigator.userAgent)) showWayOut(outside);
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
  const copied = await copyText(message.value).catch(() => copySelection(message));
  const { done, failed } = button.dataset;
  button.closest(".share-bar").querySelector("[role=status]").textContent = copied ? done : failed;
  if (!copied) select(message);
}

/** @param {string} text */
async function copyText(text) {
  await navigator.clipboard.writeText(text);
  return true;
}

/**
 * The way that WebViews without the Clipboard API know.
 * @param {HTMLTextAreaElement} message
 */
function copySelection(message) {
  select(message);
  const copied = document.execCommand("copy");
  message.hidden = copied;
  return copied;
}

/** @param {HTMLTextAreaElement} message */
function select(message) {
  message.hidden = false;
  message.focus();
  message.setSelectionRange(0, message.value.length);
}

/**
 * The last line of the message is the link, which share sheets want by itself.
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
  if (/android/i.test(navigator.userAgent)) {
    const scheme = location.protocol.slice(0, -1);
    const address = location.href.slice(location.protocol.length).split("#")[0];
    link.href = `intent:${address}#Intent;scheme=${scheme};end`;
    link.hidden = false;
  }
  hint.hidden = false;
}

document.querySelectorAll(".share-bar").forEach(startShareBar);
