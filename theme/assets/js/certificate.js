/** Fills the certificate on this page with what is typed above it. Nothing is kept or sent; leaving the page clears it. */
import { isInApp } from "./webview.js";

const tools = document.querySelector("[data-certificate]");
const button = tools.querySelector("button");
const inputs = [...tools.querySelectorAll("input")];

/** @param {HTMLInputElement} input */
function fill(input) {
  document.getElementById(input.dataset.fills).textContent = input.value.normalize("NFC");
}

for (const input of inputs) {
  input.addEventListener("input", () => fill(input));
  fill(input); // values restored by the browser after a reload
}
addEventListener("pagehide", () => {
  for (const input of inputs) {
    input.value = "";
    fill(input);
  }
});
if (isInApp()) {
  button.hidden = true;
  tools.querySelector(".note").hidden = false;
} else button.addEventListener("click", () => window.print());
