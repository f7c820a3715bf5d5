/**
 * Runs search in a worker. Browsers without module workers import the same module into the page and call `session`
 * directly.
 */
import { Engine } from "./engine.js";

/**
 * Returns the calls of the message protocol; JSON is parsed here. Modules that few queries need are imported on demand.
 * @returns {{[call: string]: (...args: any[]) => any}}
 */
export function session() {
  /** @type {Engine} */ let engine;
  const later = () => Promise.all([import("./refinement.js"), import("./mending.js")]);
  return {
    ready: () => true,
    open: (leads) => { engine = new Engine(JSON.parse(leads)); },
    prepare: async () => { await later(); },
    extend: async (texts) => {
      const [refinement, mending] = await later();
      engine.addTexts(JSON.parse(texts), refinement);
      engine.mend(mending);
    },
    answer: async (text, options) => {
      const answer = engine.answer(text, options);
      if (!answer.puzzled) return answer;
      await import("./mending.js").then((mending) => engine.mend(mending), () => {}); // as typed first
      return engine.answer(text, options);
    },
  };
}

if (typeof WorkerGlobalScope !== "undefined") {
  const here = session();
  addEventListener("message", async ({ data: { id, call, args } }) => {
    try {
      postMessage({ id, result: await here[call](...args) });
    } catch (error) {
      postMessage({ id, error: String(error) });
    }
  });
}
