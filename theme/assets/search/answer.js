/**
 * Turns a query into what is shown: pages with the section and the sentence that answer it.
 *
 * @typedef {{text: string, marked: boolean}} Piece
 * @typedef {{url: string, heading: string, excerpt: Piece[]}} Place a section of a page
 * @typedef {{url: string, title: Piece[], places: Place[]}} Group a page, its best section first
 * @typedef {{title: string, url: string, summary: string}} Topic
 * @typedef {{meant: string, groups: Group[], topics: Topic[], phones: {name: string, number: string, tel: string}[]}} Answer
 *   `meant` is "" when it is what was typed; `topics` and `phones` are there when nothing was found
 */
import { Engine } from "./engine.js";
import { SURE_FILLER } from "./query.js";
import { accentOf, keyOf, splitPhrases } from "./fold.js";

const MOST_PAGES = 6;
const LONGEST_EXCERPT = 180;
const SENTENCE_WEIGHT = 0.6; // of the best sentence against the page, among the pages shown
const PAIR_WEIGHT = 0.7;
const BESIDE = 5; // what a spelling beside the right neighbour counts
const SENTENCE_START = /(^|[\n.!?:“"] *)\p{Lu}(?=\p{Ll})/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\u0300-\u036f]*/gu;

/** @param {string} word @returns {string} */
const keyIn = (word) => keyOf((splitPhrases(word)[0] || [""])[0]);

/** @param {string} text @returns {string[]} */
const sentences = (text) => text.replace(/([.!?…])\s+/g, "$1\n").split("\n");

export class Answerer {
  /** @param {import("./query.js").Store} store */
  constructor(store) {
    this.store = store;
    this.engine = new Engine(store);
  }

  /** @param {string} text @param {{typing?: boolean, most?: number}} [options] @returns {Promise<Answer>} */
  async answer(text, { typing = false, most = MOST_PAGES } = {}) {
    const { terms, wanted, matches, hits } = await this.engine.search(text, { typing, most });
    const shown = await this.order(hits, matches);
    const groups = shown.map(({ fragment, hit, best }) => this.group(fragment, hit, best, wanted));
    const found = { meant: this.meant(terms, shown), groups, topics: [], phones: [] };
    return groups.length ? found : { ...found, ...this.nearest(text) };
  }

  /** Reads the texts of the first pages and lets a sentence that holds much of the query count. */
  async order(hits, matches) {
    const fragments = await Promise.all(hits.map((hit) => this.store.fragment(hit.page)));
    const read = hits.map((hit, n) => {
      const [, heading, text] = fragments[n].sections[hit.section];
      const lead = hit.section ? heading : fragments[n].title;
      const best = this.bestSentence(sentences(text), matches);
      const strength = Math.max(best.strength, this.bestSentence([lead], matches).strength);
      return { hit, fragment: fragments[n], best: best.sentence, score: hit.score + SENTENCE_WEIGHT * strength };
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
  group(fragment, hit, best, wanted) {
    const [anchor, heading] = fragment.sections[hit.section];
    const url = anchor ? `${fragment.url}#${anchor}` : fragment.url;
    const places = [{ url, heading, excerpt: this.mark(this.cut(best, wanted), wanted) }];
    return { url: fragment.url, title: this.mark(fragment.title, wanted), places };
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
    const pieces = [];
    let at = 0;
    const add = (part, marked) => part && pieces.push({ text: part, marked });
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (!wanted.has(keyIn(word))) continue;
      add(text.slice(at, index), false);
      add(word, true);
      at = index + word.length;
    }
    add(text.slice(at), false);
    return pieces;
  }

  /** The query as the pages found write it, or "" when that is how it was typed. */
  meant(terms, shown) {
    const counts = this.spellings(terms, shown);
    const spelled = terms.map(({ word, said, named, weight }, n) => {
      const [best] = [...counts[n]].sort((a, b) => b[1] - a[1]);
      if (said && (named || weight <= SURE_FILLER || !best || best[1] < BESIDE)) return said.trim();
      return best ? best[0] : word;
    });
    const same = terms.every(({ word }, n) => {
      const [[found] = [""]] = splitPhrases(spelled[n]).concat([[""]]);
      return keyOf(found) === keyOf(word) && accentOf(found) === accentOf(word);
    });
    return same ? "" : spelled.filter(Boolean).join(" ");
  }

  /** How the pages found spell each word; beside one of its neighbours it counts more. */
  spellings(terms, shown) {
    const means = terms.map((term) => new Set(term.options.map(({ key }) => key)));
    const counts = terms.map(() => new Map());
    for (const { fragment, hit } of shown) {
      const text = `${fragment.title}\n${fragment.sections[hit.section].join("\n")}`;
      const words = text.replace(SENTENCE_START, (start) => start.toLowerCase()).match(WORD) || [];
      const keys = words.map(keyIn);
      keys.forEach((key, at) => means.forEach((meant, n) => {
        if (!meant.has(key)) return;
        const beside = (n && means[n - 1].has(keys[at - 1])) || (means[n + 1] && means[n + 1].has(keys[at + 1]));
        counts[n].set(words[at], (counts[n].get(words[at]) || 0) + (beside ? BESIDE : 1));
      }));
    }
    return counts;
  }

  /** Where to go when nothing was found: the topics whose letters are most like the query's, and whom to call. */
  nearest(text) {
    const { topics = [], phones = [] } = this.store.help || {};
    const grams = (words) => {
      const joined = ` ${splitPhrases(words).flat().map(keyOf).join(" ")} `;
      return new Set(Array.from(joined, (_, n) => joined.slice(n, n + 3)));
    };
    const asked = grams(text.slice(0, LONGEST_EXCERPT));
    const likeness = ({ title, summary }) => [...grams(`${title} ${summary}`)].filter((gram) => asked.has(gram)).length;
    const rated = topics.map((topic) => [likeness(topic), topic]).sort((a, b) => b[0] - a[0]);
    return { topics: rated.slice(0, 4).map(([, topic]) => topic), phones };
  }
}
