/**
 * Refines an answer with the texts: the best section and sentence, highlighted words, the interpretation, and
 * alternatives when no guide answers.
 *
 * @typedef {import("./ranking.js").Hit & {section: [anchor: string, heading: string, text: string], sentence: string}} Read
 *   a hit with its best sentence
 */
import { keyIn, keyOf, splitPhrases, WORD } from "./fold.js";
import { meaningOf } from "./meaning.js";
import { SURE_FILLER } from "./reading.js";

const READ_PAGES = 12; // whose sentences are scored
const LONGEST_EXCERPT = 180;
const LIKELY = 0.4; // minimum weight at which an added word is highlighted
const WORDS = new RegExp(`(${WORD.source})`, "u"); // splits a text into words and separators
const PAIR_WEIGHT = 0.7;
/** @param {string} text @returns {string[]} */
const sentences = (text) => text.replace(/([.!?…])\s+/g, "$1\n").split("\n");

export class Refinement {
  /**
   * @param {import("./engine.js").Engine} engine @param {import("./engine.js").Topic[]} topics
   * @param {import("./engine.js").Phone[]} phones
   */
  constructor({ index, settings }, topics, phones) {
    this.index = index;
    this.settings = settings;
    this.topics = topics;
    this.phones = phones;
  }

  /** Adds the score of the best sentence. @returns {Read[]} at most so many */
  order({ hits, matches }, most) {
    const read = hits.slice(0, Math.max(most, READ_PAGES)).map((hit) => {
      const page = this.index.pages[hit.page], { section: number } = this.index.units[hit.unit];
      const section = number < 0 ? ["", "", page.lead] : page.sections[number];
      const best = this.bestSentence(sentences(section[2]), matches);
      const strength = Math.max(best.strength, this.strength(section[1] || page.title, matches));
      return { ...hit, section, sentence: best.sentence, score: hit.score + this.settings.sentence * strength };
    });
    return read.sort((a, b) => b.score - a.score).slice(0, most);
  }

  /** @param {string[]} candidates @param {Map<string, number>} matches */
  bestSentence(candidates, matches) {
    let found = { sentence: candidates[0], strength: 0 };
    for (const sentence of candidates) {
      const strength = this.strength(sentence, matches);
      if (strength > found.strength) found = { sentence, strength };
    }
    return found;
  }

  /** Returns a sentence's score: each word and pair once, normalised by length. */
  strength(sentence, matches) {
    const seen = new Set();
    let length = 0;
    for (const words of splitPhrases(sentence)) {
      const keys = words.map(keyOf);
      length += keys.length;
      keys.forEach((key, n) => seen.add(key) && n && seen.add(`${keys[n - 1]} ${key}`));
    }
    let sum = 0;
    for (const name of seen) sum += (matches.get(name) || 0) * (name.includes(" ") ? PAIR_WEIGHT : 1);
    return sum / (1 + length / 100);
  }

  /**
   * @param {string} text @param {import("./reading.js").Term[]} terms @param {import("./reading.js").Added[]} added
   * @param {Read[]} shown @param {string} sureness
   * @returns {Partial<import("./engine.js").Answer>} the fields that the texts add
   */
  tell(text, terms, added, shown, sureness) {
    const { pages } = this.index;
    const wanted = new Set([
      ...terms.filter((term) => term.weight > SURE_FILLER).flatMap((term) => term.options.map(({ key }) => key)),
      ...added.filter(({ weight }) => weight >= LIKELY).flatMap(({ keys }) => keys),
    ]);
    const texts = shown.map(({ page, section: [, heading, found] }) => `${pages[page].title}\n${pages[page].lead}\n${heading}\n${found}`);
    return {
      groups: shown.map((each) => this.group(pages[each.page], each, wanted)),
      ...(shown.length && meaningOf(text, terms, texts)),
      ...(sureness === "none" && this.nearest(text)),
    };
  }

  /** @returns {import("./engine.js").Group} */
  group({ url, title }, { section: [anchor, heading], sentence }, wanted) {
    const excerpt = this.mark(this.cut(sentence, wanted), wanted);
    return { url, title: this.mark(title, wanted), places: [{ url: anchor ? `${url}#${anchor}` : url, heading, excerpt }] };
  }

  /** Shortens a long sentence around its first match. */
  cut(sentence, wanted) {
    if (sentence.length <= LONGEST_EXCERPT) return sentence;
    const first = [...sentence.matchAll(WORD)].find(([word]) => wanted.has(keyIn(word)));
    const start = first && first.index > LONGEST_EXCERPT / 2 ? sentence.indexOf(" ", first.index - 60) + 1 : 0;
    const end = sentence.lastIndexOf(" ", start + LONGEST_EXCERPT);
    const piece = sentence.slice(start, end > start ? end : start + LONGEST_EXCERPT);
    return `${start ? "… " : ""}${piece} …`;
  }

  /** @param {string} text @param {Set<string>} wanted @returns {import("./engine.js").Piece[]} */
  mark(text, wanted) {
    return text.split(WORDS).map((part) => ({ text: part, marked: wanted.has(keyIn(part)) }));
  }

  /** Returns alternatives when nothing was found: the topics most similar to the query, and numbers to call. */
  nearest(text) {
    const { topics, phones } = this;
    const grams = (words) => {
      const joined = ` ${splitPhrases(words).flat().map(keyOf).join(" ")} `;
      return new Set(Array.from(joined, (_, n) => joined.slice(n, n + 3)));
    };
    const asked = grams(text.slice(0, LONGEST_EXCERPT));
    const likeness = ({ title, summary }) => [...grams(`${title} ${summary}`)].filter((gram) => asked.has(gram)).length;
    return { topics: [...topics].sort((a, b) => likeness(b) - likeness(a)).slice(0, 4), phones };
  }
}
