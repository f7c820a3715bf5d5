/** The confidence that the first result answers: a logistic regression over the parts of the query that it covers. */
import { isForeign } from "./reading.js";

/**
 * Weights fitted by `scripts/measure_search.py --learn` to residents' queries and off-topic queries. Each feature is a
 * share of the query's information: its words in the lead, those adjacent to their neighbour there, and those adjacent
 * anywhere on the page.
 */
export const WEIGHTS = { bias: -3.56, leadWords: 3.50, leadPhrases: 3.15, pagePhrases: 4.56 };
/** Thresholds: below the first no guide answers, above the second one does, between them one may. */
export const FLOOR = -0.2;
export const SURE = 1;

/**
 * @param {import("./reading.js").Term[]} terms @param {Map<string, import("./ranking.js").Places>} places
 * @returns {boolean[]} which words are off-topic: no lead has their meaning
 */
export function outsideOf(terms, places) {
  const inLeads = (name) => places.has(name) && places.get(name).leads.size > 0;
  const covered = ([first, ...rest]) => rest.reduce((all, key, n) => all && inLeads(`${n ? rest[n - 1] : first} ${key}`), rest.length > 0 || inLeads(first));
  return terms.map(({ outside }) => Boolean(outside) && !covered(outside));
}

/**
 * @param {import("./reading.js").Term[]} terms
 * @param {Map<string, import("./ranking.js").Places>} places the pages of each word and pair
 * @param {number} page the first page found @param {boolean} hasLead whether it has a summary; else its text is used
 * @param {(pages: number) => number} rarity the information of a word that occurs on this number of pages
 * @returns {{[name: string]: number}} the features of `WEIGHTS`
 */
export function evidence(terms, places, page, hasLead, rarity) {
  const has = (name, part) => places.has(name) && places.get(name)[part].has(page);
  const stands = ([first, ...rest], part) =>
    has(first, part) && rest.every((key, n) => has(`${n ? rest[n - 1] : first} ${key}`, part));
  const lead = hasLead ? "leads" : "pages", sums = { leadWords: 0, leadPhrases: 0, pagePhrases: 0 };
  const isOutside = outsideOf(terms, places), unknown = rarity(0);
  let told = 0;
  terms.forEach((term, n) => {
    const options = isOutside[n] ? [] : term.options;
    const tells = term.weight ** 2 * (options.length ? Math.max(...options.map(({ key }) => rarity(places.get(key).pages.size))) : unknown);
    const before = n && !terms[n - 1].closes ? terms[n - 1].options : [];
    const after = !term.closes && terms[n + 1] ? terms[n + 1].options : [];
    const shares = (part) => {
      const named = (term.meanings || []).filter(({ keys }) => stands(keys, part)).map(({ weight }) => weight);
      let alone = Math.max(0, ...named), beside = alone;
      for (const { key, weight } of options) {
        if (!has(key, part)) continue;
        alone = Math.max(alone, weight);
        if (isForeign(key) || terms.length === 1) beside = Math.max(beside, weight);
        for (const other of before) if (has(`${other.key} ${key}`, part)) beside = Math.max(beside, weight * other.weight);
        for (const other of after) if (has(`${key} ${other.key}`, part)) beside = Math.max(beside, weight * other.weight);
      }
      return [alone, beside];
    };
    const [inLead, besideInLead] = shares(lead);
    told += tells;
    sums.leadWords += tells * inLead;
    sums.leadPhrases += tells * besideInLead;
    sums.pagePhrases += tells * shares("pages")[1];
  });
  for (const name of Object.keys(sums)) sums[name] /= told || 1;
  return sums;
}

/** @param {{[name: string]: number}} shares @returns {number} the logarithm of the odds that a guide answers */
export const oddsOf = (shares) => Object.entries(shares).reduce((sum, [name, share]) => sum + (WEIGHTS[name] || 0) * share, WEIGHTS.bias);
