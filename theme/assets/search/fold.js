/**
 * Vietnamese text normalised for the search index; the counterpart of portal/language/folding.py.
 * tests/data/folding-cases.json has the cases on which both must agree.
 */

const TONES = { __proto__: null, "\u0301": 1, "\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5 };
const SHAPES = { __proto__: null, "\u0302": 1, "\u0306": 2, "\u031b": 2, đ: 4 };
export const WORD = /[\p{L}\p{N}][\p{L}\p{N}\u0300-\u036f]*/gu;
const LONGEST_NUMBER = 15;

/** @param {string} text @returns {string[][]} the lower-case words of each phrase */
export function splitPhrases(text) {
  return text
    .normalize("NFC")
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .toLowerCase()
    .replace(/[\u00f0\u0256]/g, "đ")
    .replace(/([0-9])[.,](?=[0-9])/g, "$1 ")
    .split(/[^\p{L}\p{N}_\u0300-\u036f \t\r\f\u00a0\-\u2013/'’"“”]+/u)
    .map((phrase) => phrase.match(WORD))
    .filter(Boolean);
}

/** @type {Map<string, {key: string, accent: number}>} a cache: texts repeat few syllables */
const known = new Map();

/** @param {string} word */
function read(word) {
  let found = known.get(word);
  if (found) return found;
  const letters = word.normalize("NFD");
  const bare = letters.replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
  let tone = 0, shape = 0;
  for (const letter of letters) {
    tone = Math.max(tone, TONES[letter] || 0);
    shape |= SHAPES[letter] || 0;
  }
  found = { key: bare.replace(/^([hklmst]|qu)y$/, "$1i"), accent: tone + 6 * (shape % 5) };
  if (known.size < 50000) known.set(word, found);
  return found;
}

/** @param {string} word @returns {string} the word without accents, y as i where both are right */
export const keyOf = (word) => read(word).key;

/** @param {string} word @returns {number} its accents, encoded as 0 (none) to 29 */
export const accentOf = (word) => read(word).accent;

/** @param {string} text @returns {string} the key of its first word */
export const keyIn = (text) => splitPhrases(text).flat().map(keyOf)[0];

/** @param {string[]} words @returns {string[]} numbers written in groups, joined */
export function joinNumbers(words) {
  const joined = [];
  let group = [];
  for (const word of [...words, ""]) {
    if (/^[0-9]+$/.test(word)) {
      group.push(word);
      continue;
    }
    const number = group.join("");
    if (group.length > 1 && number.length <= LONGEST_NUMBER) joined.push(number);
    group = [];
  }
  return joined;
}
