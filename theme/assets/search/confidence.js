/** How sure it is that the first page found answers: what of the query it holds, weighed as was learnt. */
import { isForeign } from "./reading.js";

/**
 * Learnt by `scripts/measure_search.py --learn` from residents' queries and queries about what no guide tells. Each is a
 * share of what the query tells: its words in the lead or anywhere on the page, those that stand beside their
 * neighbour there, pairs of words; and the words that no page has.
 */
export const WEIGHTS = { bias: -3.62, leadWords: 2.78, pageWords: 0.95, leadPhrases: 2.59, pagePhrases: 1.90, leadPairs: 2.46, pagePairs: 1.45, unknown: -0.78, length: 0.09 };
/** Below the first no guide answers, above the second one does; in between one may. */
export const FLOOR = -0.1;
export const SURE = 1;

/**
 * @param {import("./reading.js").Term[]} terms @param {Map<string, import("./ranking.js").Places>} places
 * @returns {boolean[]} which words are of a life beyond this site: no lead has what they say
 */
export function outsideOf(terms, places) {
  const inLeads = (name) => places.has(name) && places.get(name).leads.size > 0;
  const covered = ([first, ...rest]) => rest.reduce((all, key, n) => all && inLeads(`${n ? rest[n - 1] : first} ${key}`), rest.length > 0 || inLeads(first));
  return terms.map(({ outside }) => Boolean(outside) && !covered(outside));
}

/**
 * @param {import("./reading.js").Term[]} terms
 * @param {Map<string, import("./ranking.js").Places>} places where each word and pair stands
 * @param {number} page the first page found @param {boolean} hasLead whether it has a summary; else its text speaks
 * @param {(pages: number) => number} rarity what a word tells that stands on so many pages
 * @returns {{[name: string]: number}} the shares that `WEIGHTS` weighs
 */
export function evidence(terms, places, page, hasLead, rarity) {
  const has = (name, part) => places.has(name) && places.get(name)[part].has(page);
  const lead = hasLead ? "leads" : "pages";
  const sums = { leadWords: 0, pageWords: 0, leadPhrases: 0, pagePhrases: 0, leadPairs: 0, pagePairs: 0, unknown: 0, length: 0 };
  let told = 0, toldByPairs = 0;
  const stands = ([first, ...rest], part) =>
    has(first, part) && rest.every((key, n) => has(`${n ? rest[n - 1] : first} ${key}`, part));
  const isOutside = outsideOf(terms, places);
  terms.forEach((term, n) => {
    const weight = term.weight ** 2;
    const tells = isOutside[n] ? rarity(0) : Math.max(...term.options.map(({ key }) => rarity(places.get(key).pages.size)), term.options.length ? 0 : rarity(0));
    told += weight * tells;
    sums.length += weight;
    if (!term.options.length || isOutside[n]) sums.unknown += weight > 0.3 ? 1 : 0;
    const before = n && !terms[n - 1].closes ? terms[n - 1].options : [];
    const after = !term.closes && terms[n + 1] ? terms[n + 1].options : [];
    for (const [part, words, phrases] of [[lead, "leadWords", "leadPhrases"], ["pages", "pageWords", "pagePhrases"]]) {
      const named = (term.meanings || []).filter(({ keys }) => stands(keys, part)).map(({ weight: likely }) => likely);
      let alone = Math.max(0, ...named), beside = alone;
      for (const { key, weight: likely } of isOutside[n] ? [] : term.options) {
        if (!has(key, part)) continue;
        alone = Math.max(alone, likely);
        if (isForeign(key) || terms.length === 1) beside = Math.max(beside, likely);
        for (const other of before) if (has(`${other.key} ${key}`, part)) beside = Math.max(beside, likely * other.weight);
        for (const other of after) if (has(`${key} ${other.key}`, part)) beside = Math.max(beside, likely * other.weight);
      }
      sums[words] += weight * tells * alone;
      sums[phrases] += weight * tells * beside;
    }
    for (const other of after) {
      for (const { key, weight: likely } of term.options) {
        const name = `${key} ${other.key}`;
        const pair = likely * other.weight * Math.sqrt(term.weight * terms[n + 1].weight) * rarity(places.get(name).pages.size);
        toldByPairs += pair;
        if (has(name, lead)) sums.leadPairs += pair;
        if (has(name, "pages")) sums.pagePairs += pair;
      }
    }
  });
  for (const name of ["leadWords", "pageWords", "leadPhrases", "pagePhrases"]) sums[name] /= told || 1;
  sums.leadPairs = toldByPairs ? sums.leadPairs / toldByPairs : sums.leadWords;
  sums.pagePairs = toldByPairs ? sums.pagePairs / toldByPairs : sums.pageWords;
  return sums;
}

/** @param {{[name: string]: number}} shares @returns {number} the logarithm of the odds that a guide answers */
export const oddsOf = (shares) => Object.entries(shares).reduce((sum, [name, share]) => sum + (WEIGHTS[name] || 0) * share, WEIGHTS.bias);
