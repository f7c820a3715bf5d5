/** The buttons A−, A and A+: the choice is kept on this phone and applied before the first paint. */

import { remember } from "./memory.js";

const SMALLEST = -1;
const LARGEST = 3;

/** @param {NodeListOf<HTMLButtonElement>} buttons */
export function startTextSize(buttons) {
  const root = document.documentElement;
  const now = () => Number(root.dataset.size || 0);
  const after = (button) => {
    const steps = Number(button.dataset.textSize);
    return steps && now() + steps;
  };
  const leadsNowhere = (next) => next === now() || next < SMALLEST || next > LARGEST;
  const show = () => {
    for (const button of buttons) {
      button.setAttribute("aria-disabled", String(leadsNowhere(after(button))));
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const next = after(button);
      if (leadsNowhere(next)) return;
      root.dataset.size = String(next);
      remember("text-size", String(next));
      show();
    });
  }
  show();
}
