/**
 * Answers a query: understands it, ranks pages for it, picks the sentences to show and says how sure that is. Pure: it
 * runs in a worker, in a page and in Node.
 *
 * @typedef {{pages: import("./index.js").LeadRow[], text: string, size: number}
 *   & import("./reading.js").Language} Leads what portal/search/index.py writes first
 * @typedef {{pages: import("./index.js").TextRow[], asides?: string[], outside?: string[], topics?: Topic[],
 *   phones?: Phone[]}} Texts what it writes for later
 * @typedef {{text: string, marked: boolean}} Piece
 * @typedef {{url: string, heading: string, excerpt: Piece[]}} Place a section of a page
 * @typedef {{url: string, title: Piece[], places: Place[]}} Group a page, its best section first
 * @typedef {{title: string, url: string, summary: string}} Topic
 * @typedef {{name: string, number: string, tel: string}} Phone
 * @typedef {{meant: string, maybe: string, sureness: "sure" | "near" | "none", complete: boolean, missing: string[], groups: Group[], topics: Topic[], phones: Phone[]}} Answer
 *   `meant` is what was surely meant and `maybe` what may have been, "" when it is what was typed; `complete` tells that
 *   the texts were looked at, not only the leads; `missing` are words of the query that nothing is about; `topics` and
 *   `phones` are there when no guide answers
 */
import { evidence, FLOOR, oddsOf, outsideOf, SURE } from "./confidence.js";
import { keyIn, keyOf, splitPhrases, WORD } from "./fold.js";
import { meaningOf } from "./meaning.js";
import { Index } from "./index.js";
import { Ranking, SETTINGS } from "./ranking.js";
import { Reading, SURE_FILLER } from "./reading.js";

const MOST_PAGES = 6;
const READ_PAGES = 12; // whose sentences are looked at
const LONGEST_EXCERPT = 180;
const LIKELY = 0.4; // weight from which a word that was not typed is marked
const WORDS = new RegExp(`(${WORD.source})`, "u"); // splits a text into words and what is between
const PAIR_WEIGHT = 0.7;
/** @param {string} text @returns {string[]} */
const sentences = (text) => text.replace(/([.!?…])\s+/g, "$1\n").split("\n");

/** Turns a query into what is shown: pages with the section and the sentence that answer it. */
export class Engine {
  /** @param {Leads} leads @param {Partial<typeof SETTINGS>} [settings] */
  constructor(leads, settings = {}) {
    this.settings = { ...SETTINGS, ...settings };
    this.index = new Index(leads.pages);
    this.reading = new Reading(this.index, leads);
    this.ranking = new Ranking(this.index, this.settings);
    this.help = { topics: [], phones: [] };
  }

  /** @param {Texts} texts of all pages, in the order of the leads */
  addTexts({ pages, asides = [], outside = [], topics = [], phones = [] }) {
    this.index.addTexts(pages, new Set(asides));
    this.reading.learnOutside(outside);
    this.ranking.measure();
    this.help = { topics, phones };
  }

  /**
   * @param {string} text @param {{typing?: boolean, most?: number, floor?: boolean}} [options]
   *   `floor: false` shows what was found however little speaks for it
   * @returns {Answer}
   */
  answer(text, { typing = false, most = MOST_PAGES, floor = true } = {}) {
    const { terms, added } = this.reading.understand(text, typing);
    const understood = added.length || terms.some((term) => term.weight > SURE_FILLER && term.options.length);
    const { hits, matches, places } = this.ranking.rank(understood ? terms : [], added);
    const wanted = new Set([
      ...terms.filter((term) => term.weight > SURE_FILLER).flatMap((term) => term.options.map(({ key }) => key)),
      ...added.filter(({ weight }) => weight >= LIKELY).flatMap(({ keys }) => keys),
    ]);
    const read = this.order(hits.slice(0, Math.max(most, READ_PAGES)), matches).slice(0, most);
    const { complete } = this.index;
    const sureness = this.sureness(terms, places, read[0]);
    const shown = sureness === "none" && floor ? [] : read;
    const texts = shown.map(({ page, heading, text: found }) => `${page.title}\n${page.lead}\n${heading}\n${found}`);
    return {
      ...(shown.length ? meaningOf(text, terms, texts) : { meant: "", maybe: "" }),
      sureness,
      complete,
      missing: sureness === "sure" ? [] : this.missing(terms, places),
      groups: shown.map((each) => this.group(each, wanted)),
      ...(sureness === "none" ? this.nearest(text) : { topics: [], phones: [] }),
    };
  }

  /** @returns {"sure" | "near" | "none"} whether the first page answers, may answer, or does not */
  sureness(terms, places, first) {
    if (!first) return "none";
    const odds = oddsOf(evidence(terms, places, first.number, Boolean(first.page.lead), (pages) => this.ranking.rarity(pages)));
    return odds < FLOOR ? "none" : odds < SURE ? "near" : "sure";
  }

  /** @returns {string[]} the words, as typed, that no page has or that no guide is about */
  missing(terms, places) {
    const outside = outsideOf(terms, places);
    return terms.filter((term, n) => term.weight > SURE_FILLER && (!term.options.length || outside[n])).map(({ word }) => word);
  }

  /** Lets a sentence that holds much of the query count. */
  order(hits, matches) {
    const read = hits.map((hit) => {
      const page = this.index.pages[hit.page], { section } = this.index.units[hit.unit];
      const [anchor, heading, text] = section < 0 ? ["", "", page.lead] : page.sections[section];
      const best = this.bestSentence(sentences(text), matches);
      const strength = Math.max(best.strength, this.strength(heading || page.title, matches));
      return { page, number: hit.page, anchor, heading, text, best: best.sentence, score: hit.score + this.settings.sentence * strength };
    });
    return read.sort((a, b) => b.score - a.score);
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

  /** What a sentence holds of the query, each word and pair once; long sentences hold much by chance. */
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

  /** @returns {Group} */
  group({ page, anchor, heading, best }, wanted) {
    const url = anchor ? `${page.url}#${anchor}` : page.url;
    const places = [{ url, heading, excerpt: this.mark(this.cut(best, wanted), wanted) }];
    return { url: page.url, title: this.mark(page.title, wanted), places };
  }

  /** Shortens a long sentence around its first word that was looked for. */
  cut(sentence, wanted) {
    if (sentence.length <= LONGEST_EXCERPT) return sentence;
    const first = [...sentence.matchAll(WORD)].find(([word]) => wanted.has(keyIn(word)));
    const start = first && first.index > LONGEST_EXCERPT / 2 ? sentence.indexOf(" ", first.index - 60) + 1 : 0;
    const end = sentence.lastIndexOf(" ", start + LONGEST_EXCERPT);
    const piece = sentence.slice(start, end > start ? end : start + LONGEST_EXCERPT);
    return `${start ? "… " : ""}${piece} …`;
  }

  /** @param {string} text @param {Set<string>} wanted @returns {Piece[]} */
  mark(text, wanted) {
    return text.split(WORDS).map((part) => ({ text: part, marked: wanted.has(keyIn(part)) }));
  }

  /** Where to go when nothing was found: the topics whose letters are most like the query's, and whom to call. */
  nearest(text) {
    const { topics, phones } = this.help;
    const grams = (words) => {
      const joined = ` ${splitPhrases(words).flat().map(keyOf).join(" ")} `;
      return new Set(Array.from(joined, (_, n) => joined.slice(n, n + 3)));
    };
    const asked = grams(text.slice(0, LONGEST_EXCERPT));
    const likeness = ({ title, summary }) => [...grams(`${title} ${summary}`)].filter((gram) => asked.has(gram)).length;
    return { topics: [...topics].sort((a, b) => likeness(b) - likeness(a)).slice(0, 4), phones };
  }
}
