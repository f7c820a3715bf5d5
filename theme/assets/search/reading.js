/**
 * Understands what was typed: keystrokes that did not compose, slips, words run together, short forms, other names.
 *
 * @typedef {{key: string, weight: number}} Option a word of the index that may be meant
 * @typedef {{word: string, key: string, accent: number, weight: number, options: Option[], closes?: boolean, guessed?: boolean, composed?: boolean, together?: boolean, said?: string, named?: boolean, stead?: Term[], meanings?: Added[], outside?: string[]}} Term
 *   `weight` is 1 for what is looked for, less for words that only make a sentence; `said` spells a filler or a name
 *   from the glossary, `together` that a filler has several words, `named` tells that the word is part of such a name; `closes` tells that a phrase ends here;
 *   `meanings` are what the site may call it and `outside` the phrase of another life that it is part of;
 *   `guessed` tells that it was mended, `composed` that keystrokes were put together; `stead` are the words of a name, to be looked for instead
 * @typedef {{fillers?: string[], synonyms?: [string, string[], number][], amounts?: {[form: string]: string}}} Language
 *   a synonym is what is meant, the forms in which it is typed, and how much it weighs
 * @typedef {{keys: string[], weight: number}} Added a word or a pair of words to look for beside those typed
 * @typedef {{meant: string, accents: number[], keys: string[][], weight: number}} Synonym
 */
import { accentOf, joinNumbers, keyOf, splitPhrases } from "./fold.js";

const MOST_CHARS = 600;
const MOST_WORDS = 32;
export const SURE_FILLER = 0.4;
const LIKELY_FILLER = 0.6; // typed without accents, "la" may be more than "là"
const OWN_NAME = 0.5; // a name of at least this weight is taken for what was meant
const AS_TYPED = 0.3; // the letters of a short form, where they stand on a page
const RIGHT_SYLLABLE = 0.7; // how likely a syllable that no page has is a slip: it may be a word of another subject
const LONGEST_PHRASE = 8; // words
const RARE = 2; // places: a foreign word that is rarer may be a slip, or a name that swindlers use, for
const USUAL = 20; // one that is in as many places
const SYLLABLE = /^(ngh?|[cgknpt]h|g?i|qu|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(ch|nh|ng|[cmnpt])?$/;
const TONES = { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323", 1: "\u0301", 2: "\u0300", 3: "\u0309", 4: "\u0303", 5: "\u0323" };
const STOPPED = ["\u0301", "\u0323"]; // the tones of syllables that end in c, ch, p, t
const MARKED = { 6: ["aeo", "\u0302"], 7: ["uo", "\u031b"], 8: ["a", "\u0306"], w: ["uoa", "\u031b"] };

/** @param {string} key @returns {boolean} whether it cannot be a Vietnamese syllable, as names of apps cannot */
export const isForeign = (key) => !SYLLABLE.test(key) && !/^\d/.test(key);

/**
 * Composes raw Telex or VNI keystrokes, tone keys inside or at the end.
 * @param {string} word @returns {string} "" when it is not such a word
 */
function compose(word) {
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
  const bare = letters.map((pair) => pair.join("")), key = keyOf(bare.join(""));
  if (!SYLLABLE.test(key) || (tone && /[cpt]$|ch$/.test(key) && !STOPPED.includes(tone))) return "";
  if (tone) bare[toneAt(letters, key)] += tone;
  const composed = bare.join("").normalize("NFC");
  return composed === word ? "" : composed;
}

/** Where a syllable has its tone: on a vowel with a mark, else on the last but one unless a consonant follows. */
function toneAt(letters, key) {
  const from = /^(qu|gi)[aeiouy]/.test(key) ? 2 : 0;
  const vowels = letters.map(([letter], n) => (n >= from && "aeiouy".includes(letter) ? n : -1)).filter((n) => n >= 0);
  const marked = vowels.filter((n) => letters[n][1]);
  if (marked.length) return marked[marked.length - 1];
  return vowels.length > 1 && vowels[vowels.length - 1] === letters.length - 1 ? vowels[vowels.length - 2] : vowels[vowels.length - 1];
}

/**
 * The least number of letters to change, drop, add or swap; more than `most` counts as most + 1.
 * @param {string} a @param {string} b @param {number} most @returns {number}
 */
function distance(a, b, most) {
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

/** Whether a name may be what was typed: with its accents, or without any. @param {Term[]} found @param {Synonym} name */
const fits = (found, { accents }, accented) =>
  found.every(({ accent }, n) => accent === accents[n] || (!accent && (!accented || found.length > 1)) || (!accents[n] && found.length > 1));

export class Reading {
  /** @param {import("./index.js").Index} index @param {Language} language */
  constructor(index, language) {
    this.index = index;
    /** @type {Map<string, string[]>} */ this.fillers = new Map();
    for (const phrase of language.fillers || []) {
      const [words] = splitPhrases(phrase);
      this.fillers.set(words.map(keyOf).join(" "), words);
    }
    /** @type {Set<string>} right words, though no page may have them */ this.right = new Set();
    /** @type {Map<string, {accents: number[]}>} */ this.outside = new Map();
    /** @type {Map<string, string>} */
    this.amounts = new Map(Object.entries(language.amounts || {}).map(([form, meant]) => [keyOf(form), meant]));
    /** @type {Map<string, Synonym[]>} */ this.synonyms = new Map();
    for (const [meant, forms, weight] of language.synonyms || []) {
      const keys = splitPhrases(meant).map((words) => words.map(keyOf));
      for (const form of forms) {
        const words = splitPhrases(form).flat(), key = words.map(keyOf).join(" ");
        const entry = { meant, accents: words.map(accentOf), keys, weight };
        this.synonyms.set(key, [...(this.synonyms.get(key) || []), entry]);
      }
    }
  }

  /** @param {string[]} phrases of a life beyond this site */
  learnOutside(phrases) {
    for (const phrase of phrases) {
      const words = splitPhrases(phrase).flat(), keys = words.map(keyOf);
      this.outside.set(keys.join(" "), { accents: words.map(accentOf) });
      for (const key of keys) this.right.add(key);
    }
  }

  /**
   * @param {string} text @param {boolean} typing whether the last word may be unfinished
   * @returns {{terms: Term[], added: Added[]}}
   */
  understand(text, typing) {
    const phrases = splitPhrases(text.slice(0, MOST_CHARS)).map((words) => this.join(words));
    const words = phrases.flat().slice(0, MOST_WORDS);
    const composed = words.map(compose);
    const telex = words.some((word, n) => !this.known(word) && this.known(composed[n]));
    const ends = new Set(phrases.map((phrase, n) => phrases.slice(0, n + 1).flat().length - 1));
    const typed = words.flatMap((word, n) => {
      const last = n === words.length - 1;
      const parts = this.read(word, composed[n], telex, typing && last);
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
    return { terms, added: [...added, ...renamed].filter(({ keys }) => keys.every((key) => this.index.words.has(key))) };
  }

  /** Puts together what a space parted: "face book", not "công an". @param {string[]} words @returns {string[]} */
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

  /** @returns {Term[]} one term, or several where words were run together */
  read(word, composed, telex, typing) {
    const key = keyOf(word), { index } = this;
    const term = (spelled, options, guessed = false) => ({ word, key: keyOf(spelled), accent: accentOf(spelled), weight: 1, options, guessed });
    const typed = (spelled, options) => ({ ...term(spelled, options), word: spelled, composed: true });
    const as = (spelled, guessed = false) => term(spelled, [{ key: keyOf(spelled), weight: 1 }], guessed);
    if (this.known(word)) {
      const meant = telex && this.known(composed) && index.countOf(keyOf(composed)) >= index.countOf(key);
      if (meant) return [typed(composed, [{ key: keyOf(composed), weight: 1 }, { key, weight: 0.3 }])];
      return [isForeign(key) && index.countOf(key) <= RARE ? this.usual(as(word)) : as(word)];
    }
    if (this.known(composed)) return [typed(composed, [{ key: keyOf(composed), weight: 1 }])];
    if (this.named(key)) return [term(word, [])]; // `expand` knows it
    const begun = typing && key.length > 1 ? this.begun([key, keyOf(composed)]) : [];
    if (begun.length) return [term(word, begun)];
    const syllable = SYLLABLE.test(key);
    if (this.right.has(key) || (syllable && (key.length < 4 || accentOf(word))) || /^\d+$/.test(key)) return [term(word, [])]; // no page has it
    const amount = /^(\d+)([a-z]+)$/.exec(key);
    if (amount && this.amounts.has(amount[2])) return [this.read(amount[1], "", false, false)[0], { ...term(amount[2], []), word: amount[2] }];
    const slips = /\d/.test(key) || key.length < 3 ? [] : this.slips(key, syllable ? RIGHT_SYLLABLE : 1);
    if (slips.length && (syllable || slips[0].weight > 0.5 || key.length < 5)) return [term(word, slips, true)];
    const parts = this.split(key);
    return parts.length ? parts.map((part) => as(part, true)) : [term(word, slips, slips.length > 0)];
  }

  /** A rare name one slip away from a usual one is looked for under both. */
  usual(term) {
    const usual = this.slips(term.key).filter(({ key }) => key !== term.key && isForeign(key) && this.index.countOf(key) >= USUAL);
    return usual.length ? { ...term, guessed: true, options: [{ ...usual[0], weight: 1 }, { key: term.key, weight: 0.3 }] } : term;
  }

  begun(starts) {
    const [first, other] = starts.map((start) => start || starts[0]);
    return this.nearest((key) => (key.startsWith(first) || key.startsWith(other) ? 1 : 0), 6);
  }

  /** The words of the index for which `rate` gives the most, the commoner first. @returns {Option[]} */
  nearest(rate, most) {
    const { index } = this;
    const rated = Array.from(index.words.keys(), (key) => ({ key, weight: 0.7 * rate(key) })).filter(({ weight }) => weight);
    return rated.sort((a, b) => b.weight - a.weight || index.countOf(b.key) - index.countOf(a.key)).slice(0, most);
  }

  /** One slip in a short word, two in a long one. */
  slips(key, likely = 1) {
    const most = key.length > 5 ? 2 : 1;
    return this.nearest((other) => {
      const far = distance(key, other, most);
      return far > most ? 0 : far === 2 ? likely / 2 : likely;
    }, 4);
  }

  /** Splits words that were run together, into as few and as common ones as can be. @returns {string[]} */
  split(key) {
    if (key.length < 4 || key.length > 60) return [];
    /** @type {{cost: number, parts: string[]}[]} */ const best = [{ cost: 0, parts: [] }];
    for (let end = 1; end <= key.length; end++) {
      for (let start = Math.max(0, end - 7); start < end; start++) {
        const part = key.slice(start, end), before = best[start];
        const count = this.index.countOf(part), likely = SYLLABLE.test(part);
        if (!before || !count || (!likely && part.length < 2)) continue;
        const cost = before.cost + (likely ? 8 : 11) - Math.log(count);
        if (!best[end] || cost < best[end].cost) best[end] = { cost, parts: [...before.parts, part] };
      }
    }
    const found = best[key.length];
    const count = found ? found.parts.length : 0;
    return count > 1 && count * 2 <= key.length ? found.parts : []; // "radio" is not "ra di o"
  }

  /** Calls `found` for each known phrase in the query, the longest first, by its keys. */
  eachPhrase(terms, table, found) {
    for (let length = Math.min(terms.length, LONGEST_PHRASE); length; length--) {
      for (let start = 0; start + length <= terms.length; start++) {
        const phrase = terms.slice(start, start + length);
        const entry = table.get(phrase.map((term) => term.key).join(" "));
        if (entry) found(phrase, entry);
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
        term.together = found.length > 1;
      });
    });
    if (terms.every((term) => term.weight === SURE_FILLER)) for (const term of terms) term.weight = 1;
  }

  /** What the site calls the things that were named otherwise. @returns {Added[]} */
  expand(terms) {
    const present = new Set(terms.map((term) => term.key)), added = [];
    const accented = terms.some((term) => term.accent > 0);
    this.eachPhrase(terms, this.synonyms, (found, entries) => {
      if (found.some((term) => term.stead)) return; // a longer name has it
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

  /** Whether the meaning takes the place of what was typed, which then is no word of its own. */
  stands(found, { weight, keys }) {
    if (weight < OWN_NAME) return false;
    if (weight === 1 || found.some((term) => !this.index.words.has(term.key))) return true;
    return found.length === 1 && isForeign(found[0].key) && !keys.some((phrase) => phrase.includes(found[0].key));
  }

  /** @returns {Added[]} the words and pairs of a name that were not typed */
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
