/**
 * Answers a query from the leads of all pages: interprets it, ranks pages and rates its confidence. The texts are added
 * later, with the `Refinement`. Pure: runs in a worker, in a page and in Node.
 *
 * @typedef {{urls: string, titles: string, tags: string, weights: string, leads: string, text: string, size: number}
 *   & import("./reading.js").Language} Leads the first file of portal/search/index.py: columns with a line for each page
 * @typedef {{pages: import("./index.js").TextRow[], asides?: string[], outside?: string[], topics?: Topic[],
 *   phones?: Phone[]} & import("./reading.js").Language} Texts its second file
 * @typedef {{text: string, marked: boolean}} Piece
 * @typedef {{url: string, heading: string, excerpt: Piece[]}} Place a section of a page
 * @typedef {{url: string, title: Piece[], places: Place[]}} Group a page, its best section first
 * @typedef {{title: string, url: string, summary: string}} Topic
 * @typedef {{name: string, number: string, tel: string}} Phone
 * @typedef {{meant: string, maybe: string, sureness: "sure" | "near" | "none", complete: boolean, puzzled: boolean, missing: string[], groups: Group[], topics: Topic[], phones: Phone[]}} Answer
 *   `meant` is the certain interpretation and `maybe` the possible one, "" when equal to the query; `complete`: texts were
 *   searched, not only leads; `puzzled`: mending.js may correct a word; `missing`: words of the query without a page;
 *   `topics` and `phones`: set when no guide answers
 */
import { evidence, FLOOR, oddsOf, outsideOf, SURE, WHOLE } from "./confidence.js";
import { Index } from "./index.js";
import { Ranking, SETTINGS } from "./ranking.js";
import { Reading, SURE_FILLER } from "./reading.js";

const MOST_PAGES = 6;
/** @param {string} text @returns {Piece[]} */
const plain = (text) => [{ text, marked: false }];

/** Returns the answer to a query: pages, best first. */
export class Engine {
  /** @param {Leads} leads @param {Partial<typeof SETTINGS>} [settings] */
  constructor(leads, settings = {}) {
    const [urls, titles, tags, weights, texts] = ["urls", "titles", "tags", "weights", "leads"].map((name) => leads[name].split("\n"));
    this.settings = { ...SETTINGS, ...settings };
    let folder = "";
    const whole = urls.map((url) => { // the folder is named where it changes
      const at = url.slice(0, -1).lastIndexOf("/") + 1;
      folder = at ? url.slice(0, at) : folder;
      return (folder + url.slice(at)).replace(/^\//, "");
    });
    this.index = new Index(leads.weights ? weights.map((weight, n) => ({
      url: whole[n], title: titles[n], tags: tags[n].split("\t"), weight: Number(weight), lead: texts[n], sections: [],
    })) : []);
    this.reading = new Reading(this.index, leads);
    this.ranking = new Ranking(this.index, this.settings);
    /** @type {import("./refinement.js").Refinement | null} */ this.refinement = null;
  }

  /** @param {typeof import("./mending.js")} mending the spelling correction, once loaded */
  mend({ Mending }) { this.reading.mending = new Mending(this.reading); }

  /**
   * @param {Texts} texts of all pages, in the order of the leads
   * @param {typeof import("./refinement.js")} refinement the module that refines answers with them
   */
  addTexts({ pages, asides = [], outside = [], topics = [], phones = [], ...language }, { Refinement }) {
    this.index.addTexts(pages, new Set(asides));
    this.reading.learn(language, outside);
    this.ranking.measure();
    this.refinement = new Refinement(this, topics, phones);
  }

  /**
   * @param {string} text @param {{typing?: boolean, most?: number, floor?: boolean}} [options]
   *   `floor: false` returns results of any confidence
   * @returns {Answer}
   */
  answer(text, { typing = false, most = MOST_PAGES, floor = true } = {}) {
    const { refinement } = this, { terms, added, puzzled } = this.reading.understand(text, typing);
    const understood = added.length || terms.some((term) => term.weight > SURE_FILLER && term.options.length);
    const ranked = this.ranking.rank(understood ? terms : [], added);
    const hits = refinement ? refinement.order(ranked, most) : ranked.hits.slice(0, most);
    const sureness = this.sureness(terms, ranked.places, hits[0]);
    const shown = sureness === "none" && floor ? [] : hits;
    return {
      meant: "", maybe: "", sureness, complete: this.index.complete, puzzled,
      missing: sureness === "sure" ? [] : this.missing(terms, ranked.places),
      groups: shown.map(({ page }) => this.group(this.index.pages[page])),
      topics: [], phones: [],
      ...(refinement && refinement.tell(text, terms, added, shown, sureness)),
    };
  }

  /** @returns {Group} */
  group({ url, title, lead }) {
    return { url, title: plain(title), places: [{ url, heading: "", excerpt: plain(lead) }] };
  }

  /** @returns {"sure" | "near" | "none"} whether the first page answers, may answer, or does not */
  sureness(terms, places, first) {
    if (!first) return "none";
    const shares = evidence(terms, places, this.ranking, first), odds = oddsOf(shares);
    return odds < FLOOR && shares.phrases < WHOLE ? "none" : odds < SURE ? "near" : "sure";
  }

  /** @returns {string[]} the words, as typed, that no page has or that no guide treats */
  missing(terms, places) {
    const outside = outsideOf(terms, places);
    return terms.filter((term, n) => term.weight > SURE_FILLER && (!term.options.length || outside[n])).map(({ word }) => word);
  }
}
