/**
 * Asks a built site all queries with each of the settings, and prints as one JSON line what it answered: for each
 * settings and query the addresses found whatever speaks for them, how sure the engine is, and the shares by which it is.
 * usage: site.mjs JOB.json   with {site, settings: [{…}], queries: [text]}
 */
import fs from "node:fs";
import path from "node:path";
import { evidence } from "../../theme/assets/search/confidence.js";
import { openEngine } from "./own.mjs";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const read = (name) => fs.readFileSync(path.join(job.site, name), "utf8");

/** @param {import("../../theme/assets/search/engine.js").Engine} engine @param {string} text */
function askOne(engine, text) {
  const { groups, sureness } = engine.answer(text, { floor: false });
  const urls = groups.map(({ url }) => url);
  const number = engine.index.pages.findIndex(({ url }) => url === urls[0]);
  const { terms, added } = engine.reading.understand(text, false);
  const { places } = engine.ranking.rank(terms, added);
  const hasLead = number >= 0 && Boolean(engine.index.pages[number].lead);
  return { urls, sureness, shares: evidence(terms, places, number, hasLead, (pages) => engine.ranking.rarity(pages)) };
}

const answers = job.settings.map((settings) => {
  const engine = openEngine(read, settings);
  const started = process.cpuUsage();
  for (const text of job.queries) engine.answer(text);
  const { user, system } = process.cpuUsage(started);
  return { cpu: (user + system) / 1000 / job.queries.length, rows: job.queries.map((text) => askOne(engine, text)) };
});
console.log(JSON.stringify(answers));
