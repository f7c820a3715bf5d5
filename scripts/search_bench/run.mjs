/**
 * Runs queries in all their variants through an engine in Node and prints what it measured as one JSON line.
 * usage: run.mjs JOB.json   with {engine, site, variants, names, queries: [{q, relevant}], samples}
 */
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import zlib from "node:zlib";

const SEED = 42;
const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const load = (file) => import(pathToFileURL(path.resolve(file)));
const { openPeer, SCRIPTS = [] } = await load(job.engine);
const { VARIANTS, rng } = await load(job.variants);

const sizes = new Map();
function gzipped(file) {
  if (!sizes.has(file)) sizes.set(file, zlib.gzipSync(fs.readFileSync(file)).length);
  return sizes.get(file);
}

/** Opens the index anew; `fetched` are the files that were read, each once. */
async function open() {
  const fetched = new Set();
  const read = (name) => {
    fetched.add(path.join(job.site, name));
    return fs.readFileSync(path.join(job.site, name));
  };
  return { search: await openPeer(read, job), fetched };
}

function score(ranks) {
  const share = (test) => (100 * ranks.filter(test).length) / ranks.length;
  const reciprocal = ranks.map((rank) => (rank && rank <= 10 ? 1 / rank : 0));
  return {
    "success@1": share((rank) => rank === 1),
    "success@5": share((rank) => rank && rank <= 5),
    "MRR@10": (100 * reciprocal.reduce((sum, each) => sum + each, 0)) / ranks.length,
  };
}

async function measureVariant(name) {
  const random = rng(SEED), { search } = await open();
  const texts = job.queries.map(({ q }) => VARIANTS[name](q, random));
  const started = process.cpuUsage(), ranks = [];
  for (const [n, { relevant }] of job.queries.entries()) {
    const found = await search(texts[n]);
    ranks.push(found.findIndex((url) => relevant.includes(url)) + 1);
  }
  const { user, system } = process.cpuUsage(started);
  return { ...score(ranks), "CPU ms": (user + system) / 1000 / ranks.length };
}

/** Bytes (gzip) and files of a first query, and of the next one in the same visit. */
async function measureTransfer() {
  const firsts = [], seconds = [];
  const step = Math.max(1, Math.floor(job.queries.length / job.samples));
  for (let n = 0; n + 1 < job.queries.length; n += step) {
    const { search, fetched } = await open();
    const bytes = () => [...fetched].reduce((sum, file) => sum + gzipped(file), 0);
    await search(job.queries[n].q);
    const first = bytes(), files = fetched.size;
    await search(job.queries[n + 1].q);
    firsts.push([first, files]);
    seconds.push([bytes() - first, fetched.size - files]);
  }
  return { first: spread(firsts), second: spread(seconds) };
}

function spread(rows) {
  const at = (share, column) => rows.map((row) => row[column]).sort((a, b) => a - b)[Math.floor(share * (rows.length - 1))];
  return { p50: at(0.5, 0), p90: at(0.9, 0), files: at(0.5, 1) };
}

const variants = {};
for (const name of job.names.length ? job.names : Object.keys(VARIANTS)) variants[name] = await measureVariant(name);
/** Adds a module and what it imports from its own package. @param {string} file @param {Set<string>} all */
function withImports(file, all) {
  if (all.has(file) || !fs.existsSync(file)) return all;
  all.add(file);
  const imported = fs.readFileSync(file, "utf8").matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g);
  for (const [, name] of imported) withImports(path.join(path.dirname(file), name), all);
  return all;
}

const scripts = new Set();
for (const file of SCRIPTS) withImports(path.join(path.dirname(job.engine), file), scripts);
const scriptBytes = [...scripts].reduce((sum, file) => sum + gzipped(file), 0);
console.log(JSON.stringify({ variants, transfer: await measureTransfer(), scripts: scriptBytes }));
