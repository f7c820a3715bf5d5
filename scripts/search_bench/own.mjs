/** The portal's own engine, as the worker in a browser runs it, with files in the place of the network. */
import { Engine } from "../../theme/assets/search/engine.js";

/** @param {(name: string) => Uint8Array} read @param {object} [settings] @returns {Engine} with leads and texts */
export function openEngine(read, settings) {
  const leads = JSON.parse(read("search/index.json"));
  const engine = new Engine(leads, settings);
  engine.addTexts(JSON.parse(read(`search/${leads.text}`)));
  return engine;
}

/** @param {(name: string) => Uint8Array} read @param {{settings?: object}} job @returns {Promise<(text: string) => Promise<string[]>>} */
export async function openPeer(read, { settings }) {
  const engine = openEngine(read, settings);
  return async (text) => engine.answer(text, { floor: false }).groups.map((group) => group.url);
}
