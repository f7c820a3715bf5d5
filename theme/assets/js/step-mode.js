/**
 * One step a screen: for following along on the phone, and for the television in the culture house.
 * Keys: arrows, space and the page keys of a presenter; Escape leaves. The screen stays awake.
 */

const SWIPE = 60; // px

/** @param {Document} page */
export function openStepMode(page) {
  const steps = [...page.querySelectorAll(".box-steps > ol > li, .box-urgent > ol > li")];
  if (!steps.length) return;
  addStyle(page);
  const dialog = page.createElement("dialog");
  dialog.className = "step-mode";
  dialog.setAttribute("aria-label", "Từng bước");
  dialog.innerHTML =
    '<p class="step-count" aria-live="polite"></p><div class="step-text" tabindex="-1"></div>' +
    '<div class="step-buttons"><button type="button" data-move="-1">← Trước</button>' +
    '<button type="button" data-close>Thoát</button>' +
    '<button type="button" data-move="1">Tiếp →</button></div>';
  page.body.append(dialog);
  const release = keepAwake();
  dialog.addEventListener("close", () => {
    release();
    dialog.remove();
  });
  listen(dialog, showSteps(dialog, steps));
  dialog.showModal();
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {Element[]} steps
 * @returns {(by: number) => void} moves by so many steps
 */
function showSteps(dialog, steps) {
  let place = 0;
  const move = (by) => {
    place = Math.min(Math.max(place + by, 0), steps.length - 1);
    const copy = steps[place].cloneNode(true);
    copy.querySelectorAll(".tick, .term-note").forEach((extra) => extra.remove());
    const text = dialog.querySelector(".step-text");
    text.textContent = "";
    text.append(...copy.childNodes);
    text.scrollTop = 0;
    dialog.querySelector(".step-count").textContent = `Bước ${place + 1} trên ${steps.length}`;
    dialog.querySelector('[data-move="-1"]').disabled = place === 0;
    dialog.querySelector('[data-move="1"]').disabled = place === steps.length - 1;
  };
  move(0);
  return move;
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {(by: number) => void} move
 */
function listen(dialog, move) {
  const keys = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
  let start = 0;
  dialog.addEventListener("keydown", (event) => {
    const onButton = event.key === " " && event.target.closest("button");
    if (!(event.key in keys) || onButton) return;
    event.preventDefault();
    move(keys[event.key]);
  });
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("close" in button.dataset) dialog.close();
    else move(Number(button.dataset.move));
  });
  dialog.addEventListener("touchstart", (event) => { start = event.touches[0].clientX; }, { passive: true });
  dialog.addEventListener("touchend", (event) => {
    const by = event.changedTouches[0].clientX - start;
    if (Math.abs(by) > SWIPE) move(by < 0 ? 1 : -1);
  });
}

/** @returns {() => void} lets the screen sleep again */
function keepAwake() {
  if (!navigator.wakeLock) return () => {};
  let lock = null;
  const ask = () => {
    if (document.visibilityState !== "visible") return;
    navigator.wakeLock.request("screen").then((granted) => { lock = granted; }, () => {});
  };
  ask();
  document.addEventListener("visibilitychange", ask);
  return () => {
    document.removeEventListener("visibilitychange", ask);
    if (lock) lock.release();
  };
}

/** @param {Document} page */
function addStyle(page) {
  if (page.getElementById("step-mode-style")) return;
  const link = page.createElement("link");
  link.id = "step-mode-style";
  link.rel = "stylesheet";
  link.href = new URL("step-mode.css", import.meta.url).href;
  page.head.append(link);
}
