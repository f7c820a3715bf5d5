/** The buttons A− and A+: the choice is kept on this phone and applied before the first paint. */

import { remember } from "./memory.js";

const SMALLEST = -1;
const LARGEST = 3;

/** @param {NodeListOf<HTMLButtonElement>} buttons */
export function startTextSize(buttons) {
  const root = document.documentElement;
  const show = () => {
    const size = Number(root.dataset.size || 0);
    for (const button of buttons) {
      const next = size + Number(button.dataset.textSize);
      button.setAttribute("aria-disabled", String(next < SMALLEST || next > LARGEST));
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const next = Number(root.dataset.size || 0) + Number(button.dataset.textSize);
      if (next < SMALLEST || next > LARGEST) return;
      root.dataset.size = String(next);
      remember("text-size", String(next));
      show();
    });
  }
  show();
}
