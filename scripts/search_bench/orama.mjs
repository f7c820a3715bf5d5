/**
 * Orama at its best for Vietnamese: words without accents, titles count double. It takes every word for the start of
 * one, or all words for one phrase: each word is asked for by itself, exactly, and the scores of a page are added.
 */
import { create, insertMultiple, load, save, search } from "@orama/orama";

/** @param {string} text @returns {string} */
const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
const SCHEMA = { location: "string", title: "string", text: "string" };

export const SCRIPTS = ["node_modules/@orama/orama/dist/browser/index.js"];

/** @param {(name: string) => Uint8Array} read */
export async function openPeer(read) {
  const engine = create({ schema: SCHEMA });
  load(engine, JSON.parse(Buffer.from(read("search/orama.json")).toString()));
  return async (text) => {
    const scores = new Map();
    for (const term of new Set(fold(text).match(/[a-z0-9]+/g) || [])) {
      const { hits } = await search(engine, { term, properties: ["title", "text"], boost: { title: 2 }, exact: true, limit: 1000 });
      for (const { document, score } of hits) scores.set(document.location, (scores.get(document.location) || 0) + score);
    }
    return [...scores].sort((a, b) => b[1] - a[1]).slice(0, 10).map(([location]) => location);
  };
}

/** Writes the index: process.argv is DOCUMENTS.json OUT.json */
if (process.argv[1].endsWith("orama.mjs")) {
  const fs = await import("node:fs");
  const engine = create({ schema: SCHEMA });
  const rows = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
  await insertMultiple(engine, rows.map((row) => ({ ...row, title: fold(row.title), text: fold(row.text) })));
  fs.writeFileSync(process.argv[3], JSON.stringify(save(engine)));
}
