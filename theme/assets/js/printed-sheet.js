/**
 * Shows whether a printed sheet is current, or what has changed since it was printed. The sheet's QR code is the page's address
 * with a mark, as in "#TK3QA"; the page's to-in.json (portal/site/sheet_answers.py) has the lines for each mark.
 */
import { keyOf } from "./kept-pages.js";

const UNKNOWN = "Trang không nhận ra tờ này: có thể tờ in từ bản nháp. Bà con làm theo bài trên máy.";
const HOLDS = "còn đúng."; // the end of the build's sentence
const MARK = /^#T([A-Z2-7]{4})(?!\w)/i; // followed by parameters that apps append, such as "&fbclid="
const NO_ANSWER = "Chưa hỏi được tờ giấy bà con cầm còn đúng không. Có mạng thì tải lại trang.";

/** Shows the answer to the mark in the page's address, in place of an earlier one; fetched only with a mark. */
export async function answerSheet() {
  const { hash } = location;
  const [sentence, ...changes] = await linesOf(hash);
  if (hash !== location.hash) return;
  for (const earlier of document.querySelectorAll(".sheet-note")) earlier.remove();
  const note = document.createElement("div");
  note.className = "kept-note sheet-note";
  note.setAttribute("role", "status");
  note.append(sentence);
  if (changes.length) note.append(listOf(changes));
  else if (sentence.endsWith(HOLDS)) Object.assign(note.style, { color: "var(--ok)", background: "var(--ok-ground)" });
  document.querySelector("main").prepend(note);
}

/**
 * @param {string} hash of the page's address; a damaged mark is an unknown one
 * @returns {Promise<string[]>} a sentence, then each change
 */
async function linesOf(hash) {
  const [, code] = MARK.exec(hash) || [];
  if (!code) return [UNKNOWN];
  try {
    // Bypasses the cache, whose answer may be outdated.
    const answer = await fetch(new URL("to-in.json", keyOf(location.href)).href, { cache: "reload" });
    if (!answer.ok) return [answer.status === 404 ? UNKNOWN : NO_ANSWER];
    const known = await answer.json();
    return new Map(Object.entries(known)).get(code.toUpperCase()) || [UNKNOWN];
  } catch (error) {
    console.debug("no answer", error);
    return [NO_ANSWER];
  }
}

/**
 * @param {string[]} changes
 * @returns {HTMLUListElement}
 */
function listOf(changes) {
  const list = document.createElement("ul");
  for (const change of changes) {
    const item = document.createElement("li");
    item.textContent = change;
    list.append(item);
  }
  return list;
}
