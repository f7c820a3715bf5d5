/**
 * Understands what was typed: keystrokes that did not compose, slips, words run together, short forms.
 *
 * @typedef {import("./stores.js").SmallStore | import("./stores.js").ShardedStore} Store
 * @typedef {{key: string, weight: number}} Option a word of the index that may be meant
 * @typedef {{word: string, key: string, accent: number, weight: number, closes: boolean, options: Option[], said: string, named: boolean}} Term
 *   `weight` is 1 for what is looked for, less for words that only make a sentence; `said` spells a filler or a name
 *   from the glossary, `named` tells that the word is part of such a name; `closes` tells that a phrase ends here
 */
import { accentOf, joinNumbers, keyOf, splitPhrases } from "./fold.js";

const MOST_CHARS = 600;
const MOST_WORDS = 32;
export const SURE_FILLER = 0.4;
const LIKELY_FILLER = 0.6; // typed without accents, "la" may be more than "là"
const OWN_NAME = 0.5; // a name of at least this weight is taken for what was meant
const SYLLABLE = /^(ngh?|[cgknpt]h|g?i|qu|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(ch|nh|ng|[cmnpt])?$/;
const TONES = { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323", 1: "\u0301", 2: "\u0300", 3: "\u0309", 4: "\u0303", 5: "\u0323" };
const MARKED = { 6: ["aeo", "\u0302"], 7: ["uo", "\u031b"], 8: ["a", "\u0306"], w: ["uoa", "\u031b"] };

/**
 * Composes raw Telex or VNI keystrokes, tone keys inside or at the end.
 * @param {string} word @returns {string} "" when it is not such a word
 */
export function compose(word) {
  if (!/^[a-z]{1,8}[a-z0-9]*$/.test(word) || word.length > 10) return "";
  /** @type {[string, string][]} */ const letters = [];
  let tone = "";
  const mark = (among, sign) => {
    const at = letters.map(([letter, signs]) => !signs && among.includes(letter)).lastIndexOf(true);
    if (at >= 0) letters[at][1] = sign;
    return at;
  };
  for (const key of word) {
    const vowel = letters.some(([letter]) => "aeiouy".includes(letter));
    if (TONES[key] && vowel) tone = TONES[key];
    else if (MARKED[key] && (vowel || key !== "w")) {
      const at = mark(...MARKED[key]);
      if (at > 0 && "7w".includes(key) && letters[at][0] === "o" && letters[at - 1][0] === "u") letters[at - 1][1] = "\u031b";
    } else if (key === "9" || (key === "d" && letters.length && letters[0][0] === "d")) letters[0] = ["đ", ""];
    else if (!("aeo".includes(key) && mark(key, "\u0302") >= 0)) letters.push(key === "w" ? ["u", "\u031b"] : [key, ""]);
  }
  const composed = letters.map((pair) => pair.join("")).join("") + tone;
  return composed !== word && SYLLABLE.test(keyOf(composed)) ? composed.normalize("NFC") : "";
}

/**
 * The least number of letters to change, drop, add or swap; more than `most` counts as most + 1.
 * @param {string} a @param {string} b @param {number} most @returns {number}
 */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [], row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length];
}

export class Reading {
  /** @param {Store} store @param {{fillers?: string[], synonyms?: [string, string[], number][]}} language */
  constructor(store, language) {
    this.store = store;
    /** @type {Map<string, string[]>} */ this.fillers = new Map();
    for (const phrase of language.fillers || []) {
      const [words] = splitPhrases(phrase);
      this.fillers.set(words.map(keyOf).join(" "), words);
    }
    /** @type {Map<string, {meant: string, keys: string[][], weight: number}[]>} */ this.synonyms = new Map();
    for (const [meant, forms, weight] of language.synonyms || []) {
      const keys = splitPhrases(meant).map((words) => words.map(keyOf));
      for (const form of forms) {
        const key = splitPhrases(form).flat().map(keyOf).join(" ");
        this.synonyms.set(key, [...(this.synonyms.get(key) || []), { meant, keys, weight }]);
      }
    }
  }

  /**
   * @param {string} text @param {boolean} typing whether the last word may be unfinished
   * @returns {Promise<{terms: Term[], added: {keys: string[], weight: number}[]}>}
   */
  async understand(text, typing) {
    const phrases = splitPhrases(text.slice(0, MOST_CHARS));
    const words = phrases.flat().slice(0, MOST_WORDS);
    const composed = words.map(compose);
    const joined = words.slice(1).map((word, n) => keyOf(words[n] + word));
    const numbers = phrases.flatMap(joinNumbers);
    await this.store.prepare([...words, ...composed].map(keyOf).concat(joined, numbers));
    const telex = words.some((word, n) => !this.known(word) && this.known(composed[n]));
    const ends = new Set(phrases.map((phrase, n) => phrases.slice(0, n + 1).flat().length - 1));
    const terms = words.flatMap((word, n) => {
      const last = n === words.length - 1;
      const parts = this.read(word, composed[n], telex, typing && last);
      parts.forEach((part, k) => (part.closes = k === parts.length - 1 && ends.has(n)));
      return parts;
    });
    const renamed = this.expand(terms);
    this.weigh(terms);
    const whole = [...joined.filter((key) => !SYLLABLE.test(key)), ...numbers].filter((key) => this.store.entry(key));
    return { terms, added: [...whole.map((key) => ({ keys: [key], weight: 1 })), ...renamed] };
  }

  known(word) { return word !== "" && this.store.entry(keyOf(word)) !== undefined; }

  /** @returns {Term[]} one term, or several where words were run together */
  read(word, composed, telex, typing) {
    const key = keyOf(word);
    const term = (spelled, options) => ({ word, key: keyOf(spelled), accent: accentOf(spelled), weight: 1, closes: false, options, said: "", named: false });
    const as = (spelled) => term(spelled, [{ key: keyOf(spelled), weight: 1 }]);
    if (this.known(word)) {
      const meant = telex && this.known(composed) && this.count(keyOf(composed)) >= this.count(key);
      return [meant ? term(composed, [{ key: keyOf(composed), weight: 1 }, { key, weight: 0.3 }]) : as(word)];
    }
    if (this.known(composed)) return [as(composed)];
    const begun = typing && key.length > 1 ? this.nearest((other) => (other.startsWith(key) ? 1 : 0), 6) : [];
    if (begun.length) return [term(word, begun)];
    const slips = /\d/.test(key) || key.length < 3 ? [] : this.slips(key);
    const amount = /^(\d+)([a-z]+)$/.exec(key);
    if (amount && this.known(amount[1])) return [as(amount[1]), term(amount[2], [])];
    if (slips.length && (slips[0].weight > 0.5 || key.length < 5)) return [term(word, slips)];
    const parts = this.split(key);
    return parts.length ? parts.map(as) : [term(word, slips)];
  }

  count(key) { return (this.store.entry(key) || { sections: 0 }).sections; }

  /** The words of the index for which `rate` gives the most, the commoner first. @returns {Option[]} */
  nearest(rate, most) {
    const rated = [];
    for (const key of this.store.keys()) {
      const weight = rate(key);
      if (weight) rated.push({ key, weight });
    }
    rated.sort((a, b) => b.weight - a.weight || this.count(b.key) - this.count(a.key));
    return rated.slice(0, most).map(({ key, weight }) => ({ key, weight: weight * 0.7 }));
  }

  /** One slip in a short word, two in a long one. */
  slips(key) {
    const most = key.length > 5 ? 2 : 1;
    return this.nearest((other) => {
      const far = distance(key, other, most);
      return far > most ? 0 : far === 2 ? 0.5 : 1;
    }, 4);
  }

  /** Splits words that were run together, into as few and as common ones as can be. @returns {string[]} */
  split(key) {
    if (key.length < 4 || key.length > 60) return [];
    /** @type {{cost: number, parts: string[]}[]} */ const best = [{ cost: 0, parts: [] }];
    for (let end = 1; end <= key.length; end++) {
      for (let start = Math.max(0, end - 7); start < end; start++) {
        const part = key.slice(start, end), before = best[start];
        const count = this.count(part), likely = SYLLABLE.test(part);
        if (!before || !count || (!likely && part.length < 2)) continue;
        const cost = before.cost + (likely ? 8 : 11) - Math.log(count);
        if (!best[end] || cost < best[end].cost) best[end] = { cost, parts: [...before.parts, part] };
      }
    }
    const found = best[key.length];
    return found && found.parts.length > 1 ? found.parts : [];
  }

  /** Calls `found` for each known phrase in the query, by its keys. */
  eachPhrase(terms, table, found) {
    for (let start = 0; start < terms.length; start++) {
      for (let end = start + 1; end <= Math.min(terms.length, start + 8); end++) {
        const entry = table.get(terms.slice(start, end).map((term) => term.key).join(" "));
        if (entry) found(terms.slice(start, end), entry);
      }
    }
  }

  /** Words such as "làm sao để" weigh little, unless the query holds nothing else. */
  weigh(terms) {
    this.eachPhrase(terms, this.fillers, (found, words) => {
      const sure = found.length > 1 || found[0].accent === accentOf(words[0]);
      if (found.some((term) => term.named) || (!sure && found[0].accent)) return;
      found.forEach((term, n) => {
        term.weight = Math.min(term.weight, sure ? SURE_FILLER : LIKELY_FILLER);
        term.said = words[n];
      });
    });
    if (terms.every((term) => term.weight === SURE_FILLER)) for (const term of terms) term.weight = 1;
  }

  /** What the glossary calls the things that were named otherwise. @returns {{keys: string[], weight: number}[]} */
  expand(terms) {
    const present = new Set(terms.map((term) => term.key)), added = [];
    this.eachPhrase(terms, this.synonyms, (found, entries) => {
      for (const { meant, keys, weight } of entries) {
        if (weight >= OWN_NAME && !found.every((term) => this.store.entry(term.key))) this.replace(found, meant);
        for (const term of found) term.named = term.named || found.length > 1;
        for (const phrase of keys) {
          phrase.forEach((key, n) => {
            if (!present.has(key)) added.push({ keys: [key], weight: weight / 2 });
            if (n && !(present.has(key) && present.has(phrase[n - 1]))) added.push({ keys: [phrase[n - 1], key], weight });
          });
        }
      }
    });
    return added.filter(({ keys }) => keys.every((key) => this.store.entry(key)));
  }

  /** A name with a word that no page holds stands for the site's wording: its words are no slips of others. */
  replace(found, meant) {
    found.forEach((term, n) => {
      term.options = term.options.filter(({ key }) => key === term.key);
      term.said = n ? " " : meant;
      term.named = true;
    });
  }
}
