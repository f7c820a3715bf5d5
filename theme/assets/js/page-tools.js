/** The row of tools above a guide; each tool is fetched when it is asked for. */
import { SAVED, keyOf } from "./kept-pages.js";
import { CAN_SAVE, useTool } from "./offline.js";

/** @type {Record<string, (button: HTMLButtonElement, status: HTMLElement) => void>} */
const TOOLS = {
  print: () => window.print(),
  steps: (button, status) => useTool(import("./step-mode.js"), status, (tool) => tool.openStepMode(document)),
  read: (button, status) => useTool(import("./read-aloud.js"), status, (tool) => tool.toggleReading(button)),
  save: (button, status) => useTool(import("./saved-pages.js"), status, (tool) => tool.savePage(button, status)),
};

/** @param {HTMLElement | null} row */
export function startPageTools(row) {
  addEventListener("beforeprint", openSources);
  if (!row) return;
  const status = row.querySelector("[role=status]");
  row.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tool]");
    if (!button) return;
    status.textContent = "";
    TOOLS[button.dataset.tool](button, status);
  });
  const needs = {
    save: CAN_SAVE,
    print: "print" in window,
  };
  for (const [name, works] of Object.entries(needs)) {
    row.querySelector(`[data-tool=${name}]`).disabled = !works;
  }
  if (CAN_SAVE) showWhetherSaved(row.querySelector("[data-tool=save]"));
  offerReading(row.querySelector("[data-tool=read]"));
}

/** Paper has nothing to unfold. */
function openSources() {
  document.querySelectorAll(".page-foot details").forEach((details) => { details.open = true; });
}

/**
 * A page counts as saved only where a worker can answer with it; without one `ready` never comes.
 * @param {HTMLButtonElement} button
 */
function showWhetherSaved(button) {
  const { ready } = navigator.serviceWorker;
  const how = { cacheName: SAVED, ignoreVary: true };
  ready.then(() => caches.match(keyOf(location.href), how)).then((kept) => kept && showSaved(button), () => {});
}

/** @param {HTMLButtonElement} button */
export function showSaved(button) {
  button.querySelector("span span").textContent = "Đã lưu";
}

/**
 * @returns {SpeechSynthesisVoice | undefined} "vi-VN" on computers and iPhones; Chrome for Android
 *     writes "vi_VN", Firefox there "vie-VNM" or "vie"
 */
export function vietnameseVoice() {
  return speechSynthesis.getVoices().find((voice) => /^vie?(?:[-_]|$)/i.test(voice.lang));
}

/**
 * Shows the button once the browser has a Vietnamese voice; voices may come late.
 * @param {HTMLButtonElement} button
 */
function offerReading(button) {
  if (!window.speechSynthesis) return;
  const look = () => { button.disabled = !vietnameseVoice(); };
  // Not addEventListener: older Safari has it nowhere on speechSynthesis, and would throw here.
  speechSynthesis.onvoiceschanged = look;
  look();
}
