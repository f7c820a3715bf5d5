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
 * Shows the button once the browser has a Vietnamese voice; voices may come late.
 * @param {HTMLButtonElement} button
 */
function offerReading(button) {
  const speech = window.speechSynthesis;
  if (!speech) return;
  const look = () => {
    button.disabled = !speech.getVoices().some((voice) => /^vi\b/i.test(voice.lang));
  };
  speech.addEventListener("voiceschanged", look);
  look();
}
