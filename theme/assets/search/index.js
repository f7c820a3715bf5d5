/**
 * The words of a site in reading order. A query scans all of them, 1–2 ms for hundreds of pages, so no inverted index is
 * built, sent or stored.
 *
 * @typedef {{url: string, title: string, tags: string[], weight: number, lead: string, sections: TextRow}} Page
 * @typedef {[anchor: string, heading: string, text: string][]} TextRow the sections of a page
 * @typedef {{page: number, section: number, start: number, strong: number, end: number, length: number, aside: boolean}} Unit
 *   a lead (section -1) or a section of a page: its codes are [start, end), those before `strong` belong to a title, tags or a heading
 * @typedef {number[]} Hits three numbers for each unit: its index, the count, the accents as a bit set
 */
import { accentOf, joinNumbers, keyOf, splitPhrases } from "./fold.js";

export const STRONG = 2; // weight of a word in a title, a tag or a heading
const BREAK = -1; // marks the end of a phrase
const ACCENTS = 32; // exceeds every value of `accentOf`

export class Index {
  /** @param {Page[]} pages */
  constructor(pages) {
    this.pages = pages;
    /** @type {Map<string, number>} */ this.words = new Map();
    /** @type {number[]} the number of units of each word */ this.spread = [];
    /** @type {number[]} the last unit with each word */ this.lastUnit = [];
    /** @type {Unit[]} */ this.units = [];
    this.codes = new Int32Array(1 << 14);
    this.size = 0;
    /** @type {Map<string, number[]>} token → its codes; a cache, since texts repeat tokens */
    this.tokens = new Map();
    /** @type {Map<number, string>} words of digits only */ this.numbers = new Map();
    this.complete = false;
    /** @type {Set<string>} the words of titles */ this.titled = new Set(pages.flatMap(({ title }) => splitPhrases(title).flat().map(keyOf)));
    this.pages.forEach(({ title, tags, lead }, page) => this.add(page, -1, [title, ...tags], lead, false));
  }

  /**
   * @param {TextRow[]} rows of all pages, in the order of the leads
   * @param {Set<string>} asides headings of sections with secondary content
   */
  addTexts(rows, asides) {
    rows.forEach((sections, page) => {
      this.pages[page].sections = sections;
      sections.forEach(([, heading, text], n) => this.add(page, n, [heading], text, asides.has(heading)));
    });
    this.complete = true;
    this.tokens.clear();
  }

  add(page, section, strong, text, aside) {
    const unit = { page, section, start: this.size, strong: 0, end: 0, length: 0, aside };
    for (const part of strong) this.write(part, unit);
    unit.strong = this.size;
    this.write(text, unit);
    unit.end = this.size;
    this.units.push(unit);
  }

  /** No token spans a space, so a text is split there first. */
  write(text, unit) {
    const number = this.units.length, before = this.size;
    for (const line of text.split("\n")) {
      for (const token of line.split(" ")) {
        for (const code of this.tokens.get(token) || this.readToken(token)) this.push(code, number);
      }
      this.push(BREAK, number);
    }
    unit.length += text ? this.size - before : 0;
    for (const joined of this.joinedNumbers(before)) {
      this.push(this.idOf(joined) * ACCENTS, number);
      this.push(BREAK, number);
    }
  }

  /** @param {number} from @returns {string[]} the grouped numbers from this position on, joined */
  joinedNumbers(from) {
    const joined = [];
    let group = [];
    for (let at = from; at < this.size; at++) {
      const digits = this.numbers.get(this.codes[at] / ACCENTS);
      if (digits) group.push(digits);
      else if (group.length) {
        if (group.length > 1) joined.push(...joinNumbers(group));
        group = [];
      }
    }
    return joined;
  }

  push(code, unit) {
    if (this.size === this.codes.length) {
      const grown = new Int32Array(2 * this.size);
      grown.set(this.codes);
      this.codes = grown;
    }
    this.codes[this.size++] = code;
    const id = Math.floor(code / ACCENTS);
    if (code === BREAK || this.lastUnit[id] === unit) return;
    this.lastUnit[id] = unit;
    this.spread[id]++;
  }

  readToken(token) {
    const phrases = splitPhrases(`x ${token} x`); // so that breaks at both ends count too
    phrases[0].shift();
    phrases[phrases.length - 1].pop();
    const codes = phrases.flatMap((words, n) => [
      ...(n ? [BREAK] : []),
      ...words.map((word) => this.idOf(keyOf(word)) * ACCENTS + accentOf(word)),
    ]);
    this.tokens.set(token, codes);
    return codes;
  }

  idOf(key) {
    let id = this.words.get(key);
    if (id === undefined) {
      id = this.spread.length;
      this.words.set(key, id);
      this.spread.push(0);
      this.lastUnit.push(-1);
      if (/^[0-9]+$/.test(key)) this.numbers.set(id, key);
    }
    return id;
  }

  /** @param {string} key @returns {number} the number of units with the word */
  countOf(key) {
    const id = this.words.get(key);
    return id === undefined ? 0 : this.spread[id];
  }

  /**
   * Finds all words and pairs of words in one scan.
   * @param {string[]} words @param {[string, string][]} pairs @returns {{words: Hits[], pairs: Hits[]}}
   */
  find(words, pairs) {
    const slots = new Int16Array(this.spread.length).fill(-1);
    const found = { words: words.map(() => []), pairs: pairs.map(() => []) };
    /** @type {Map<number, [number, number][]>} first word → second word, slot */
    const after = new Map();
    words.forEach((key, slot) => (slots[this.words.get(key)] = slot));
    const firsts = new Uint8Array(this.spread.length);
    pairs.forEach(([a, b], slot) => {
      const first = this.words.get(a);
      firsts[first] = 1;
      after.set(first, [...(after.get(first) || []), [this.words.get(b), slot]]);
    });
    this.units.forEach((unit, number) => {
      for (let at = unit.start; at < unit.end; at++) {
        const code = this.codes[at];
        if (code === BREAK) continue;
        const id = Math.floor(code / ACCENTS), weight = at < unit.strong ? STRONG : 1;
        if (slots[id] >= 0) bump(found.words[slots[id]], number, weight, 1 << code % ACCENTS);
        if (!firsts[id] || this.codes[at + 1] === BREAK) continue;
        const next = Math.floor(this.codes[at + 1] / ACCENTS);
        for (const [second, slot] of after.get(id)) if (second === next) bump(found.pairs[slot], number, weight, 0);
      }
    });
    return found;
  }
}

/** @param {Hits} hits @param {number} unit @param {number} weight @param {number} accents */
function bump(hits, unit, weight, accents) {
  const last = hits.length - 3;
  if (last >= 0 && hits[last] === unit) {
    hits[last + 1] += weight;
    hits[last + 2] |= accents;
  } else hits.push(unit, weight, accents);
}
