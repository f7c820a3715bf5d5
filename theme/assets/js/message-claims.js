/** Says in whose name a message speaks. A claim is a phrase of data/authorities.yml, with or without accents. */

/** @typedef {{name: string, words: string[], unless: string[]}} Authority */
/** @typedef {{authority: Authority, words: string}} Claim the phrase as the data has it */

/**
 * @param {string} message look-alike letters made plain
 * @param {Authority[]} authorities
 * @returns {Claim[]} one for each authority that it names
 */
export function claimsIn(message, authorities) {
  const spoken = spacedWords(message);
  return authorities.flatMap((authority) => {
    const rest = authority.unless.reduce((text, phrase) => without(text, phrase), spoken);
    const words = authority.words.find((phrase) => spellingsOf(phrase).some((each) => rest.includes(` ${each} `)));
    return words ? [{ authority, words }] : [];
  });
}

/** @param {string} text @returns {string} in lower case, without accents */
export function plainLetters(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
}

/** @param {string} text @returns {string} its words in lower case, one blank before, between and after them */
function spacedWords(text) {
  return ` ${text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}

/** @param {string} text @param {string} phrase */
function without(text, phrase) {
  return spellingsOf(phrase).reduce((rest, each) => rest.split(` ${each} `).join(" "), text);
}

/**
 * @param {string} phrase
 * @returns {string[]} as written, and without accents unless it is one word: "thue" may be "thuê"
 */
function spellingsOf(phrase) {
  return phrase.includes(" ") ? [phrase, plainLetters(phrase)] : [phrase];
}
