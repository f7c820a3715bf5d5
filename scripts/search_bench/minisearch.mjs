/** MiniSearch at its best for Vietnamese: words without accents, slips in long ones only, titles count double. */
import MiniSearch from "minisearch";

/** @param {string} word @returns {string} */
const fold = (word) => word.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
const OPTIONS = { fields: ["title", "text"], storeFields: ["location"], idField: "location", processTerm: fold };
const QUERY = { prefix: false, fuzzy: (word) => (word.length > 5 ? 0.2 : false), boost: { title: 2 } };

export const SCRIPTS = ["node_modules/minisearch/dist/umd/index.js"];

/** @param {(name: string) => Uint8Array} read */
export async function openPeer(read) {
  const engine = MiniSearch.loadJSON(Buffer.from(read("search/minisearch.json")).toString(), OPTIONS);
  return async (text) => engine.search(text.normalize("NFC"), QUERY).map((hit) => hit.location);
}

/** Writes the index: process.argv is DOCUMENTS.json OUT.json */
if (process.argv[1].endsWith("minisearch.mjs")) {
  const fs = await import("node:fs");
  const engine = new MiniSearch(OPTIONS);
  engine.addAll(JSON.parse(fs.readFileSync(process.argv[2], "utf8")));
  fs.writeFileSync(process.argv[3], JSON.stringify(engine));
}
