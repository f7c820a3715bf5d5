/** Makes step numbers checkable; the state is stored on this phone. */
import { recall, remember } from "./memory.js";
import { useTool } from "./offline.js";

/** @param {NodeListOf<HTMLOListElement>} lists each counts for itself: one may be for Android, one for iPhone */
export function startTicks(lists) {
  const key = `ticks:${location.pathname}`;
  const marks = [...lists].map(marksOf);
  const kept = readTicks(recall(key));
  const done = new Set(marks.flat().filter((mark) => kept.has(mark)));
  const keep = () => remember(key, JSON.stringify([...done]));
  if (lists.length > 1) addProgress(lists[0].closest("section").querySelector("h2")); // stays empty: the hint
  lists.forEach((list, place) => {
    addTicks(list, marks[place], lists.length > 1 ? introductionOf(list) : null, done, keep);
  });
}

/**
 * @param {Element} list
 * @returns {Element | null} the paragraph or heading right before a list, such as "Máy iPhone:"
 */
export function introductionOf(list) {
  const before = list.previousElementSibling;
  return before && before.matches("p, h3") ? before : null;
}

/**
 * A step is known by its place and its words: an edited or moved step is not done yet.
 * @param {Element} list
 * @param {number} place
 * @returns {string[]}
 */
function marksOf(list, place) {
  return [...list.children].map((step, index) => `${place}.${index} ${step.textContent.trim().slice(0, 40)}`);
}

/**
 * @param {Element} list
 * @param {string[]} marks of its steps
 * @param {Element | null} introduction tells this list from the others of the page
 * @param {Set<string>} done marks of steps that are done
 * @param {() => void} keep
 */
function addTicks(list, marks, introduction, done, keep) {
  const name = introduction ? `, ${introduction.textContent.trim().replace(/:$/, "")}` : "";
  const showProgress = addProgress(introduction || list.closest("section").querySelector("h2"));
  const count = () => showProgress(marks.filter((mark) => done.has(mark)).length, marks.length);
  marks.forEach((mark, index) => {
    const draw = addTick(list.children[index], index + 1, name, () => {
      if (!done.delete(mark)) done.add(mark);
      keep();
      draw(done.has(mark));
      count();
    });
    draw(done.has(mark));
  });
  count();
}

/**
 * @param {Element} place
 * @returns {(done: number, all: number) => void}
 */
function addProgress(place) {
  const progress = document.createElement("span");
  progress.className = "progress";
  progress.setAttribute("role", "status");
  place.append(" ", progress);
  return (done, all) => {
    progress.textContent = done ? `Xong ${done}/${all}` : "";
  };
}

/**
 * @param {Element} step
 * @param {number} number
 * @param {string} name of its list, when there are several
 * @param {() => void} toggle
 * @returns {(done: boolean) => void} shows whether it is done
 */
function addTick(step, number, name, toggle) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "tick";
  button.setAttribute("aria-label", `Đã xong bước ${number}${name}`);
  button.addEventListener("click", toggle);
  step.prepend(button);
  step.lastElementChild.classList.add("step-end"); // keeps its margin when it is last no longer
  step.append(stuckButton(step, number, name));
  return (done) => {
    button.textContent = done ? "✓" : String(number);
    button.setAttribute("aria-pressed", String(done));
  };
}

/**
 * @param {Element} step
 * @param {number} number
 * @param {string} name of its list, when there are several
 * @returns {HTMLButtonElement} opens a message for the team
 */
function stuckButton(step, number, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "stuck";
  button.textContent = "Kẹt?";
  button.setAttribute("aria-label", `Kẹt? Nhắn tổ từ bước ${number}${name}`);
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  button.addEventListener("click", () => {
    button.before(status);
    useTool(import("./stuck.js"), status, (tool) => tool.showWhereStuck(step));
  });
  return button;
}

/**
 * @param {string | null} kept
 * @returns {Set<string>} marks of the steps that were done
 */
function readTicks(kept) {
  try {
    return new Set(JSON.parse(kept || "[]"));
  } catch (error) {
    return new Set();
  }
}
