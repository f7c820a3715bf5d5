/**
 * Full-screen slides, for phones and televisions. Keys: arrows, space, Page Up and Page Down (presenters); Escape
 * and Back close. A wake lock keeps the screen on.
 */
import { openDialog } from "./dialogs.js";

const STYLE = new URL("step-mode.css", import.meta.url).href;
const SWIPE = 60; // px

/**
 * @typedef {object} Slide
 * @property {string} mark by which the slide is known when its page is opened again
 * @property {Node[]} title
 * @property {string} count "Bước 1 trên 4"
 * @property {Node[]} list what stands before the list of steps, such as for which telephone it is
 * @property {Node[]} text
 * @property {Element | null} [tool] of this slide, below its text
 * @property {Element | null} drawing
 * @property {Element[]} extras
 * @property {string} note of what follows, at the end of a part
 * @property {string} forward label of the button that leads on
 * @property {Element} [step] of the page that the slide shows
 */

/**
 * @param {string} name of the whole
 * @param {Slide[]} slides
 * @param {string} mark of the slide to begin with
 * @param {(from: number, to: number) => void} moved told of every move, and of the first slide
 * @param {() => void} left
 * @returns {Promise<void>} refused when the style sheet cannot be fetched
 */
export async function openSlides(name, slides, mark, moved, left) {
  if (!slides.length || document.querySelector(".step-mode")) return;
  const dialog = document.createElement("dialog");
  dialog.className = "step-mode";
  dialog.setAttribute("aria-label", name);
  dialog.innerHTML =
    '<div class="step-head" aria-live="polite"><h2></h2><p class="step-count"></p></div>' +
    '<div class="step-page" tabindex="-1" aria-live="polite"><p class="step-list"></p>' +
    '<div class="step-body"><div><div class="step-text"></div><div class="step-tool"></div></div>' +
    '<div class="step-drawing"></div></div>' +
    '<p class="step-next"></p>' +
    '<section class="step-extras"><h3>Kèm theo các bước này</h3><div></div></section></div>' +
    '<div class="step-buttons"><button type="button" data-move="-1">← Trước</button>' +
    '<button type="button" data-close>Thoát</button>' +
    '<button type="button" data-move="1"></button></div>';
  let place = Math.max(0, slides.findIndex((slide) => slide.mark === mark));
  const move = (by) => {
    const next = Math.min(Math.max(place + by, 0), slides.length - 1);
    if (next === place) return;
    moved(place, next);
    place = next;
    show(dialog, slides, place);
  };
  show(dialog, slides, place);
  listenToButtons(dialog, move);
  listenToSwipes(dialog, move);
  if (!(await openDialog(dialog, STYLE))) return;
  moved(place, place);
  dialog.addEventListener("close", keepAwake());
  dialog.addEventListener("close", left);
  listenToKeys(document, dialog, move);
  dialog.querySelector(".step-page").focus();
}

/**
 * A button at its end is not disabled: it would lose the focus, and the keys with it.
 * @param {HTMLDialogElement} dialog
 * @param {Slide[]} slides
 * @param {number} place
 */
function show(dialog, slides, place) {
  const slide = slides[place];
  const part = (name) => dialog.querySelector(name);
  fill(part("h2"), slide.title);
  part(".step-count").textContent = slide.count;
  fill(part(".step-list"), slide.list);
  fill(part(".step-text"), slide.text);
  fill(part(".step-tool"), slide.tool ? [slide.tool] : []);
  fill(part(".step-drawing"), slide.drawing ? [slide.drawing] : []);
  part(".step-next").textContent = slide.note;
  part(".step-extras").hidden = !slide.extras.length;
  fill(part(".step-extras > div"), slide.extras);
  part(".step-page").scrollTop = 0;
  part("[data-move='1']").textContent = slide.forward;
  const ends = { "-1": 0, 1: slides.length - 1 };
  for (const button of dialog.querySelectorAll("[data-move]")) {
    button.setAttribute("aria-disabled", String(place === ends[button.dataset.move]));
  }
}

/**
 * @param {Element} place
 * @param {Node[]} parts what it shows from now on
 */
function fill(place, parts) {
  place.textContent = "";
  place.append(...parts);
}

/**
 * The page hears the keys: in older browsers a click beside the buttons takes the focus out of the dialog.
 * @param {Document} page
 * @param {HTMLDialogElement} dialog
 * @param {(by: number) => void} move
 */
function listenToKeys(page, dialog, move) {
  const keys = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
  const press = (event) => {
    const elsewhere = event.target.closest("textarea, dialog:not(.step-mode)");
    const onButton = event.key === " " && event.target.closest("button");
    if (!(event.key in keys) || elsewhere || onButton) return;
    event.preventDefault();
    move(keys[event.key]);
  };
  page.addEventListener("keydown", press);
  dialog.addEventListener("close", () => page.removeEventListener("keydown", press));
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {(by: number) => void} move
 */
function listenToButtons(dialog, move) {
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest(".step-buttons button");
    if (!button) return;
    if ("close" in button.dataset) dialog.close();
    else move(Number(button.dataset.move));
  });
}

/**
 * A swipe is one finger that goes sideways: a scroll slants, and two fingers enlarge.
 * @param {HTMLDialogElement} dialog
 * @param {(by: number) => void} move
 */
function listenToSwipes(dialog, move) {
  let start = null;
  dialog.addEventListener("touchstart", (event) => {
    start = event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  dialog.addEventListener("touchend", (event) => {
    if (!start) return;
    const by = event.changedTouches[0].clientX - start.clientX;
    const down = event.changedTouches[0].clientY - start.clientY;
    start = null;
    if (Math.abs(by) > SWIPE && Math.abs(by) > 2 * Math.abs(down)) move(by < 0 ? 1 : -1);
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
