/**
 * Asks a built site all queries with each of the settings and in each way of typing, and prints as one JSON line what it
 * answered: for each query the addresses found whatever speaks for them, how sure the engine is, and the shares by which
 * it is.
 * usage: site.mjs JOB.json   with {site, settings: [{…}], queries: [text], makers: a module that exports VARIANTS, or ""}
 */
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { evidence } from "../../theme/assets/search/confidence.js";
import { openEngine } from "./own.mjs";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const read = (name) => fs.readFileSync(path.join(job.site, name), "utf8");

/** @param {import("../../theme/assets/search/engine.js").Engine} engine @param {string} text */
function askOne(engine, text) {
  const { groups, sureness } = engine.answer(text, { floor: false }), urls = groups.map(({ url }) => url);
  const { terms, added } = engine.reading.understand(text, false), ranked = engine.ranking.rank(terms, added);
  const [first] = engine.refinement.order(ranked, urls.length);
  const shares = first ? evidence(terms, ranked.places, engine.ranking, first) : null;
  return { urls, sureness, shares };
}

const SEED = 42;
const { VARIANTS, rng } = job.makers ? await import(pathToFileURL(path.resolve(job.makers))) : { VARIANTS: { asis: (text) => text }, rng: () => null };
const answers = job.settings.flatMap((settings) => Object.entries(VARIANTS).map(([variant, make]) => {
  const engine = openEngine(read, settings), random = rng(SEED), texts = job.queries.map((text) => make(text, random));
  const started = process.cpuUsage();
  for (const text of texts) engine.answer(text);
  const { user, system } = process.cpuUsage(started);
  return { variant, texts, cpu: (user + system) / 1000 / texts.length, rows: texts.map((text) => askOne(engine, text)) };
}));
console.log(JSON.stringify(answers));
