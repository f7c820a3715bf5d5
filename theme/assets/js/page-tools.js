/** The toolbar of a guide or rehearsal; each tool is loaded on demand. */
import { SAVED, keyOf } from "./kept-pages.js";
import { CAN_SAVE, findLibrary, useTool } from "./offline.js";
import { wasLeftOpen } from "./step-place.js";
import { isInApp } from "./webview.js";

/** @type {Record<string, (button: HTMLButtonElement, status: HTMLElement) => void>} */
const TOOLS = {
  print: () => window.print(),
  outside: (_, status) => useTool(import("./voice-outside.js"), status, (tool) => tool.sayWhereToListen(status)),
  steps: (button, status) => useTool(import("./step-mode.js"), status, (tool) => tool.openStepMode(document)),
  read: (button, status) => useTool(import("./read-aloud.js"), status, (tool) => tool.toggleReading(button)),
  save: (button, status) => useTool(import("./saved-pages.js"), status, (tool) => tool.savePage(button, status)),
};

/** @param {HTMLElement | null} row */
export function startPageTools(row) {
  addEventListener("beforeprint", openSources);
  if (!row) {
    leaveDialogs();
    return;
  }
  const status = row.querySelector("[role=status]");
  row.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tool]");
    if (!button) return;
    status.textContent = "";
    TOOLS[button.dataset.tool](button, status);
  });
  const tool = (name) => row.querySelector(`[data-tool=${name}]`);
  tool("save").disabled = !CAN_SAVE;
  if (CAN_SAVE) showWhetherSaved(tool("save"));
  if (isInApp() && tool("print")) offerPdf(tool("print"));
  offerReading(tool("read"));
  if (wasLeftOpen()) TOOLS.steps(tool("steps"), status);
  else leaveDialogs();
}

/**
 * In-app browsers cannot print: the PDF is downloaded or shared.
 * @param {HTMLButtonElement} button
 */
function offerPdf(button) {
  const sheet = document.querySelector(".share-actions a[href$='.pdf']");
  if (!sheet) return button.remove();
  const link = document.createElement("a");
  link.href = sheet.href;
  link.append(button.firstElementChild, "Tờ in (PDF)");
  return button.replaceWith(link);
}

/** Removes the history entries of dialogs that a reload has closed. */
function leaveDialogs() {
  const left = history.state && history.state.dialogs;
  if (left) history.go(-left);
}

/** Opens all <details> for printing. */
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
  ready.then(async () => (await findLibrary()) || caches.match(keyOf(location.href), how))
    .then((kept) => kept && showSaved(button), () => {});
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
 * Shows the button once the browser has a Vietnamese voice; voices may come late. An app's own browser has none
 * and says where there is one.
 * @param {HTMLButtonElement} button
 */
function offerReading(button) {
  if (isInApp() && !(window.speechSynthesis && vietnameseVoice())) {
    button.dataset.tool = "outside";
    button.disabled = false;
    return;
  }
  if (!window.speechSynthesis) return;
  const look = () => { button.disabled = !vietnameseVoice(); };
  // Not addEventListener: older Safari has it nowhere on speechSynthesis, and would throw here.
  speechSynthesis.onvoiceschanged = look;
  look();
}
