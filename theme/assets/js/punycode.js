/** Decodes "xn--" labels of domain names (RFC 3492), so that readers see the letters behind them. */

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;

/**
 * @param {string} encoded what follows "xn--"
 * @returns {string | null} the letters, or null when it is no valid encoding
 */
export function decodePunycode(encoded) {
  const cut = encoded.lastIndexOf("-");
  const output = cut > 0 ? [...encoded.slice(0, cut)].map((c) => c.charCodeAt(0)) : [];
  const digits = [...encoded.slice(cut + 1)].map(digitOf);
  let code = 128;
  let index = 0;
  let bias = 72;
  for (let at = 0; at < digits.length; ) {
    const before = index;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = at < digits.length ? digits[at++] : -1;
      if (digit < 0) return null;
      index += digit * weight;
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const size = output.length + 1;
    bias = adapt(index - before, size, before === 0);
    code += Math.floor(index / size);
    index %= size;
    if (code > 0x10ffff) return null;
    output.splice(index++, 0, code);
  }
  return String.fromCodePoint(...output);
}

/**
 * @param {string} letter
 * @returns {number} its value from 0 to 35, or -1
 */
function digitOf(letter) {
  if (/[a-z]/i.test(letter)) return letter.toLowerCase().charCodeAt(0) - 97;
  return /[0-9]/.test(letter) ? letter.charCodeAt(0) - 22 : -1;
}

/**
 * @param {number} delta
 * @param {number} size
 * @param {boolean} isFirst
 */
function adapt(delta, size, isFirst) {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / size);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
