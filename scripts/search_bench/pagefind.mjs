/** Pagefind's own script and WebAssembly, with files in the place of the network. */
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
    const { results } = await module.search(text);
    const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    return shown.map(({ url }) => decodeURIComponent(url.replace(/^\/|\/$/g, "")));
  };
}
