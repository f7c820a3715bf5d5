/**
 * Understands a query, ranks pages for it and picks the sentences to show. Pure: it runs in a worker, in a page and in
 * Node. One file on purpose: a chain of modules would cost a slow network one round trip each.
 *
 * @typedef {import("./stores.js").SmallStore | import("./stores.js").ShardedStore} Store
 * @typedef {{key: string, weight: number}} Option a word of the index that may be meant
 * @typedef {{word: string, key: string, accent: number, weight: number, closes?: boolean, options: Option[], said?: string, named?: boolean, stead?: Term[]}} Term
 *   `weight` is 1 for what is looked for, less for words that only make a sentence; `said` spells a filler or a name
 *   from the glossary, `named` tells that the word is part of such a name; `closes` tells that a phrase ends here;
 *   `stead` are the words of such a name, to be looked for instead
 * @typedef {{page: number, section: number, score: number}} Hit `section` counts within the page
 * @typedef {{text: string, marked: boolean}} Piece
 * @typedef {{url: string, heading: string, excerpt: Piece[]}} Place a section of a page
 * @typedef {{url: string, title: Piece[], places: Place[]}} Group a page, its best section first
 * @typedef {{title: string, url: string, summary: string}} Topic
 * @typedef {{meant: string, groups: Group[], topics: Topic[], phones: {name: string, number: string, tel: string}[]}} Answer
 *   `meant` is "" when it is what was typed; `topics` and `phones` are there when nothing was found
 */
import { accentOf, joinNumbers, keyOf, splitPhrases } from "./fold.js";

const MOST_CHARS = 600;
const MOST_WORDS = 32;
const SURE_FILLER = 0.4;
const LIKELY_FILLER = 0.6; // typed without accents, "la" may be more than "là"
const OWN_NAME = 0.5; // a name of at least this weight is taken for what was meant
const SYLLABLE = /^(ngh?|[cgknpt]h|g?i|qu|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(ch|nh|ng|[cmnpt])?$/;
const TONES = { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323", 1: "\u0301", 2: "\u0300", 3: "\u0309", 4: "\u0303", 5: "\u0323" };
const MARKED = { 6: ["aeo", "\u0302"], 7: ["uo", "\u031b"], 8: ["a", "\u0306"], w: ["uoa", "\u031b"] };

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
  const composed = letters.map((pair) => pair.join("")).join("") + tone;
  return composed !== word && SYLLABLE.test(keyOf(composed)) ? composed.normalize("NFC") : "";
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

/** Keystrokes that did not compose, slips, words run together, short forms. */
class Reading {
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
    const foreign = words.map((word) => !SYLLABLE.test(keyOf(word)));
    const likely = joined.filter((key, n) => foreign[n] || foreign[n + 1]); // "face book", not "công an"
    await this.store.prepare([...words, ...composed].map(keyOf).concat(likely, numbers));
    const telex = words.some((word, n) => !this.known(word) && this.known(composed[n]));
    const ends = new Set(phrases.map((phrase, n) => phrases.slice(0, n + 1).flat().length - 1));
    const typed = words.flatMap((word, n) => {
      const last = n === words.length - 1;
      const parts = this.read(word, composed[n], telex, typing && last);
      parts[parts.length - 1].closes = ends.has(n);
      return parts;
    });
    const renamed = this.expand(typed);
    const terms = typed.flatMap((term) => term.stead || [term]);
    this.weigh(terms);
    const whole = [...joined.filter((key) => !SYLLABLE.test(key)), ...numbers].filter((key) => this.store.entry(key));
    return { terms, added: [...whole.map((key) => ({ keys: [key], weight: 1 })), ...renamed] };
  }

  known(word) { return Boolean(this.store.entry(keyOf(word))); }

  /** @returns {Term[]} one term, or several where words were run together */
  read(word, composed, telex, typing) {
    const key = keyOf(word);
    const term = (spelled, options) => ({ word, key: keyOf(spelled), accent: accentOf(spelled), weight: 1, options });
    const as = (spelled) => term(spelled, [{ key: keyOf(spelled), weight: 1 }]);
    if (this.known(word)) {
      const meant = telex && this.known(composed) && this.count(keyOf(composed)) >= this.count(key);
      return [meant ? term(composed, [{ key: keyOf(composed), weight: 1 }, { key, weight: 0.3 }]) : as(word)];
    }
    if (this.known(composed)) return [as(composed)];
    const begun = typing && key.length > 1 ? this.nearest((other) => (other.startsWith(key) ? 1 : 0), 6) : [];
    if (begun.length) return [term(word, begun)];
    const right = SYLLABLE.test(key) && (key.length < 4 || accentOf(word));
    if (right || /^\d+$/.test(key)) return [term(word, [])]; // no page has it
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
    const rated = Array.from(this.store.keys(), (key) => ({ key, weight: 0.7 * rate(key) })).filter(({ weight }) => weight);
    return rated.sort((a, b) => b.weight - a.weight || this.count(b.key) - this.count(a.key)).slice(0, most);
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
    const count = found ? found.parts.length : 0;
    return count > 1 && count * 2 <= key.length ? found.parts : []; // "radio" is not "ra di o"
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
            if (!present.has(key)) added.push({ keys: [key], weight: phrase.length > 1 ? weight / 2 : weight });
            if (n && !(present.has(key) && present.has(phrase[n - 1]))) added.push({ keys: [phrase[n - 1], key], weight });
          });
        }
      }
    });
    return added.filter(({ keys }) => keys.every((key) => this.store.entry(key)));
  }

  /** A name with a word that no page holds stands for the site's wording: that is looked for, beside its neighbours. */
  replace(found, meant) {
    for (const term of found) term.stead = [];
    found[0].stead = splitPhrases(meant).flat().map((word, n) => {
      const key = keyOf(word);
      return { word, key, accent: -1, weight: 1, options: this.store.entry(key) ? [{ key, weight: 1 }] : [], said: n ? " " : meant, named: true };
    });
    found[0].stead.slice(-1)[0].closes = found.slice(-1)[0].closes;
  }
}

const FEWEST = 2; // words that are read however common they are
const LIKELY = 0.4; // weight from which a word that was not typed is marked
const SOON_ENOUGH = 1; // BM25's k1: how soon more of the same word stops counting
const LENGTH_MATTERS = 0.5; // BM25's b: how much long texts are held back
const COMMON = 0.2; // words in more sections than this share, or
const LONGEST = 400; // than this number, are left out where rarer ones exist: their lists are long and tell little
const EXACT = 0.5; // how much of the rarity of a word with these very accents counts
const BEST_SECTION = 0.3; // weight of the best section against the whole page
const KINDS = [1.1, 1, 0.95]; // guides come before stories, and those before other pages

/** BM25 over words and pairs of words, by page and by section. */
class Ranking {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.reading = new Reading(store, store.language || {});
    const { lengths, pageOf, kinds } = store;
    this.pageLengths = kinds.map(() => 0);
    lengths.forEach((length, section) => (this.pageLengths[pageOf[section]] += length));
    const mean = (numbers) => numbers.reduce((sum, each) => sum + each, 0) / (numbers.length || 1) || 1;
    this.meanPage = mean(this.pageLengths);
    this.meanSection = mean(lengths);
  }

  /**
   * @param {string} text @param {boolean} typing @param {number} most
   * @returns {Promise<{terms: Term[], wanted: Set<string>, matches: Map<string, number>, hits: Hit[]}>} the best section
   *   of each page, best page first; `wanted` are the words to mark, `matches` how much each word and pair tells
   */
  async search(text, typing, most) {
    const { terms, added } = await this.reading.understand(text, typing);
    const understood = added.length || terms.some((term) => term.weight > SURE_FILLER && term.options.length);
    const { words, pairs } = understood ? this.features(terms, added) : { words: [], pairs: [] };
    await this.store.load(words.map((word) => word.id), pairs.map((pair) => [pair.first, pair.second]));
    const scores = { pages: new Map(), sections: new Map() };
    const matches = new Map();
    for (const { key, id, weight, accent } of words) {
      matches.set(key, this.add(scores, this.store.unigram(id), weight, accent));
    }
    for (const { name, first, second, weight } of pairs) {
      matches.set(name, this.add(scores, this.store.pair(first, second), weight, -1));
    }
    const wanted = new Set([
      ...terms.filter((term) => term.weight > SURE_FILLER).flatMap((term) => term.options.map(({ key }) => key)),
      ...added.filter(({ weight }) => weight >= LIKELY).flatMap(({ keys }) => keys),
    ]);
    return { terms, wanted, matches, hits: this.best(scores).slice(0, most) };
  }

  /** The lists to read, each once. */
  features(terms, added) {
    const words = new Map(), pairs = new Map();
    const entry = (key) => this.store.entry(key);
    const addWord = (key, weight, accent) => {
      const { id, sections } = entry(key), known = words.get(id);
      if (!known || known.weight < weight) words.set(id, { key, id, sections, weight, accent });
    };
    const addPair = (a, b, weight) => {
      const first = entry(a).id, second = entry(b).id, name = `${a} ${b}`;
      if (!pairs.has(name) || pairs.get(name).weight < weight) pairs.set(name, { name, first, second, weight });
    };
    const accented = terms.some((term) => term.accent > 0);
    terms.forEach((term, n) => {
      const next = terms[n + 1];
      for (const { key, weight } of term.options) {
        addWord(key, weight * term.weight, accented && key === term.key ? term.accent : -1);
        if (!next || term.closes) continue;
        const both = Math.sqrt(term.weight * next.weight);
        for (const other of next.options) addPair(key, other.key, weight * other.weight * both);
      }
    });
    for (const { keys, weight } of added) {
      if (keys.length > 1) addPair(keys[0], keys[1], weight);
      else addWord(keys[0], weight, -1);
    }
    const limit = Math.min(this.store.pageOf.length * COMMON, LONGEST);
    const rarest = [...words.values()].sort((a, b) => a.sections - b.sections);
    const kept = rarest.filter((word, n) => n < FEWEST || word.sections <= limit);
    return { words: kept, pairs: [...pairs.values()] };
  }

  /** Adds what one list says to the scores of its pages and sections. */
  add(scores, hits, weight, accent) {
    const pages = new Map();
    let exact = 0;
    for (let i = 0; i < hits.length; i += 3) {
      const page = this.store.pageOf[hits[i]];
      const seen = pages.get(page) || { count: 0, exact: false };
      pages.set(page, seen);
      seen.count += hits[i + 1];
      if (accent >= 0 && !seen.exact && hits[i + 2] & (1 << accent)) {
        seen.exact = true;
        exact++;
      }
    }
    const rarity = this.rarity(pages.size);
    const exactRarity = rarity + EXACT * (this.rarity(exact) - rarity) + 0.3;
    const bump = (map, key, value) => map.set(key, (map.get(key) || 0) + value);
    for (const [page, seen] of pages) {
      const full = weight * (seen.exact ? exactRarity : rarity);
      bump(scores.pages, page, full * this.saturate(seen.count, this.pageLengths[page] / this.meanPage));
    }
    for (let i = 0; i < hits.length; i += 3) {
      const full = weight * (accent >= 0 && hits[i + 2] & (1 << accent) ? exactRarity : rarity);
      bump(scores.sections, hits[i], full * this.saturate(hits[i + 1], this.store.lengths[hits[i]] / this.meanSection));
    }
    return weight * rarity;
  }

  rarity(pages) {
    const all = this.store.kinds.length;
    return Math.log(1 + (all - pages + 0.5) / (pages + 0.5));
  }

  saturate(count, relativeLength) {
    return (count * (SOON_ENOUGH + 1)) / (count + SOON_ENOUGH * (1 - LENGTH_MATTERS + LENGTH_MATTERS * relativeLength));
  }

  /** @returns {Hit[]} */
  best(scores) {
    const top = new Map();
    for (const [section, score] of scores.sections) {
      const page = this.store.pageOf[section], known = top.get(page);
      if (!known || known.score < score) top.set(page, { section: section - this.store.firstOf[page], score });
    }
    const hits = [...scores.pages].map(([page, score]) => {
      const { section, score: best } = top.get(page);
      return { page, section, score: (score + BEST_SECTION * best) * KINDS[this.store.kinds[page]] };
    });
    return hits.sort((a, b) => b.score - a.score || a.page - b.page);
  }
}

const MOST_PAGES = 6;
const LONGEST_EXCERPT = 180;
const SENTENCE_WEIGHT = 0.6; // of the best sentence against the page, among the pages shown
const PAIR_WEIGHT = 0.7;
const BESIDE = 5; // what a spelling beside the right neighbour counts
const SENTENCE_START = /(^|[\n.!?:“"] *)\p{Lu}(?=\p{Ll})/gu;
const WORD = /([\p{L}\p{N}][\p{L}\p{N}\u0300-\u036f]*)/gu;

/** @param {string} word @returns {string} */
const keyIn = (word) => splitPhrases(word).flat().map(keyOf)[0];

/** @param {string} text @returns {string} what makes two spellings the same */
const spoken = (text) => splitPhrases(text).flat().map((word) => keyOf(word) + accentOf(word)).join(" ");

/** @param {string} text @returns {string[]} */
const sentences = (text) => text.replace(/([.!?…])\s+/g, "$1\n").split("\n");

/** Turns a query into what is shown: pages with the section and the sentence that answer it. */
export class Engine {
  /** @param {import("./query.js").Store} store */
  constructor(store) {
    this.store = store;
    this.ranking = new Ranking(store);
  }

  /** @param {string} text @param {{typing?: boolean, most?: number}} [options] @returns {Promise<Answer>} */
  async answer(text, { typing = false, most = MOST_PAGES } = {}) {
    const { terms, wanted, matches, hits } = await this.ranking.search(text, typing, most);
    const shown = await this.order(hits, matches);
    const groups = shown.map(({ fragment, hit, best }) => this.group(fragment, hit, best, wanted));
    const found = { meant: this.meant(text, terms, shown), groups, topics: [], phones: [] };
    return groups.length ? found : { ...found, ...this.nearest(text) };
  }

  /** Reads the texts of the first pages and lets a sentence that holds much of the query count. */
  async order(hits, matches) {
    const fragments = await Promise.all(hits.map((hit) => this.store.fragment(hit.page)));
    const read = hits.map((hit, n) => {
      const [, heading, text] = fragments[n].sections[hit.section];
      const lead = hit.section ? heading : fragments[n].title;
      const best = this.bestSentence(sentences(text), matches);
      const strength = Math.max(best.strength, this.strength(lead, matches));
      return { hit, fragment: fragments[n], best: best.sentence, score: hit.score + SENTENCE_WEIGHT * strength };
    });
    return read.sort((a, b) => b.score - a.score);
  }

  /** @param {string[]} candidates @param {Map<string, number>} matches */
  bestSentence(candidates, matches) {
    let found = { sentence: candidates[0], strength: 0 };
    for (const sentence of candidates) {
      const strength = this.strength(sentence, matches);
      if (strength > found.strength) found = { sentence, strength };
    }
    return found;
  }

  /** What a sentence holds of the query, each word and pair once; long sentences hold much by chance. */
  strength(sentence, matches) {
    const seen = new Set();
    let length = 0;
    for (const words of splitPhrases(sentence)) {
      const keys = words.map(keyOf);
      length += keys.length;
      keys.forEach((key, n) => seen.add(key) && n && seen.add(`${keys[n - 1]} ${key}`));
    }
    let sum = 0;
    for (const name of seen) sum += (matches.get(name) || 0) * (name.includes(" ") ? PAIR_WEIGHT : 1);
    return sum / (1 + length / 100);
  }

  /** @returns {Group} */
  group(fragment, hit, best, wanted) {
    const [anchor, heading] = fragment.sections[hit.section];
    const url = anchor ? `${fragment.url}#${anchor}` : fragment.url;
    const places = [{ url, heading, excerpt: this.mark(this.cut(best, wanted), wanted) }];
    return { url: fragment.url, title: this.mark(fragment.title, wanted), places };
  }

  /** Shortens a long sentence around its first word that was looked for. */
  cut(sentence, wanted) {
    if (sentence.length <= LONGEST_EXCERPT) return sentence;
    const first = [...sentence.matchAll(WORD)].find(([word]) => wanted.has(keyIn(word)));
    const start = first && first.index > LONGEST_EXCERPT / 2 ? sentence.indexOf(" ", first.index - 60) + 1 : 0;
    const end = sentence.lastIndexOf(" ", start + LONGEST_EXCERPT);
    const piece = sentence.slice(start, end > start ? end : start + LONGEST_EXCERPT);
    return `${start ? "… " : ""}${piece} …`;
  }

  /** @param {string} text @param {Set<string>} wanted @returns {Piece[]} */
  mark(text, wanted) {
    return text.split(WORD).map((part) => ({ text: part, marked: wanted.has(keyIn(part)) }));
  }

  /** The query as the pages found write it, or "" when that is how it was typed; who types accents means them. */
  meant(text, terms, shown) {
    const counts = this.spellings(terms, shown), accented = accentOf(text);
    const spelled = terms.map(({ word, said, named, weight }, n) => {
      const [best] = [...counts[n]].sort((a, b) => b[1] - a[1]);
      if (said && (named || weight <= SURE_FILLER || !best || best[1] < BESIDE)) return said.trim();
      return !best || (accented && keyOf(word) === keyIn(best[0])) ? word : best[0];
    });
    const meant = spelled.filter(Boolean).join(" ");
    return spoken(meant) === spoken(text) ? "" : meant;
  }

  /** How the pages found spell each word; beside one of its neighbours it counts more. */
  spellings(terms, shown) {
    const means = terms.map((term) => new Set(term.options.map(({ key }) => key)));
    const counts = terms.map(() => new Map());
    for (const { fragment, hit } of shown) {
      const text = `${fragment.title}\n${fragment.sections[hit.section].join("\n")}`;
      const words = text.replace(SENTENCE_START, (start) => start.toLowerCase()).match(WORD) || [];
      const keys = words.map(keyIn);
      keys.forEach((key, at) => means.forEach((meant, n) => {
        if (!meant.has(key)) return;
        const beside = (n && means[n - 1].has(keys[at - 1])) || (means[n + 1] && means[n + 1].has(keys[at + 1]));
        counts[n].set(words[at], (counts[n].get(words[at]) || 0) + (beside ? BESIDE : 1));
      }));
    }
    return counts;
  }

  /** Where to go when nothing was found: the topics whose letters are most like the query's, and whom to call. */
  nearest(text) {
    const { topics = [], phones = [] } = this.store.help || {};
    const grams = (words) => {
      const joined = ` ${splitPhrases(words).flat().map(keyOf).join(" ")} `;
      return new Set(Array.from(joined, (_, n) => joined.slice(n, n + 3)));
    };
    const asked = grams(text.slice(0, LONGEST_EXCERPT));
    const likeness = ({ title, summary }) => [...grams(`${title} ${summary}`)].filter((gram) => asked.has(gram)).length;
    return { topics: [...topics].sort((a, b) => likeness(b) - likeness(a)).slice(0, 4), phones };
  }
}
