/**
 * The two forms of an index behind one interface: the texts of a small site, or shards fetched when a query needs them.
 * portal/search/index.py writes both.
 *
 * @typedef {{id: number, sections: number}} Entry a word: its number, and how many sections hold it
 * @typedef {number[]} Hits three numbers a section: its number, how often (as a class), accents as bits
 * @typedef {{url: string, title: string, tags: string[], sections: [string, string, string][]}} Fragment
 * @typedef {(path: string) => Promise<Response>} Fetcher
 */
import { accentOf, joinNumbers, keyOf, splitPhrases } from "./fold.js";

export const STRONG = 2;
const COUNTS = [1, 2, 3.5, 6];
const CHUNK_BYTES = 1024;

/** @param {number} count @returns {number} */
const rounded = (count) => COUNTS[count <= 1 ? 0 : count <= 2 ? 1 : count <= 4 ? 2 : 3];
/** @param {number} length @returns {number} as the index keeps it: one byte, eight steps a doubling */
const lengthClass = (length) => Math.min(255, Math.round(8 * Math.log2(1 + length)));
/** @param {number} size @returns {number} */
const lengthOf = (size) => 2 ** (size / 8) - 1;

/** @param {Uint8Array} bytes @returns {string} */
const decode = (bytes) => new TextDecoder().decode(bytes);
/** @param {Uint8Array} bytes @returns {any} */
const parse = (bytes) => JSON.parse(decode(bytes));

/** What both kinds know of sections and pages. */
class Sections {
  constructor() {
    /** @type {number[]} */ this.lengths = [];
    /** @type {number[]} */ this.pageOf = [];
    /** @type {number[]} */ this.firstOf = [];
    /** @type {number[]} */ this.kinds = [];
  }

  /** @param {number} count @param {number} kind */
  addPage(count, kind) {
    this.firstOf.push(this.pageOf.length);
    for (let n = 0; n < count; n++) this.pageOf.push(this.kinds.length);
    this.kinds.push(kind);
  }
}

/** A small site: its lists are made from its texts, once, in some milliseconds. */
export class SmallStore extends Sections {
  /** @param {{pages: (Fragment & {kind: number})[], language: object, help: object}} site */
  constructor(site) {
    super();
    this.language = site.language;
    this.help = site.help;
    this.site = site.pages;
    /** @type {Map<string, number>} */ this.words = new Map();
    /** @type {Hits[]} */ this.hits = [];
    /** @type {number[][]} the words of each section: weight, then numbers; -1 closes a phrase */
    this.texts = [];
    for (const page of site.pages) {
      this.addPage(page.sections.length, page.kind);
      page.sections.forEach(([, heading, text], n) => this.addSection(n ? [heading] : [page.title, ...page.tags], text));
    }
  }

  /** @param {string[]} strong @param {string} text */
  addSection(strong, text) {
    const number = this.texts.length, words = [], counts = new Map();
    let length = 0;
    const add = (key, weight, accent) => {
      if (!this.words.has(key)) this.words.set(key, this.hits.push([]) - 1);
      const id = this.words.get(key), seen = counts.get(id) || [0, 0];
      counts.set(id, [seen[0] + weight, seen[1] | (1 << accent)]);
      return id;
    };
    for (const [weight, part] of [...strong.map((each) => [STRONG, each]), [1, text]]) {
      for (const phrase of splitPhrases(part)) {
        words.push(-weight, ...phrase.map((word) => add(keyOf(word), weight, accentOf(word))));
        for (const joined of joinNumbers(phrase)) add(joined, weight, 0);
        length += phrase.length;
      }
    }
    for (const [id, [count, accents]] of counts) this.hits[id].push(number, rounded(count), accents);
    this.texts.push(words);
    this.lengths.push(lengthOf(lengthClass(length)));
  }

  /** @param {string} key @returns {Entry | undefined} */
  entry(key) {
    const id = this.words.get(key);
    return id === undefined ? id : { id, sections: this.hits[id].length / 3 };
  }

  keys() { return this.words.keys(); }
  async prepare() {}
  async load() {}
  unigram(id) { return this.hits[id]; }

  /** @param {number} first @param {number} second @returns {Hits} */
  pair(first, second) {
    const found = [];
    for (let i = 0; i < this.hits[first].length; i += 3) {
      const number = this.hits[first][i], words = this.texts[number];
      let count = 0, weight = 1;
      for (let at = words.indexOf(first); at >= 0; at = words.indexOf(first, at + 1)) {
        if (words[at + 1] !== second) continue;
        for (let w = at; (weight = -words[w]) <= 0; w--);
        count += weight;
      }
      if (count) found.push(number, rounded(count), 0);
    }
    return found;
  }

  async fragment(page) { return this.site[page]; }
}

/** Reads numbers and words from bytes. */
class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
    this.key = [];
  }

  get ended() { return this.at >= this.bytes.length; }

  number() {
    let value = 0, factor = 1, byte;
    do {
      byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError("truncated");
      value += (byte & 127) * factor;
      factor *= 128;
    } while (byte > 127);
    return value;
  }

  /** The next of a front-coded list of words. */
  word() {
    const shared = this.number(), length = this.number();
    this.key = [...this.key.slice(0, shared), ...this.bytes.subarray(this.at, (this.at += length))];
    return decode(new Uint8Array(this.key));
  }

  /** @returns {Hits} */
  wordHits() {
    const hits = [], size = this.number(), usual = this.number();
    for (let n = 0, section = -1; n < size; n++) {
      const code = this.number();
      section += Math.floor(code / 8) + 1;
      hits.push(section, COUNTS[code & 3], code & 4 ? this.number() : usual);
    }
    return hits;
  }

  /** @returns {Hits} */
  pairHits(end) {
    const hits = [];
    for (let section = -1; this.at < end; ) {
      const code = this.number();
      section += Math.floor(code / 4) + 1;
      hits.push(section, COUNTS[code & 3], 0);
    }
    return hits;
  }
}

/** A larger site: the frequent words at once, everything else when asked for. */
export class ShardedStore extends Sections {
  /** @param {Uint8Array} core @param {Fetcher} fetcher */
  constructor(core, fetcher) {
    super();
    this.fetcher = fetcher;
    /** @type {Map<string, Promise<ArrayBuffer>>} */ this.asked = new Map();
    /** @type {Map<string, Uint8Array>} */ this.shards = new Map();
    /** @type {Map<string, Entry & {chunk: string, at: number}>} */ this.words = new Map();
    /** @type {Map<number, object>} */ this.byId = new Map();
    const reader = new Reader(core);
    const length = reader.number();
    this.head = parse(core.subarray(reader.at, (reader.at += length)));
    this.language = this.head.language;
    this.help = this.head.help;
    let chunk = 0, at = 0;
    for (let id = 0; id < this.head.keys; id++) {
      const key = reader.word(), sections = reader.number(), size = reader.number();
      if (at && at + size > CHUNK_BYTES) chunk++, (at = 0);
      this.addWord(key, { id, sections, chunk: `u/${chunk}.bin`, at });
      at += size;
    }
    for (let n = 0; n < this.head.sections; n++) this.lengths.push(lengthOf(core[reader.at++]));
    while (!reader.ended) {
      const code = reader.number();
      this.addPage(code >> 2, code & 3);
    }
  }

  addWord(key, entry) {
    this.words.set(key, entry);
    this.byId.set(entry.id, entry);
  }

  entry(key) { return this.words.get(key); }
  keys() { return this.words.keys(); }

  /** Fetches a file once; a failure is forgotten, so that the next query asks again. */
  async shard(path) {
    if (!this.asked.has(path)) this.asked.set(path, this.fetcher(path));
    try {
      const bytes = new Uint8Array(await this.asked.get(path));
      this.shards.set(path, bytes);
      return bytes;
    } catch (error) {
      this.asked.delete(path);
      throw error;
    }
  }

  /** Fetches the pages of the dictionary on which these words would stand. @param {string[]} keys */
  async prepare(keys) {
    const starts = this.head.dictionary;
    const pages = new Set();
    for (const key of keys) {
      let page = -1;
      while (page + 1 < starts.length && starts[page + 1][0] <= key) page++;
      if (page >= 0 && !this.words.has(key)) pages.add(page);
    }
    await Promise.all([...pages].map((page) => this.readPage(page)));
  }

  async readPage(page) {
    const chunk = `d/${page}.bin`;
    if (this.shards.has(chunk)) return;
    const reader = new Reader(await this.shard(chunk));
    for (let id = this.head.keys + this.head.dictionary[page][1]; !reader.ended; id++) {
      const key = reader.word(), length = reader.number(), at = reader.at;
      this.addWord(key, { id, sections: reader.number(), chunk, at });
      reader.at = at + length;
    }
  }

  bucket(first, second) {
    const hash = Math.imul(first, 2654435761) ^ Math.imul(second, 40503);
    return `b/${(hash >>> 8) & (this.head.buckets - 1)}.bin`;
  }

  /** @param {number[]} ids @param {[number, number][]} pairs */
  async load(ids, pairs) {
    const paths = new Set([...ids.map((id) => this.byId.get(id).chunk), ...pairs.map(([a, b]) => this.bucket(a, b))]);
    await Promise.all([...paths].map((path) => this.shard(path)));
  }

  unigram(id) {
    const { chunk, at } = this.byId.get(id);
    return new Reader(this.shards.get(chunk), at).wordHits();
  }

  pair(first, second) {
    const reader = new Reader(this.shards.get(this.bucket(first, second)));
    let a = 0;
    for (let left = reader.number(); left > 0; left--) {
      a += reader.number();
      const b = reader.number(), end = reader.number() + reader.at;
      if (a === first && b === second) return reader.pairHits(end);
      reader.at = end;
    }
    return [];
  }

  async fragment(page) {
    return parse(await this.shard(`p/${page}.json`));
  }
}
