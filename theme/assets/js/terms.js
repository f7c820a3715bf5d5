/** Shows a glossary note beside its word; without scripts the word links to the note at the foot of the page. */

/** @param {Document} page */
export function startTerms(page) {
  page.addEventListener("click", (event) => {
    const word = event.target.closest(".term");
    if (!word) return;
    event.preventDefault();
    const wasOpen = word.getAttribute("aria-expanded") === "true";
    closeNote(page);
    if (!wasOpen) openNote(word);
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const word = closeNote(page);
    if (word) word.focus();
  });
}

/** @param {HTMLAnchorElement} word */
function openNote(word) {
  const entry = document.getElementById(word.hash.slice(1));
  const note = document.createElement("span");
  note.className = "term-note";
  note.setAttribute("role", "status");
  const name = document.createElement("b");
  name.textContent = `${entry.querySelector("dt").textContent}: `;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", "Đóng");
  close.addEventListener("click", () => closeNote(document).focus());
  note.append(name, entry.querySelector("dd").textContent, close);
  word.setAttribute("aria-expanded", "true");
  word.after(note);
}

/**
 * @param {Document} page
 * @returns {HTMLAnchorElement | null} the word whose note was open
 */
function closeNote(page) {
  const note = page.querySelector(".term-note");
  if (!note) return null;
  const word = /** @type {HTMLAnchorElement} */ (note.previousElementSibling);
  word.removeAttribute("aria-expanded");
  note.remove();
  return word;
}
