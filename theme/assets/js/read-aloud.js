/** Reads a guide aloud with the browser's Vietnamese voice, sentence by sentence, and marks the sentence. */
import { vietnameseVoice } from "./page-tools.js";
import { spokenText } from "./spoken-text.js";

// Block elements: sentences end with them.
const BLOCKS = "h1, h2, h3, h4, p, ul, ol, li, dl, dt, dd, table, caption, tr, td, th, pre, blockquote, " +
  "figure, figcaption, details, summary, div, section, header, footer, aside, article";
const STEPS = ".box-steps > ol > li, .box-urgent > ol > li";
const SILENT =
  ".page-tools, .share-bar, .feedback, .page-foot, .pager, .terms, .tick, .progress, .term-note, [hidden], " +
  "button, noscript, script, style, svg, .reading-bar";
// A dot followed by a non-space does not end a sentence: "10.000 đồng", "vneid.gov.vn".
const SENTENCE = /(?:[^.!?…]|[.!?…](?=[^\s”").!?…]))+[.!?…]*[”")]*\s*/g;

/** @typedef {{range: Range, block: Element, text: string}} Sentence */

let reading = /** @type {Reading | null} */ (null);

/** @param {HTMLButtonElement} button starts, pauses and goes on */
export function toggleReading(button) {
  if (!reading) reading = new Reading(document.getElementById("bai"), button);
  reading.toggle();
}

class Reading {
  /**
   * @param {Element} article
   * @param {HTMLButtonElement} button
   */
  constructor(article, button) {
    this.sentences = sentencesOf(article);
    addEventListener("hashchange", () => { // a rehearsal shows another screen
      if (!article.querySelector(".screen")) return;
      this.stop();
      this.sentences = sentencesOf(article);
    });
    this.button = button;
    this.bar = readingBar(() => this.toggle(), () => this.stop());
    this.place = 0;
    this.speaking = false;
    window.addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  toggle() {
    if (this.speaking) this.pause();
    else this.go();
  }

  /** A pause is a stop that remembers its place: phones do not keep a paused voice. */
  pause() {
    this.speaking = false;
    speechSynthesis.cancel();
    this.label("Nghe tiếp");
  }

  go() {
    this.speaking = true;
    this.label("Tạm dừng");
    this.showBar();
    this.speak();
  }

  speak() {
    const sentence = this.sentences[this.place];
    if (!sentence) return this.end();
    mark(sentence);
    this.follow(sentence);
    const utterance = new SpeechSynthesisUtterance(spokenText(sentence.text));
    utterance.voice = vietnameseVoice() || null;
    // Chrome for Android falls back to its default voice unless the language tag is spelt as the voice's.
    utterance.lang = utterance.voice ? utterance.voice.lang : "vi-VN";
    utterance.rate = 0.9;
    utterance.onend = () => {
      if (!this.speaking) return;
      this.place += 1;
      this.speak();
    };
    utterance.onerror = () => {
      if (this.speaking) this.pause();
    };
    speechSynthesis.speak(utterance);
  }

  /**
   * Brings the sentence, not its block, to the middle of what the bar leaves: in large letters a step is
   * taller than the screen. A sentence that is taller too shows its beginning.
   * @param {Sentence} sentence
   */
  follow({ range, block }) {
    for (let each = block; each; each = each.parentElement) if (each.matches("details")) each.open = true;
    const { top, height } = range.getBoundingClientRect();
    const room = Math.max(0, innerHeight - this.bar.offsetHeight - height);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: top - room / 2, behavior: calm ? "auto" : "smooth" });
  }

  stop() {
    this.end();
    speechSynthesis.cancel();
  }

  end() {
    this.speaking = false;
    this.place = 0;
    mark(null);
    this.label("Nghe đọc");
    this.hideBar();
  }

  /** Beside the tools in the order of the page, so that the next Tab reaches it. */
  showBar() {
    if (!this.bar.isConnected) this.button.parentElement.after(this.bar);
    // Keeps the focused element above the bar.
    document.documentElement.style.scrollPaddingBottom = `${this.bar.offsetHeight}px`;
  }

  hideBar() {
    const hadFocus = this.bar.contains(document.activeElement);
    this.bar.remove();
    document.documentElement.style.scrollPaddingBottom = "";
    if (hadFocus) this.button.focus({ preventScroll: true });
  }

  /** @param {string} text */
  label(text) {
    this.button.querySelector("span").textContent = text;
    this.bar.firstElementChild.textContent = text;
    this.button.setAttribute("aria-pressed", String(this.speaking));
  }
}

/**
 * The row of tools scrolls away while the page follows the reading; these two stay in the thumb's reach.
 * @param {() => void} toggle pauses and goes on
 * @param {() => void} stop
 * @returns {HTMLElement}
 */
function readingBar(toggle, stop) {
  const bar = document.createElement("div");
  bar.className = "reading-bar";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Đang nghe đọc");
  bar.innerHTML =
    '<button type="button" class="button"></button><button type="button" class="button">Thôi nghe</button>';
  bar.firstElementChild.addEventListener("click", toggle);
  bar.lastElementChild.addEventListener("click", stop);
  return bar;
}

/**
 * @param {Element} article
 * @returns {Sentence[]} the sentences in the order of the page; no word of the article is left out
 */
export function sentencesOf(article) {
  const begun = new Set(); // steps whose number was spoken
  return runsOf(article).flatMap(({ block, nodes }) => {
    const { text, at } = textOf(nodes);
    const matches = [...text.matchAll(SENTENCE)].filter((match) => /[\p{L}\d]/u.test(match[0]));
    const number = matches.length ? numberSaid(block, begun) : "";
    return matches.map((match, index) => {
      const range = document.createRange();
      range.setStart(...at(match.index));
      range.setEnd(...at(match.index + match[0].trimEnd().length));
      return { range, block, text: index ? match[0] : number + match[0] };
    });
  });
}

/**
 * @param {Element} article
 * @returns {{block: Element, nodes: Text[]}[]} texts that follow one another within one block
 */
function runsOf(article) {
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT, {
    acceptNode: ({ parentElement }) =>
      (parentElement.closest(SILENT) || isPutAway(parentElement) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const runs = [];
  let before = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const block = node.parentElement.closest(BLOCKS);
    const last = runs[runs.length - 1];
    const goesOn = last && last.block === block && !isParted(before, node, block);
    if (goesOn) last.nodes.push(node);
    else runs.push({ block, nodes: [node] });
    before = node;
  }
  return runs;
}

/**
 * @param {Element} part
 * @returns {boolean} whether it stands in a screen of a rehearsal that is not the one shown, or is not said yet
 */
function isPutAway(part) {
  const screen = part.closest(".screen");
  return Boolean(screen) && (!screen.getClientRects().length || getComputedStyle(part).visibility === "hidden");
}

/**
 * @param {Text} one
 * @param {Text} next
 * @param {Element} block that holds both
 * @returns {boolean} whether another block, such as a list, stands between them
 */
function isParted(one, next, block) {
  const range = document.createRange();
  range.setStartAfter(one);
  range.setEndBefore(next);
  return Boolean(range.cloneContents().querySelector(BLOCKS)) || one.parentElement.closest(BLOCKS) !== block;
}

/**
 * Texts say "bỏ qua bước 2"; the number itself is drawn, or a button.
 * @param {Element} block
 * @param {Set<Element>} begun steps whose number has been said
 * @returns {string} the number to say before it when a step begins with this block
 */
function numberSaid(block, begun) {
  const step = block.closest(STEPS);
  if (!step || begun.has(step)) return "";
  begun.add(step);
  return `Bước ${[...step.parentElement.children].indexOf(step) + 1}. `;
}

/**
 * @param {Text[]} nodes
 * @returns {{text: string, at: (offset: number) => [Node, number]}} their text, and the place in the page of an offset
 */
function textOf(nodes) {
  const at = (offset) => {
    let left = offset;
    for (const node of nodes) {
      if (left <= node.length) return [node, left];
      left -= node.length;
    }
    const last = nodes[nodes.length - 1];
    return [last, last.length];
  };
  return { text: nodes.map((node) => node.data).join(""), at };
}

/**
 * Marks the sentence where the browser can mark a range, else the block it stands in.
 * @param {Sentence | null} sentence
 */
function mark(sentence) {
  document.querySelectorAll(".being-read").forEach((block) => block.classList.remove("being-read"));
  const highlights = window.CSS && CSS.highlights;
  if (highlights) highlights.delete("being-read");
  if (!sentence) return;
  if (highlights) highlights.set("being-read", new Highlight(sentence.range));
  else sentence.block.classList.add("being-read");
}
