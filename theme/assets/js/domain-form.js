/** Shows what `checkAddress` says of the address in the box. */
import { checkAddress } from "./domain-check.js";

/** Which of the boxes of the guides an answer looks like; none is green, since none says "safe". */
const LOOKS = { state: "", suspect: "box-urgent", other: "box-beware", unreadable: "" };

const form = document.querySelector("[data-domain-check]");
const input = form.querySelector("textarea");
const place = form.querySelector("output");
const authorities = JSON.parse(form.dataset.authorities);

/** @param {import("./domain-check.js").Answer} answer */
function show(answer) {
  const box = document.createElement("div");
  box.className = `box ${LOOKS[answer.verdict]}`;
  const title = box.appendChild(document.createElement("h2"));
  title.textContent = answer.title;
  for (const reason of answer.reasons) {
    box.appendChild(document.createElement("p")).textContent = reason;
  }
  place.textContent = "";
  place.append(box);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  show(checkAddress(input.value, form.dataset.domainCheck.split(" "), authorities));
  place.scrollIntoView({ block: "nearest" });
});
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault(); // the box has two lines, an address has one
  form.querySelector("button").click(); // not requestSubmit: iOS before 16 has none
});
