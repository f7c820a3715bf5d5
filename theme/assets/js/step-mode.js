/**
 * One step a screen: for following along on the phone, and for the television in the culture house.
 * Keys: arrows, space and the page keys of a presenter; Escape and Back leave. The screen stays awake.
 */
import { openDialog } from "./dialogs.js";
import { introductionOf } from "./ticks.js";

const STYLE = new URL("step-mode.css", import.meta.url).href;
const SWIPE = 60; // px

/**
 * @param {Document} page
 * @returns {Promise<void>} refused when its style sheet cannot be fetched
 */
export async function openStepMode(page) {
  const steps = [...page.querySelectorAll(".box-steps > ol > li, .box-urgent > ol > li")];
  if (!steps.length || page.querySelector(".step-mode")) return;
  const dialog = page.createElement("dialog");
  dialog.className = "step-mode";
  dialog.setAttribute("aria-label", "Từng bước");
  dialog.innerHTML =
    '<div class="step-head" aria-live="polite"><h2></h2><p class="step-count"></p></div>' +
    '<div class="step-page" tabindex="-1" aria-live="polite"><p class="step-list"></p>' +
    '<div class="step-text"></div><p class="step-next"></p>' +
    '<section class="step-extras"><h3>Kèm theo các bước này</h3><div></div></section></div>' +
    '<div class="step-buttons"><button type="button" data-move="-1">← Trước</button>' +
    '<button type="button" data-close>Thoát</button>' +
    '<button type="button" data-move="1">Tiếp →</button></div>';
  const move = showSteps(dialog, steps);
  listenToButtons(dialog, move);
  listenToSwipes(dialog, move);
  if (!(await openDialog(dialog, STYLE))) return;
  dialog.addEventListener("close", keepAwake());
  listenToKeys(page, dialog, move);
  dialog.querySelector(".step-page").focus();
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {Element[]} steps
 * @returns {(by: number) => void} moves by so many steps
 */
function showSteps(dialog, steps) {
  let place = 0;
  showList(dialog, steps[0].parentElement);
  showStep(dialog, steps, 0);
  return (by) => {
    const next = Math.min(Math.max(place + by, 0), steps.length - 1);
    if (next === place) return;
    const list = steps[next].parentElement;
    if (list !== steps[place].parentElement) showList(dialog, list);
    place = next;
    showStep(dialog, steps, place);
  };
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {Element} list
 */
function showList(dialog, list) {
  fill(dialog.querySelector("h2"), list.closest("section").querySelector("h2"));
  fill(dialog.querySelector(".step-list"), introductionOf(list));
  const extras = extrasOf(list);
  const place = dialog.querySelector(".step-extras");
  place.hidden = !extras.length;
  place.lastElementChild.textContent = "";
  place.lastElementChild.append(...extras.map(copyOf));
}

/**
 * @param {Element} list
 * @returns {Element[]} what stands below it and its steps speak of, such as a table or a message to send;
 *     a drawing shows what the steps say already
 */
function extrasOf(list) {
  const extras = [];
  let next = list.nextElementSibling;
  for (; next && !next.matches("ol, h2, h3"); next = next.nextElementSibling) extras.push(next);
  const introduction = next && next.matches("ol") && introductionOf(next);
  return extras.filter((part) => part !== introduction && !part.matches(".drawing"));
}

/**
 * A button at its end is not disabled: it would lose the focus, and the keys with it.
 * @param {HTMLDialogElement} dialog
 * @param {Element[]} steps
 * @param {number} place
 */
function showStep(dialog, steps, place) {
  const list = steps[place].parentElement;
  const lists = [...new Set(steps.map((step) => step.parentElement))];
  const part = lists.indexOf(list) + 1;
  const step = [...list.children].indexOf(steps[place]) + 1;
  const count = `Bước ${step} trên ${list.children.length}`;
  dialog.querySelector(".step-count").textContent =
    lists.length > 1 ? `Phần ${part} trên ${lists.length}\u00a0· ${count}` : count;
  showEndOfPart(dialog, part, list, step === list.children.length ? lists[part] : undefined);
  fill(dialog.querySelector(".step-text"), steps[place]);
  dialog.querySelector(".step-page").scrollTop = 0;
  const ends = { "-1": 0, 1: steps.length - 1 };
  for (const button of dialog.querySelectorAll("[data-move]")) {
    button.setAttribute("aria-disabled", String(place === ends[button.dataset.move]));
  }
}

/**
 * A part may be for others, such as those without the old telephone: nobody is to run on into it unawares.
 * @param {HTMLDialogElement} dialog
 * @param {number} part
 * @param {Element} list
 * @param {Element | undefined} next the list that follows, when this step is the last of its own
 */
function showEndOfPart(dialog, part, list, next) {
  dialog.querySelector('[data-move="1"]').textContent = next ? `Phần ${part + 1} →` : "Tiếp →";
  dialog.querySelector(".step-next").textContent = next
    ? `Hết phần ${part}. Tiếp theo là phần ${part + 1}${nameOf(next, list)}.`
    : "";
}

/**
 * @param {Element} list
 * @param {Element} before the list before it
 * @returns {string} ": Máy iPhone"; nothing when the page gives it no name
 */
function nameOf(list, before) {
  const section = list.closest("section");
  const name = section.contains(before) ? introductionOf(list) : section.querySelector("h2");
  return name ? `: ${copyOf(name).textContent.trim().replace(/[:.]$/, "")}` : "";
}

/**
 * Shows what is in a part of the page.
 * @param {Element} place
 * @param {Element | null} part
 */
function fill(place, part) {
  place.textContent = "";
  if (part) place.append(...copyOf(part).childNodes);
}

/**
 * @param {Element} part
 * @returns {Element} this part of the page again, without what can be done to it there
 */
function copyOf(part) {
  const copy = /** @type {Element} */ (part.cloneNode(true));
  copy.querySelectorAll(".tick, .stuck, .stuck-bar, .progress, .term-note").forEach((tool) => tool.remove());
  return copy;
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
    const above = event.target.closest("dialog:not(.step-mode)");
    const onButton = event.key === " " && event.target.closest("button");
    if (!(event.key in keys) || above || onButton) return;
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
