/** The portal's own engine, as the worker in a browser runs it, with files in the place of the network. */
import { Engine } from "../../theme/assets/search/engine.js";
import { ShardedStore, SmallStore } from "../../theme/assets/search/stores.js";

/** @param {(name: string) => Uint8Array} read @returns {Promise<(text: string) => Promise<string[]>>} */
export async function openPeer(read) {
  const pointer = JSON.parse(read("search/index.json"));
  const folder = `search/${pointer.folder}/`;
  const store = pointer.small
    ? new SmallStore(JSON.parse(read(`${folder}all.json`)))
    : new ShardedStore(new Uint8Array(read(`${folder}core.bin`)), async (path) => read(folder + path));
  const engine = new Engine(store);
  return async (text) => (await engine.answer(text)).groups.map((group) => group.url);
}
