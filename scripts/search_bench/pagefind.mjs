/**
 * Pagefind's own script and WebAssembly, with files in the place of the network. It asks for every word of a query,
 * which questions do not bear: each word is asked for by itself and the scores of a page are added.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";

/** @param {(name: string) => Uint8Array} read @param {{site: string}} job */
export async function openPeer(read, { site }) {
  globalThis.window = globalThis.document = undefined;
  globalThis.fetch = async (url) => new Response(read(decodeURI(new URL(url).pathname).slice(1)));
  const script = pathToFileURL(path.join(site, "pagefind/pagefind.js"));
  read("pagefind/pagefind.js");
  const module = await import(`${script}?${Math.random()}`);
  await module.options({ basePath: "http://site.example/pagefind/", baseUrl: "/" });
  await module.init("vi");
  return async (text) => {
    const scores = new Map();
    for (const word of new Set(text.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [])) {
      const { results } = await module.search(word);
      for (const result of results) {
        const known = scores.get(result.id) || { score: 0, result };
        scores.set(result.id, { score: known.score + result.score, result });
      }
    }
    const best = [...scores.values()].sort((a, b) => b.score - a.score).slice(0, 10);
    const shown = await Promise.all(best.map(({ result }) => result.data()));
    return shown.map(({ url }) => decodeURIComponent(url.replace(/^\/|\/$/g, "")));
  };
}
