/** Finds the authorities that a message claims to come from: phrases of data/authorities.yml, with or without accents. */

/**
 * `addresses` are its own outside .gov.vn, each with its source.
 * @typedef {{name: string, words: string[], unless: string[], state: boolean, addresses: [string, string][]}} Authority
 */
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

/**
 * @param {Claim[]} claims
 * @returns {string} with which addresses a link in their name was compared
 */
export function ownPlaces(claims) {
  const authorities = claims.map((claim) => claim.authority);
  const state = authorities.some((each) => each.state) ? [".gov.vn"] : [];
  return [...state, ...authorities.flatMap((each) => each.addresses.map(([host]) => host))].join(", ");
}

/**
 * @param {string} host
 * @param {Authority[]} authorities
 * @returns {{name: string, address: string, source: string} | undefined} whose own address it is
 */
export function ownerOf(host, authorities) {
  return authorities.flatMap(({ name, addresses }) => addresses.map(([address, source]) => ({ name, address, source })))
    .find(({ address }) => host === address || host.endsWith(`.${address}`));
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
