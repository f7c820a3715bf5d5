/** Reads a guide aloud with the browser's Vietnamese voice, sentence by sentence, and marks the sentence. */
import { spokenText } from "./spoken-text.js";

const BLOCKS = "h1, h2, p, li, dt, dd, td, th";
const SILENT = ".page-tools, .share-bar, .page-foot, .pager, .terms, .tick, .progress, .term-note, [hidden]";
const SENTENCE = /[^.!?…]+(?:[.!?…]+(?=\s|$|[”"])[”"]?|[.!?…](?=\S))*\s*/g;

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
    this.button = button;
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
    this.speak();
  }

  speak() {
    const sentence = this.sentences[this.place];
    if (!sentence) return this.end();
    mark(sentence);
    const utterance = new SpeechSynthesisUtterance(spokenText(sentence.text));
    utterance.lang = "vi-VN";
    utterance.voice = speechSynthesis.getVoices().find((voice) => /^vi\b/i.test(voice.lang)) || null;
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

  end() {
    this.speaking = false;
    this.place = 0;
    mark(null);
    this.label("Nghe đọc");
  }

  /** @param {string} text */
  label(text) {
    this.button.querySelector("span").textContent = text;
    this.button.setAttribute("aria-pressed", String(this.speaking));
  }
}

/**
 * @param {Element} article
 * @returns {Sentence[]} the sentences in the order of the page
 */
function sentencesOf(article) {
  const blocks = [...article.querySelectorAll(BLOCKS)].filter(
    (block) => !block.closest(SILENT) && !block.querySelector(BLOCKS),
  );
  return blocks.flatMap((block) => {
    const { text, at } = textOf(block);
    return [...text.matchAll(SENTENCE)]
      .filter((match) => /[\p{L}\d]/u.test(match[0]))
      .map((match) => {
        const range = document.createRange();
        range.setStart(...at(match.index));
        range.setEnd(...at(match.index + match[0].trimEnd().length));
        return { range, block, text: match[0] };
      });
  });
}

/**
 * @param {Element} block
 * @returns {{text: string, at: (offset: number) => [Node, number]}} its text, and the place in the page of an offset
 */
function textOf(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest(SILENT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
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
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  sentence.block.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}
