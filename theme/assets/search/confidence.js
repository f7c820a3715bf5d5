/** The confidence that the first result answers: a logistic regression over the parts of the query that it covers. */
import { isForeign } from "./reading.js";

/**
 * Weights fitted by `scripts/measure_search.py --learn` to residents' queries and off-topic queries. `leadWords`,
 * `unknown` and `phrases` are shares of the query: its words in the lead of the page, those that no page has or no guide
 * treats, and those adjacent to their neighbour on the page; `named`: a word is the name of an app in a title.
 */
export const WEIGHTS = { bias: -6.2, leadWords: 3.8, unknown: -2.5, phrases: 3.3, score: 1.75, named: 1.1 };
/** Thresholds: below the first no guide answers, above the second one does, between them one may. */
export const FLOOR = -0.4;
export const SURE = 1.2;
/** A page that has the query word by word may answer, whatever the odds. */
export const WHOLE = 0.99;

/** @returns {boolean} whether a phrase stands where `has` says of its first word and its pairs */
const stands = ([first, ...rest], has) => has(first) && rest.every((key, n) => has(`${n ? rest[n - 1] : first} ${key}`));

/**
 * @param {import("./reading.js").Term[]} terms @param {Map<string, import("./ranking.js").Places>} places
 * @returns {boolean[]} which words are off-topic: no lead has their meaning
 */
export function outsideOf(terms, places) {
  const inLeads = (name) => places.has(name) && places.get(name).leads.size > 0;
  return terms.map(({ outside }) => Boolean(outside) && !stands(outside, inLeads));
}

/**
 * @param {import("./reading.js").Term[]} terms
 * @param {Map<string, import("./ranking.js").Places>} places the pages of each word and pair
 * @param {import("./ranking.js").Ranking} ranking @param {{page: number, score: number}} first the first page found
 * @returns {{[name: string]: number}} the features of `WEIGHTS`
 */
export function evidence(terms, places, ranking, { page, score }) {
  const { index } = ranking;
  const part = index.pages[page].lead ? "leads" : "pages"; // a page without a summary has its text
  const inLead = (name) => places.has(name) && places.get(name)[part].has(page);
  const onPage = (name) => places.has(name) && places.get(name).pages.has(page);
  const isOutside = outsideOf(terms, places), sums = { leadWords: 0, unknown: 0, phrases: 0 };
  const unknown = ranking.rarity(0);
  let told = 0, named = 0;
  terms.forEach((term, n) => {
    const options = isOutside[n] ? [] : term.options, next = terms[n + 1];
    const rarest = options.length ? Math.min(...options.map(({ key }) => places.get(key).pages.size)) : 0;
    const tells = term.weight ** 2 * Math.sqrt(ranking.rarity(rarest));
    const meant = (has) => (term.meanings || []).map(({ keys, weight }) => (stands(keys, has) ? weight : 0));
    const neighbours = [
      ...(n && !terms[n - 1].closes ? terms[n - 1].options : []).map((other) => [`${other.key} `, "", other.weight]),
      ...(next && !term.closes ? next.options : []).map((other) => ["", ` ${other.key}`, other.weight]),
    ];
    const beside = ({ key, weight }) => (isForeign(key) || terms.length === 1
      ? [onPage(key) ? weight : 0] : neighbours.map(([before, after, other]) => (onPage(before + key + after) ? weight * other : 0)));
    told += tells;
    sums.leadWords += tells * Math.max(0, ...meant(inLead), ...options.map(({ key, weight }) => (inLead(key) ? weight : 0)));
    sums.phrases += tells * Math.max(0, ...meant(onPage), ...options.flatMap(beside));
    if (!options.length) sums.unknown += tells;
    if (options.some(({ key }) => isForeign(key) && index.titled.has(key))) named = 1;
  });
  for (const name of Object.keys(sums)) sums[name] /= told || 1;
  return { ...sums, score: Math.log1p(score / unknown), named };
}

/** @param {{[name: string]: number}} shares @returns {number} the logarithm of the odds that a guide answers */
export const oddsOf = (shares) => Object.entries(shares).reduce((sum, [name, share]) => sum + WEIGHTS[name] * share, WEIGHTS.bias);
