/** Step mode: the steps of a guide or screens of a rehearsal as slides; resumes at the last one, ends with what follows. */
import { useTool } from "./offline.js";
import { rehearsalSlides } from "./practice-slides.js";
import { openSlides } from "./slides.js";
import { keepPlace, placeKept } from "./step-place.js";
import { introductionOf } from "./ticks.js";

const STEPS = ".box-steps > ol > li, .box-urgent > ol > li";
/** Sections shown after the last step. */
const AFTER = ".box-done, .box-snags, .box-help";

/** @typedef {import("./slides.js").Slide} Slide */

/**
 * @param {Document} page
 * @returns {Promise<void>} refused when its style sheet cannot be fetched
 */
export async function openStepMode(page) {
  const slides = page.querySelector("[data-practice]") ? rehearsalSlides(page) : slidesOf(page);
  const last = slides.length - 1;
  let now = 0;
  const moved = (from, to) => {
    now = to;
    if (to > from) slides.slice(from, to).forEach(tick);
    keepPlace(markAt(to), true);
  };
  // Restarts after the end was reached.
  const markAt = (place) => (place === last && !slides[place].step ? "" : slides[place].mark);
  await openSlides("Từng bước", slides, placeKept().mark, moved, () => keepPlace(markAt(now), false));
}

/**
 * A step that was passed is done.
 * @param {Slide} slide
 */
function tick({ step }) {
  const button = step && step.querySelector(".tick[aria-pressed=false]");
  if (button) button.click();
}

/**
 * @param {ParentNode} page
 * @returns {Slide[]} its steps, then what comes after them
 */
export function slidesOf(page) {
  const steps = [...page.querySelectorAll(STEPS)];
  const lists = [...new Set(steps.map((step) => step.parentElement))];
  const slides = steps.map((step, place) => slideOf(step, place, lists));
  const after = [...page.querySelectorAll(AFTER)].map(copyOf);
  if (steps.length && after.length) slides.push(endSlide(after));
  return slides;
}

/**
 * A part may not apply to the reader, so the slide before it announces it.
 * @param {Element} step
 * @param {number} place among all steps
 * @param {Element[]} lists of all steps
 * @returns {Slide}
 */
function slideOf(step, place, lists) {
  const list = step.parentElement;
  const part = lists.indexOf(list) + 1;
  const number = [...list.children].indexOf(step) + 1;
  const next = number === list.children.length ? lists[part] : undefined;
  const count = `Bước ${number} trên ${list.children.length}`;
  const text = copyOf(step);
  text.querySelectorAll(".picture").forEach((picture) => picture.remove());
  return {
    mark: `${place} ${text.textContent.trim().slice(0, 40)}`,
    title: nodesOf(list.closest("section").querySelector("h2")),
    count: lists.length > 1 ? `Phần ${part} trên ${lists.length}\u00a0· ${count}` : count,
    list: nodesOf(introductionOf(list)),
    text: [...text.childNodes],
    tool: step.querySelector(".stuck") && stuckTool(step),
    drawing: drawingOf(step),
    extras: extrasOf(list).map(copyOf),
    note: next ? `Hết phần ${part}. Tiếp theo là phần ${part + 1}${nameOf(next, list)}.` : "",
    forward: next ? `Phần ${part + 1} →` : "Tiếp →",
    step,
  };
}

/**
 * @param {Element} step
 * @returns {Element} a button that writes to the team without leaving the step
 */
function stuckTool(step) {
  const tool = document.createElement("div");
  tool.innerHTML = '<button type="button" class="button">Kẹt? Nhắn tổ</button><p role="status"></p>';
  const [button, status] = tool.children;
  button.addEventListener("click", () => {
    useTool(import("./stuck.js"), status, (stuck) => stuck.showWhereStuck(step, tool));
  });
  return tool;
}

/**
 * @param {Element[]} parts
 * @returns {Slide}
 */
function endSlide(parts) {
  const title = [new Text("Xong các bước")];
  return { mark: "end", title, count: "", list: [], text: parts, drawing: null, extras: [], note: "", forward: "Tiếp →" };
}

/**
 * A drawing is shown with the step it stands in and with all that it numbers; one without numbers also
 * with all steps before it.
 * @param {Element} step
 * @returns {Element | null}
 */
function drawingOf(step) {
  const list = step.parentElement;
  const after = list.nextElementSibling;
  const all = [...list.querySelectorAll(".picture"), ...(after && after.matches(".drawing") ? [after] : [])];
  const number = [...list.children].indexOf(step) + 1;
  const isNumbered = ({ dataset }) => {
    const [first, last] = (dataset.steps || "").split("-");
    return first <= number && number <= last;
  };
  const found =
    all.find((each) => step.contains(each)) ||
    all.find(isNumbered) ||
    all.find((each) => !each.dataset.steps && step.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
  return found ? copyOf(found) : null;
}

/**
 * @param {Element} list
 * @returns {Element[]} what stands below it and its steps speak of, such as a table or a message to send;
 *     a drawing is shown beside the steps
 */
function extrasOf(list) {
  const extras = [];
  let next = list.nextElementSibling;
  for (; next && !next.matches("ol, h2, h3"); next = next.nextElementSibling) extras.push(next);
  const introduction = next && next.matches("ol") && introductionOf(next);
  return extras.filter((part) => part !== introduction && !part.matches(".drawing"));
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
 * @param {Element | null} part
 * @returns {Node[]} what is in a part of the page, again
 */
function nodesOf(part) {
  return part ? [...copyOf(part).childNodes] : [];
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
