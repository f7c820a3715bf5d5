/**
 * Interprets a query: unfinished words, abbreviations, synonyms. Uncomposed keystrokes, typos and missing spaces are
 * corrected by mending.js, once loaded.
 *
 * @typedef {{key: string, weight: number}} Option a candidate word of the index
 * @typedef {{word: string, key: string, accent: number, weight: number, options: Option[], closes?: boolean, guessed?: boolean, composed?: boolean, together?: boolean, said?: string, named?: boolean, stead?: Term[], meanings?: Added[], outside?: string[]}} Term
 *   `weight`: 1 for content words, less for fillers; `said`: the spelling of a filler or a glossary name; `together`: a
 *   filler of several words; `named`: part of such a name; `closes`: a phrase ends here; `meanings`: the site's synonyms;
 *   `outside`: the off-topic phrase that it is part of; `guessed`: corrected; `composed`: from keystrokes; `stead`: the
 *   words of a name that replace it
 * @typedef {{[weight: string]: string}} Synonyms lines of a meaning and its typed forms, separated by tabs
 * @typedef {{fillers?: string, synonyms?: Synonyms, amounts?: {[form: string]: string}}} Language
 * @typedef {{keys: string[], weight: number}} Added a word or pair of words to search in addition
 * @typedef {{meant: string, accents: number[], keys: string[][], weight: number}} Synonym
 */
import { accentOf, joinNumbers, keyOf, splitPhrases } from "./fold.js";

const MOST_CHARS = 600;
const MOST_WORDS = 32;
export const SURE_FILLER = 0.4;
const LIKELY_FILLER = 0.6; // weight without accents: "la" may be more than "là"
const OWN_NAME = 0.5; // minimum weight of a name that replaces the words typed
const AS_TYPED = 0.3; // weight of an abbreviation's own letters on a page
const LONGEST_PHRASE = 8; // words
export const SYLLABLE = /^(ngh?|[cgknpt]h|g?i|qu|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(ch|nh|ng|[cmnpt])?$/;
/** @param {string} key @returns {boolean} whether it is no Vietnamese syllable, such as an app's name */
export const isForeign = (key) => !SYLLABLE.test(key) && !/^\d/.test(key);

/** @param {string} word as typed @param {Option[]} options @param {string} [spelled] what was meant @returns {Term} */
export const termOf = (word, options, spelled = word) => ({ word, key: keyOf(spelled), accent: accentOf(spelled), weight: 1, options });

/** Returns whether a name matches the words typed: with its accents, or without any. @param {Term[]} found @param {Synonym} name */
const fits = (found, { accents }, accented) =>
  found.every(({ accent }, n) => accent === accents[n] || (!accent && (!accented || found.length > 1)) || (!accents[n] && found.length > 1));

export class Reading {
  /** @param {import("./index.js").Index} index @param {Language} language */
  constructor(index, language) {
    this.index = index;
    /** @type {Map<string, string[]>} */ this.fillers = new Map();
    /** @type {Set<string>} valid words, even if no page has them */ this.right = new Set();
    /** @type {Map<string, {accents: number[]}>} */ this.outside = new Map();
    /** @type {Map<string, string>} */
    this.amounts = new Map(Object.entries(language.amounts || {}).map(([form, meant]) => [keyOf(form), meant]));
    /** @type {Map<string, Synonym[]>} */ this.synonyms = new Map();
    /** @type {import("./mending.js").Mending | null} */ this.mending = null;
    this.learn(language, []);
  }

  /** @param {Language} language @param {string[]} outside off-topic phrases */
  learn({ synonyms = {}, fillers = "" }, outside) {
    for (const words of splitPhrases(fillers)) this.fillers.set(words.map(keyOf).join(" "), words);
    for (const [weight, lines] of Object.entries(synonyms)) {
      for (const line of lines.split("\n")) {
        const [meant, ...forms] = line.split("\t"), keys = splitPhrases(meant).map((words) => words.map(keyOf));
        for (const form of forms) {
          const words = splitPhrases(form).flat(), key = words.map(keyOf).join(" ");
          const entry = { meant, accents: words.map(accentOf), keys, weight: Number(weight) };
          this.synonyms.set(key, [...(this.synonyms.get(key) || []), entry]);
        }
      }
    }
    for (const phrase of outside) {
      const words = splitPhrases(phrase).flat(), keys = words.map(keyOf);
      this.outside.set(keys.join(" "), { accents: words.map(accentOf) });
      for (const key of keys) this.right.add(key);
    }
  }

  /**
   * @param {string} text @param {boolean} typing whether the last word may be unfinished
   * @returns {{terms: Term[], added: Added[], puzzled: boolean}} `puzzled`: a word may be a typo
   */
  understand(text, typing) {
    const phrases = splitPhrases(text.slice(0, MOST_CHARS)).map((words) => this.join(words));
    const words = phrases.flat().slice(0, MOST_WORDS);
    const mended = this.mending ? this.mending.mend(words, typing) : [];
    let puzzled = false;
    const ends = new Set(phrases.map((phrase, n) => phrases.slice(0, n + 1).flat().length - 1));
    const typed = words.flatMap((word, n) => {
      const read = this.read(word, typing && n === words.length - 1), parts = mended[n] || read || [termOf(word, [])];
      puzzled = puzzled || !(read || this.mending);
      parts[parts.length - 1].closes = ends.has(n);
      return parts;
    });
    typed.forEach((term, n) => n && this.amounts.has(term.key) && /^\d+$/.test(typed[n - 1].key) && this.replace([term], this.amounts.get(term.key)));
    const renamed = this.expand(typed);
    const terms = typed.flatMap((term) => term.stead || [term]);
    this.weigh(terms);
    const accented = terms.some((term) => term.accent > 0);
    this.eachPhrase(terms, this.outside, (found, name) => {
      if (fits(found, name, accented)) for (const term of found) term.outside = term.outside || found.map(({ key }) => key);
    });
    const whole = words.slice(1).map((word, n) => keyOf(words[n] + word)).filter((key) => !SYLLABLE.test(key));
    const added = [...whole, ...phrases.flatMap(joinNumbers)].map((key) => ({ keys: [key], weight: 1 }));
    return { terms, puzzled, added: [...added, ...renamed].filter(({ keys }) => keys.every((key) => this.index.words.has(key))) };
  }

  /** Joins words split by a space: "face book", not "công an". @param {string[]} words @returns {string[]} */
  join(words) {
    const joined = [];
    for (const word of words) {
      const before = joined[joined.length - 1] || "", whole = keyOf(before + word);
      const parts = isForeign(whole) ? !(this.known(before) && this.known(word)) : /^\d+[a-z]$/.test(whole); // "4 g"
      const parted = before && parts && this.index.words.has(whole);
      if (parted) joined[joined.length - 1] = before + word;
      else joined.push(word);
    }
    return joined;
  }

  known(word) { return this.index.words.has(keyOf(word)); }
  named(key) { return (this.synonyms.get(key) || []).some(({ weight }) => weight >= OWN_NAME); }

  /** @param {string} word @param {boolean} typing @returns {Term[] | null} null when it may be a typo */
  read(word, typing) {
    const key = keyOf(word);
    if (this.known(word)) return [termOf(word, [{ key, weight: 1 }])];
    if (this.named(key)) return [termOf(word, [])]; // handled by `expand`
    const begun = typing && key.length > 1 ? this.begun(key) : [];
    if (begun.length || (typing && key.length === 1)) return [termOf(word, begun)];
    const amount = /^(\d+)([a-z]+)$/.exec(key);
    if (amount && this.amounts.has(amount[2])) return [...this.read(amount[1], false), termOf(amount[2], [])];
    const syllable = SYLLABLE.test(key) && (key.length < 4 || accentOf(word) || !this.index.complete); // the texts may have it
    return syllable || this.right.has(key) || /^\d+$/.test(key) ? [termOf(word, [])] : null; // no page has it
  }

  /** @param {string} start @returns {Option[]} */
  begun(start) {
    return this.nearest((key) => (key.startsWith(start) ? 1 : 0), 6);
  }

  /** Returns the words of the index with the highest `rate`, the more frequent first. @returns {Option[]} */
  nearest(rate, most) {
    const { index } = this;
    const rated = Array.from(index.words.keys(), (key) => ({ key, weight: 0.7 * rate(key) })).filter(({ weight }) => weight);
    return rated.sort((a, b) => b.weight - a.weight || index.countOf(b.key) - index.countOf(a.key)).slice(0, most);
  }

  /** Calls `found` for each known phrase in the query, longest first. */
  eachPhrase(terms, table, found) {
    for (let length = Math.min(terms.length, LONGEST_PHRASE); length; length--) {
      for (let start = 0; start + length <= terms.length; start++) {
        const phrase = terms.slice(start, start + length);
        const entry = table.get(phrase.map((term) => term.key).join(" "));
        if (entry) found(phrase, entry);
      }
    }
  }

  /** Lowers the weight of fillers such as "làm sao để", unless the query has nothing else. */
  weigh(terms) {
    this.eachPhrase(terms, this.fillers, (found, words) => {
      const sure = found.length > 1 || found[0].accent === accentOf(words[0]);
      if (found.some((term) => term.named) || (!sure && found[0].accent)) return;
      found.forEach((term, n) => {
        term.weight = Math.min(term.weight, sure ? SURE_FILLER : LIKELY_FILLER);
        term.said = words[n];
        term.together = found.length > 1;
      });
    });
    if (terms.every((term) => term.weight === SURE_FILLER)) for (const term of terms) term.weight = 1;
  }

  /** Returns the site's synonyms of the words typed. @returns {Added[]} */
  expand(terms) {
    const present = new Set(terms.map((term) => term.key)), added = [];
    const accented = terms.some((term) => term.accent > 0);
    this.eachPhrase(terms, this.synonyms, (found, entries) => {
      if (found.some((term) => term.stead)) return; // part of a longer name
      const fitting = entries.filter((entry) => fits(found, entry, accented));
      const meaning = fitting.find((entry) => this.stands(found, entry));
      if (meaning) {
        this.replace(found, meaning.meant);
        if (found.length === 1) added.push({ keys: [found[0].key], weight: AS_TYPED });
        return;
      }
      for (const entry of fitting) {
        for (const term of found) {
          term.named = term.named || found.length > 1;
          term.meanings = [...(term.meanings || []), ...entry.keys.map((keys) => ({ keys, weight: entry.weight }))];
        }
        added.push(...this.beside(entry, present));
      }
    });
    return added;
  }

  /** Returns whether the meaning replaces the words typed. */
  stands(found, { weight, keys }) {
    if (weight < OWN_NAME) return false;
    if (weight === 1 || found.some((term) => !this.index.words.has(term.key))) return true;
    return found.length === 1 && isForeign(found[0].key) && !keys.some((phrase) => phrase.includes(found[0].key));
  }

  /** @returns {Added[]} the words and pairs of a name beyond those typed */
  beside({ keys, weight }, present) {
    return keys.flatMap((phrase) => phrase.flatMap((key, n) => [
      ...(present.has(key) ? [] : [{ keys: [key], weight: phrase.length > 1 ? weight / 2 : weight }]),
      ...(n && !(present.has(key) && present.has(phrase[n - 1])) ? [{ keys: [phrase[n - 1], key], weight }] : []),
    ]));
  }

  replace(found, meant) {
    for (const term of found) term.stead = [];
    found[0].stead = splitPhrases(meant).flat().map((word, n) => {
      const key = keyOf(word);
      return { word, key, accent: -1, weight: 1, options: this.index.words.has(key) ? [{ key, weight: 1 }] : [], said: n ? " " : meant, named: true };
    });
    found[0].stead.slice(-1)[0].closes = found[found.length - 1].closes;
  }
}
