/**
 * Ranks pages for a query: BM25 over words and pairs of words, by page and by section.
 *
 * @typedef {import("./query.js").Term} Term
 * @typedef {import("./query.js").Store} Store
 * @typedef {{page: number, section: number, score: number}} Hit `section` counts within the page
 */
import { Reading, SURE_FILLER } from "./query.js";

const FEWEST = 2; // words that are read however common they are
const LIKELY = 0.4; // weight from which a word that was not typed is marked
export const SETTINGS = {
  k1: 1, // how soon more of the same word stops counting
  b: 0.5, // how much long texts are held back
  pairs: 1, // weight of two words in a row against one word
  common: 0.2, // words in more sections than this share, or
  longest: 400, // than this number, are left out where rarer ones exist: their lists are long and tell little
  exact: 0.5, // how much of the rarity of a word with these very accents counts
  section: 0.3, // weight of the best section against the whole page
  kinds: [1.1, 1, 0.95], // guides come before stories, and those before other pages
};

export class Engine {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.reading = new Reading(store, store.language || {});
    const { lengths, pageOf, kinds } = store;
    this.pageLengths = kinds.map(() => 0);
    lengths.forEach((length, section) => (this.pageLengths[pageOf[section]] += length));
    const mean = (numbers) => numbers.reduce((sum, each) => sum + each, 0) / (numbers.length || 1) || 1;
    this.meanPage = mean(this.pageLengths);
    this.meanSection = mean(lengths);
  }

  /**
   * @param {string} text @param {{typing?: boolean, most?: number}} [options]
   * @returns {Promise<{terms: Term[], wanted: Set<string>, matches: Map<string, number>, hits: Hit[]}>} the best section
   *   of each page, best page first; `wanted` are the words to mark, `matches` how much each word and pair tells
   */
  async search(text, { typing = false, most = 20 } = {}) {
    const { terms, added } = await this.reading.understand(text, typing);
    const understood = added.length || terms.some((term) => term.weight > SURE_FILLER && term.options.length);
    const { words, pairs } = understood ? this.features(terms, added) : { words: [], pairs: [] };
    await this.store.load(words.map((word) => word.id), pairs.map((pair) => [pair.first, pair.second]));
    const scores = { pages: new Map(), sections: new Map() };
    const matches = new Map();
    for (const { key, id, weight, accent } of words) {
      matches.set(key, this.add(scores, this.store.unigram(id), weight, accent));
    }
    for (const { name, first, second, weight } of pairs) {
      matches.set(name, this.add(scores, this.store.pair(first, second), weight * SETTINGS.pairs, -1));
    }
    const wanted = new Set([
      ...terms.filter((term) => term.weight > SURE_FILLER).flatMap((term) => term.options.map(({ key }) => key)),
      ...added.filter(({ weight }) => weight >= LIKELY).flatMap(({ keys }) => keys),
    ]);
    return { terms, wanted, matches, hits: this.best(scores).slice(0, most) };
  }

  /** The lists to read, each once. */
  features(terms, added) {
    const words = new Map(), pairs = new Map();
    const entry = (key) => this.store.entry(key);
    const addWord = (key, weight, accent) => {
      const { id, sections } = entry(key), known = words.get(id);
      if (!known || known.weight < weight) words.set(id, { key, id, sections, weight, accent });
    };
    const addPair = (a, b, weight) => {
      const first = entry(a).id, second = entry(b).id, name = `${a} ${b}`;
      if (!pairs.has(name) || pairs.get(name).weight < weight) pairs.set(name, { name, first, second, weight });
    };
    const accented = terms.some((term) => term.accent > 0);
    terms.forEach((term, n) => {
      const next = terms[n + 1];
      for (const { key, weight } of term.options) {
        addWord(key, weight * term.weight, accented && key === term.key ? term.accent : -1);
        if (!next || term.closes) continue;
        const both = Math.sqrt(term.weight * next.weight);
        for (const other of next.options) addPair(key, other.key, weight * other.weight * both);
      }
    });
    for (const { keys, weight } of added) {
      if (keys.length > 1) addPair(keys[0], keys[1], weight);
      else addWord(keys[0], weight, -1);
    }
    const limit = Math.min(this.store.pageOf.length * SETTINGS.common, SETTINGS.longest);
    const rarest = [...words.values()].sort((a, b) => a.sections - b.sections);
    const kept = rarest.filter((word, n) => n < FEWEST || word.sections <= limit);
    return { words: kept, pairs: [...pairs.values()] };
  }

  /** Adds what one list says to the scores of its pages and sections. */
  add(scores, hits, weight, accent) {
    const pages = new Map();
    let exact = 0;
    for (let i = 0; i < hits.length; i += 3) {
      const page = this.store.pageOf[hits[i]];
      const seen = pages.get(page) || { count: 0, exact: false };
      if (!pages.has(page)) pages.set(page, seen);
      seen.count += hits[i + 1];
      if (accent >= 0 && !seen.exact && hits[i + 2] & (1 << accent)) {
        seen.exact = true;
        exact++;
      }
    }
    const rarity = this.rarity(pages.size);
    const exactRarity = exact ? rarity + SETTINGS.exact * (this.rarity(exact) - rarity) + 0.3 : 0;
    const bump = (map, key, value) => map.set(key, (map.get(key) || 0) + value);
    for (const [page, seen] of pages) {
      const full = weight * (seen.exact ? exactRarity : rarity);
      bump(scores.pages, page, full * this.saturate(seen.count, this.pageLengths[page] / this.meanPage));
    }
    for (let i = 0; i < hits.length; i += 3) {
      const full = weight * (accent >= 0 && hits[i + 2] & (1 << accent) ? exactRarity : rarity);
      bump(scores.sections, hits[i], full * this.saturate(hits[i + 1], this.store.lengths[hits[i]] / this.meanSection));
    }
    return weight * rarity;
  }

  rarity(pages) {
    const all = this.store.kinds.length;
    return Math.log(1 + (all - pages + 0.5) / (pages + 0.5));
  }

  saturate(count, relativeLength) {
    const { k1, b } = SETTINGS;
    return (count * (k1 + 1)) / (count + k1 * (1 - b + b * relativeLength));
  }

  /** @returns {Hit[]} */
  best(scores) {
    const top = new Map();
    for (const [section, score] of scores.sections) {
      const page = this.store.pageOf[section], known = top.get(page);
      if (!known || known.score < score) top.set(page, { section: section - this.store.firstOf[page], score });
    }
    const hits = [...scores.pages].map(([page, score]) => {
      const { section, score: best } = top.get(page);
      return { page, section, score: (score + SETTINGS.section * best) * SETTINGS.kinds[this.store.kinds[page]] };
    });
    return hits.sort((a, b) => b.score - a.score || a.page - b.page);
  }
}
