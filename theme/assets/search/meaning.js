/**
 * Returns how a query was interpreted, in the spelling of the pages found. A wrong interpretation confuses more than
 * none, so a word is restored only if it has the same neighbour on these pages; words typed with accents are kept.
 */
import { accentOf, keyIn, keyOf, splitPhrases, WORD } from "./fold.js";
import { isForeign } from "./reading.js";

const AGREED = 0.75; // minimum share of occurrences with the same spelling
const SENTENCE_START = /(^|[\n.!?:“"] *)\p{Lu}(?=\p{Ll})/gu;

/** @param {string} text @returns {string} the key under which two spellings are equal */
const spoken = (text) => splitPhrases(text).flat().map((word) => keyOf(word) + accentOf(word)).join(" ");

/**
 * @param {string} text as typed @param {import("./reading.js").Term[]} terms @param {string[]} texts of the pages found
 * @returns {{meant: string, maybe: string}} the certain and the possible interpretation; "" when equal to the query
 */
export function meaningOf(text, terms, texts) {
  const seen = spellings(terms, texts), accented = accentOf(text) > 0;
  let changed = false, complete = true, guessed = false;
  const spelled = terms.map((term, n) => {
    const { word, said, named, options, guessed: mended } = term;
    if (said && named) {
      changed = true;
      return said.trim();
    }
    if (term.composed) changed = true;
    const found = seen[n];
    if (mended && options.length) {
      if (found.sure) changed = true;
      else guessed = true;
      return found.spelling || options[0].key;
    }
    if (accented || term.composed) return word;
    if (found.sure) return found.spelling;
    if (said && term.weight < 1 && said !== word && term.together) return said;
    complete = complete && (said !== undefined || !options.length);
    return word;
  });
  const meant = spelled.filter(Boolean).join(" ");
  if (spoken(meant) === spoken(text)) return { meant: "", maybe: "" };
  if (guessed) return { meant: "", maybe: meant };
  return { meant: changed || complete ? meant : "", maybe: "" };
}

/** The spellings of each word on the pages found, and whether they agree next to its neighbours. */
function spellings(terms, texts) {
  const means = terms.map((term) => new Set(term.options.map(({ key }) => key)));
  const alone = terms.map(() => new Map()), pairs = terms.map(() => new Map());
  const add = (map, name) => map.set(name, (map.get(name) || 0) + 1);
  for (const text of texts) {
    const words = text.replace(SENTENCE_START, (start) => start.toLowerCase()).match(WORD) || [];
    const keys = words.map(keyIn);
    keys.forEach((key, at) => means.forEach((meant, n) => {
      if (!meant.has(key)) return;
      add(alone[n], words[at]);
      if (n + 1 < means.length && !terms[n].closes && means[n + 1].has(keys[at + 1])) add(pairs[n], `${words[at]} ${words[at + 1]}`);
    }));
  }
  const agreed = pairs.map((counts) => {
    const [best, all] = most(counts);
    return best && counts.get(best) >= AGREED * all ? best.split(" ") : ["", ""];
  });
  return terms.map(({ options }, n) => {
    const left = n ? agreed[n - 1][1] : "", right = agreed[n][0], [usual] = most(alone[n]);
    const same = !left || !right || left.toLowerCase() === right.toLowerCase();
    const name = options.length && isForeign(options[0].key) ? usual : "";
    const sure = same ? left || right || name : "";
    return { spelling: sure || usual, sure: Boolean(sure) };
  });
}

/** @param {Map<string, number>} counts @returns {[string, number]} the most frequent key, and the sum of all */
function most(counts) {
  let best = "", sum = 0;
  for (const [name, count] of counts) {
    sum += count;
    if (!best || count > counts.get(best)) best = name;
  }
  return [best, sum];
}
