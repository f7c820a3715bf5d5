/**
 * Corrects words that no page has: uncomposed keystrokes, typos, missing spaces. Loaded with the first such word.
 *
 * @typedef {import("./reading.js").Term} Term
 * @typedef {import("./reading.js").Option} Option
 */
import { accentOf, keyOf } from "./fold.js";
import { isForeign, SYLLABLE, termOf } from "./reading.js";

const RIGHT_SYLLABLE = 0.7; // probability that an unknown syllable is a typo, not a word of another subject
const RARE = 2; // occurrences: a rarer foreign word may be a typo of, or a scam name for,
const MOST_NEAR = 30; // words one edit away that are looked for beside the neighbours
const USUAL = 20; // one with at least this many
const TONES = { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323", 1: "\u0301", 2: "\u0300", 3: "\u0309", 4: "\u0303", 5: "\u0323" };
const STOPPED = ["\u0301", "\u0323"]; // the tones of syllables that end in c, ch, p, t
const MARKED = { 6: ["aeo", "\u0302"], 7: ["uo", "\u031b"], 8: ["a", "\u0306"], w: ["uoa", "\u031b"] };

/**
 * Composes raw Telex or VNI keystrokes; tone keys may be inside or at the end. See portal/language/keystrokes.py.
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

/** Returns the index of the tone: a vowel with a diacritic, else the second last vowel unless a consonant follows. */
function toneAt(letters, key) {
  const from = /^(qu|gi)[aeiouy]/.test(key) ? 2 : 0;
  const vowels = letters.map(([letter], n) => (n >= from && "aeiouy".includes(letter) ? n : -1)).filter((n) => n >= 0);
  const marked = vowels.filter((n) => letters[n][1]);
  if (marked.length) return marked[marked.length - 1];
  return vowels.length > 1 && vowels[vowels.length - 1] === letters.length - 1 ? vowels[vowels.length - 2] : vowels[vowels.length - 1];
}

/**
 * Returns the Damerau–Levenshtein distance, at most `most` + 1.
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

/** @param {string} word as typed @param {string} spelled what the keystrokes make @param {Option[]} also @returns {Term[]} */
const composedOf = (word, spelled, ...also) => [{ ...termOf(spelled, [{ key: keyOf(spelled), weight: 1 }, ...also]), composed: true }];

export class Mending {
  /** @param {import("./reading.js").Reading} reading */
  constructor(reading) {
    this.reading = reading;
    this.index = reading.index;
  }

  /**
   * @param {string[]} words of a query @param {boolean} typing whether the last may be unfinished
   * @returns {(Term[] | null)[]} a term for each word, several if spaces were missing; null if it is correct
   */
  mend(words, typing) {
    const { reading } = this, composed = words.map(compose);
    const telex = words.some((word, n) => !reading.known(word) && reading.known(composed[n]));
    return words.map((word, n) => (reading.known(word)
      ? this.mendKnown(word, telex ? composed[n] : "")
      : this.mendUnknown(word, composed[n], typing && n === words.length - 1) || this.mendBeside(word, words[n - 1], words[n + 1])));
  }

  mendKnown(word, composed) {
    const { reading, index } = this, key = keyOf(word);
    const meant = reading.known(composed) && index.countOf(keyOf(composed)) >= index.countOf(key);
    if (meant) return composedOf(word, composed, { key, weight: 0.3 });
    return index.complete && isForeign(key) && index.countOf(key) <= RARE ? this.usual(word) : null;
  }

  mendUnknown(word, composed, typing) {
    const { reading } = this, key = keyOf(word);
    if (reading.known(composed)) return composedOf(word, composed);
    if (reading.read(word, typing)) return null;
    const begun = typing && composed ? reading.begun(keyOf(composed)) : [];
    if (begun.length) return [termOf(word, begun)];
    const syllable = SYLLABLE.test(key);
    const slips = /\d/.test(key) || key.length < 3 ? [] : this.slips(key, syllable ? RIGHT_SYLLABLE : 1);
    const guessed = [{ ...termOf(word, slips), guessed: slips.length > 0 }];
    if (slips.length && (syllable || slips[0].weight > 0.5 || key.length < 5)) return guessed;
    const parts = this.split(key);
    return parts.length ? parts.map((part) => ({ ...termOf(word, [{ key: part, weight: 1 }], part), guessed: true })) : guessed;
  }

  /**
   * Corrects a syllable that no page has if one edit makes it a word of the index beside a neighbour that it has there:
   * "bảo iểm". Without a neighbour it may be right, and of another subject.
   * @param {string} word @param {string} [before] @param {string} [after] @returns {Term[] | null}
   */
  mendBeside(word, before, after) {
    const { reading, index } = this, key = keyOf(word);
    if (!index.complete || !/^[a-z]{2,}$/.test(key) || reading.named(key) || reading.right.has(key)) return null;
    const near = this.slips(key, 1, MOST_NEAR).flatMap((option) => [
      ...(before && reading.known(before) ? [{ option, pair: [keyOf(before), option.key] }] : []),
      ...(after && reading.known(after) ? [{ option, pair: [option.key, keyOf(after)] }] : []),
    ]);
    const counts = index.find([], near.map(({ pair }) => pair)).pairs.map((hits) => hits.length);
    const best = Math.max(0, ...counts);
    return best ? [{ ...termOf(word, [near[counts.indexOf(best)].option]), guessed: true }] : null;
  }

  /** Searches a rare name one edit away from a common one under both. @returns {Term[] | null} */
  usual(word) {
    const own = keyOf(word);
    const usual = this.slips(own).find(({ key }) => key !== own && isForeign(key) && this.index.countOf(key) >= USUAL);
    return usual ? [{ ...termOf(word, [{ ...usual, weight: 1 }, { key: own, weight: 0.3 }]), guessed: true }] : null;
  }

  /** Allows one edit in a short word, two in a long one. */
  slips(key, likely = 1, count = 4) {
    const most = key.length > 5 ? 2 : 1;
    return this.reading.nearest((other) => {
      const far = distance(key, other, most);
      return far > most ? 0 : far === 2 ? likely / 2 : likely;
    }, count);
  }

  /** Splits a word with missing spaces into the fewest and most common words. @returns {string[]} */
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
}
