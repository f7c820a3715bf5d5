/**
 * Answers queries away from the page. The same module answers within the page where a browser has no module workers:
 * `connect` gives both the same face.
 */
import { Engine } from "./engine.js";
import { ShardedStore, SmallStore } from "./stores.js";

/** @param {string} url @param {RequestCache} cache @returns {Promise<Response>} */
async function get(url, cache) {
  const response = await fetch(url, { cache });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response;
}

/** @param {string} base the folder of the index @param {boolean} again whether kept copies are not to be trusted */
async function open(base, again) {
  const pointer = await (await get(`${base}index.json`, "no-cache")).json();
  const folder = `${base}${pointer.folder}/`;
  const cache = again ? "reload" : "default";
  if (pointer.small) return new Engine(new SmallStore(await (await get(`${folder}all.json`, cache)).json()));
  const core = await (await get(`${folder}core.bin`, cache)).arrayBuffer();
  return new Engine(new ShardedStore(new Uint8Array(core), async (path) => (await get(folder + path, cache)).arrayBuffer()));
}

/** @param {string} base @returns {(text: string, options?: object) => Promise<import("./engine.js").Answer>} */
export function connect(base) {
  /** @type {Promise<Engine> | null} */ let opened = null;
  let failed = false;
  return async (text, options) => {
    try {
      opened = opened || open(base, failed);
      return await (await opened).answer(text, options);
    } catch (error) {
      opened = null; // what came broken is asked for again by the next query
      failed = true;
      throw error;
    }
  };
}

if (typeof WorkerGlobalScope !== "undefined") {
  /** @type {ReturnType<typeof connect>} */ let answer;
  addEventListener("message", async ({ data: { base, id, text, options } }) => {
    answer = answer || connect(base);
    try {
      postMessage({ id, answer: await answer(text, options) });
    } catch (error) {
      postMessage({ id, error: String(error) });
    }
  });
}
