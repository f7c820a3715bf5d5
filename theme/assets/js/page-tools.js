/** The row of tools above a guide; each tool is fetched when it is asked for. */

/** @type {Record<string, (button: HTMLButtonElement) => void>} */
const TOOLS = {
  print: () => window.print(),
  steps: () => import("./step-mode.js").then((tool) => tool.openStepMode(document)),
  read: (button) => import("./read-aloud.js").then((tool) => tool.toggleReading(button)),
  save: (button) => import("./saved-pages.js").then((tool) => tool.savePage(button)),
};

/** @param {HTMLElement | null} row */
export function startPageTools(row) {
  addEventListener("beforeprint", openSources);
  if (!row) return;
  row.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tool]");
    if (button) TOOLS[button.dataset.tool](button);
  });
  const needs = {
    steps: "showModal" in (window.HTMLDialogElement || {}).prototype,
    save: "caches" in window,
    print: "print" in window,
  };
  for (const [name, works] of Object.entries(needs)) {
    row.querySelector(`[data-tool=${name}]`).disabled = !works;
  }
  offerReading(row.querySelector("[data-tool=read]"));
}

/** Paper has nothing to unfold. */
function openSources() {
  document.querySelectorAll(".page-foot details").forEach((details) => { details.open = true; });
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
