/** The portal's own engine, as the worker in a browser runs it, with files in the place of the network. */
import { Engine } from "../../theme/assets/search/engine.js";
import * as mending from "../../theme/assets/search/mending.js";
import * as refinement from "../../theme/assets/search/refinement.js";

/** @param {(name: string) => Uint8Array} read @param {object} [settings] @returns {Engine} with leads and texts */
export function openEngine(read, settings) {
  const leads = JSON.parse(read("search/index.json"));
  const engine = new Engine(leads, settings);
  engine.mend(mending);
  engine.addTexts(JSON.parse(read(`search/${leads.text}`)), refinement);
  return engine;
}

/** @param {(name: string) => Uint8Array} read @param {{settings?: object}} job @returns {Promise<(text: string) => Promise<string[]>>} */
export async function openPeer(read, { settings }) {
  const engine = openEngine(read, settings);
  return async (text) => engine.answer(text, { floor: false }).groups.map((group) => group.url);
}
