/** Numbers of steps that can be ticked off; this phone remembers which are done. */
import { recall, remember } from "./memory.js";

/** @param {NodeListOf<HTMLOListElement>} lists */
export function startTicks(lists) {
  const key = `ticks:${location.pathname}`;
  const steps = [...lists].flatMap((list) => [...list.children]);
  if (!steps.length) return;
  const done = new Set(readTicks(recall(key), steps));
  const heading = steps[0].closest("section").querySelector("h2");
  const progress = heading.appendChild(document.createElement("span"));
  progress.className = "progress";
  progress.setAttribute("role", "status");
  const show = () => {
    progress.textContent = done.size ? `Xong ${done.size}/${steps.length}` : "";
  };
  steps.forEach((step, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tick";
    const draw = () => {
      button.textContent = done.has(step) ? "✓" : String(index + 1);
      button.setAttribute("aria-pressed", String(done.has(step)));
    };
    button.setAttribute("aria-label", `Đã xong bước ${index + 1}`);
    button.addEventListener("click", () => {
      if (!done.delete(step)) done.add(step);
      remember(key, JSON.stringify([...done].map(fingerprint)));
      draw();
      show();
    });
    draw();
    step.prepend(button);
  });
  show();
}

/**
 * A step is known by its words: an edited step is not done yet, a moved one still is.
 * @param {Element} step
 */
function fingerprint(step) {
  return step.textContent.replace(/^[✓\d]+/, "").trim().slice(0, 40);
}

/**
 * @param {string | null} kept
 * @param {Element[]} steps
 */
function readTicks(kept, steps) {
  try {
    const known = new Set(JSON.parse(kept || "[]"));
    return steps.filter((step) => known.has(fingerprint(step)));
  } catch (error) {
    return [];
  }
}
