/**
 * Scores pages for the words and pairs of words of a query.
 *
 * @typedef {{name: string, keys: string[], weight: number, accent: number}} Feature a word, or a pair of words
 * @typedef {{pages: Set<number>, leads: Set<number>}} Places its pages, and those with it in the lead
 * @typedef {{page: number, unit: number, score: number}} Hit a page and its best unit
 */

import { isForeign } from "./reading.js";

/** Weights, chosen by `scripts/measure_search.py --sweep` on one half of each set of queries. */
export const SETTINGS = {
  soon: 1, // BM25's k1: saturation of term frequency
  length: 0.6, // BM25's b: length normalisation
  exact: 0.5, // weight of the IDF of the accented spelling
  pair: 0.75, // weight of a pair of words relative to its words
  section: 0.3, // weight of the best section relative to the page
  lead: 1.5, // weight of the lead relative to the page
  aside: 0.7, // weight of a section with secondary content
  named: 0.5, // factor for a page whose lead lacks the app named
  sentence: 0.6, // weight of the best sentence, on the first pages
};
const MUCH = 0.5; // share of the query's information
const NAME = 0.5; // minimum weight at which a foreign word in a title counts as an app's name

/** BM25 over words and pairs of words: by page, by section and by lead. */
export class Ranking {
  /** @param {import("./index.js").Index} index @param {typeof SETTINGS} settings */
  constructor(index, settings) {
    this.index = index;
    this.settings = settings;
    this.measure();
  }

  /** Recomputes lengths after the texts are added. */
  measure() {
    const { units, pages } = this.index;
    const mean = (numbers) => numbers.reduce((sum, each) => sum + each, 0) / (numbers.length || 1) || 1;
    this.pageLengths = pages.map(() => 0);
    for (const { page, length } of units) this.pageLengths[page] += length;
    this.meanPage = mean(this.pageLengths);
    this.meanSection = mean(units.filter(({ section }) => section >= 0).map(({ length }) => length));
    this.meanLead = mean(units.filter(({ section }) => section < 0).map(({ length }) => length));
  }

  /**
   * @param {import("./reading.js").Term[]} terms @param {import("./reading.js").Added[]} added
   * @returns {{words: Feature[], pairs: Feature[]}} unique features to find
   */
  features(terms, added) {
    const words = new Map(), pairs = new Map();
    const put = (map, keys, weight, accent) => {
      const name = keys.join(" "), known = map.get(name);
      if (!known || known.weight < weight) map.set(name, { name, keys, weight, accent });
    };
    const accented = terms.some((term) => term.accent > 0);
    terms.forEach((term, n) => {
      const next = terms[n + 1];
      for (const { key, weight } of term.options) {
        put(words, [key], weight * term.weight, accented && key === term.key ? term.accent : -1);
        if (!next || term.closes) continue;
        const both = Math.sqrt(term.weight * next.weight);
        for (const other of next.options) put(pairs, [key, other.key], weight * other.weight * both, -1);
      }
    });
    for (const { keys, weight } of added) put(keys.length > 1 ? pairs : words, keys, weight, -1);
    return { words: [...words.values()], pairs: [...pairs.values()] };
  }

  /**
   * @param {import("./reading.js").Term[]} terms @param {import("./reading.js").Added[]} added
   * @returns {{hits: Hit[], matches: Map<string, number>, places: Map<string, Places>}} pages, best first; the
   *   information of each word and pair, and its pages
   */
  rank(terms, added) {
    const { words, pairs } = this.features(terms, added), { units, pages } = this.index;
    const found = this.index.find(words.map(({ keys }) => keys[0]), pairs.map(({ keys }) => keys));
    const of = (list) => new Float64Array(list.length);
    const scores = { page: of(pages), lead: of(pages), unit: of(units), share: of(pages).fill(1), cover: of(pages), all: 0 };
    const matches = new Map(), places = new Map();
    for (const [features, lists] of [[words, found.words], [pairs, found.pairs]]) {
      features.forEach((feature, n) => {
        const counted = this.count(lists[n], feature.accent);
        matches.set(feature.name, this.add(scores, lists[n], feature, counted));
        places.set(feature.name, { pages: new Set(counted.pages.keys()), leads: counted.leads });
      });
    }
    return { hits: this.best(scores), matches, places };
  }

  /** The pages of a word or pair with counts, and the number of pages with these accents. */
  count(hits, accent) {
    const counted = { pages: new Map(), leads: new Set(), exact: 0 };
    for (let i = 0; i < hits.length; i += 3) {
      const { page, section, aside } = this.index.units[hits[i]];
      const seen = counted.pages.get(page) || { count: 0, exact: false };
      counted.pages.set(page, seen);
      seen.count += hits[i + 1] * (aside ? this.settings.aside : 1);
      if (section < 0) counted.leads.add(page);
      if (seen.exact || accent < 0 || !(hits[i + 2] & (1 << accent))) continue;
      seen.exact = true;
      counted.exact++;
    }
    return counted;
  }

  /** Adds the score of one word or pair; returns its information. */
  add(scores, hits, { weight, accent, keys }, { pages, leads, exact }) {
    const { index: { units }, settings } = this;
    const rarity = this.rarity(pages.size), full = weight * (keys.length > 1 ? settings.pair : 1);
    const exactRarity = rarity + settings.exact * (this.rarity(exact) - rarity) + 0.3;
    if (keys.length === 1) scores.all += weight * rarity;
    for (const [page, seen] of pages) {
      if (keys.length === 1) scores.cover[page] += weight * rarity;
      const tells = full * (seen.exact ? exactRarity : rarity);
      scores.page[page] += tells * this.saturate(seen.count, this.pageLengths[page] / this.meanPage);
    }
    for (let i = 0; i < hits.length; i += 3) {
      const { page, section, length, aside } = units[hits[i]];
      const often = this.saturate(hits[i + 1], length / (section < 0 ? this.meanLead : this.meanSection));
      const tells = full * (accent >= 0 && hits[i + 2] & (1 << accent) ? exactRarity : rarity);
      scores.unit[hits[i]] += tells * often * (aside ? settings.aside : 1);
      if (section < 0) scores.lead[page] += full * this.rarity(leads.size) * often;
    }
    if (leads.size && keys.length === 1 && weight >= NAME && isForeign(keys[0]) && this.index.titled.has(keys[0])) {
      scores.share.forEach((share, page) => { if (!leads.has(page)) scores.share[page] = settings.named; });
    }
    return weight * rarity;
  }

  rarity(pages) {
    const all = this.index.pages.length;
    return Math.log(1 + (all - pages + 0.5) / (pages + 0.5));
  }

  saturate(count, relativeLength) {
    const { soon, length } = this.settings;
    return (count * (soon + 1)) / (count + soon * (1 - length + length * relativeLength));
  }

  /** @returns {Hit[]} pages, best first, each with its best section */
  best(scores) {
    const { units, pages } = this.index, { settings } = this;
    const top = new Map();
    units.forEach(({ page }, unit) => {
      const known = top.get(page);
      if (scores.unit[unit] && (known === undefined || scores.unit[known] < scores.unit[unit])) top.set(page, unit);
    });
    const hits = [...top].map(([page, unit]) => {
      const score = scores.page[page] + settings.section * scores.unit[unit] + settings.lead * scores.lead[page];
      return { page, unit, score: score * pages[page].weight * scores.share[page] };
    });
    this.bind(hits, scores);
    return hits.sort((a, b) => b.score - a.score || a.page - b.page);
  }

  /** Demotes pages whose lead lacks the app named below one that has it and covers much of the query. */
  bind(hits, { share, cover, all }) {
    const having = hits.filter(({ page }) => share[page] === 1 && cover[page] >= MUCH * all);
    const best = Math.max(...having.map(({ score }) => score));
    for (const hit of having.length ? hits : []) {
      if (share[hit.page] < 1 && hit.score >= best) hit.score = (best * hit.score) / (hit.score + best);
    }
  }
}
