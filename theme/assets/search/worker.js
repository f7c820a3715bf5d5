/**
 * Searches away from the page. The same module searches within the page where a browser has no module workers: what
 * `session` gives is called there, and by message here.
 */
import { Engine } from "./engine.js";

/** @returns {{ready: () => boolean, open: (leads: string) => void, extend: (texts: string) => void, answer: Engine["answer"]}} JSON is parsed here */
export function session() {
  /** @type {Engine} */ let engine;
  return {
    ready: () => true,
    open: (leads) => { engine = new Engine(JSON.parse(leads)); },
    extend: (texts) => engine.addTexts(JSON.parse(texts)),
    answer: (text, options) => engine.answer(text, options),
  };
}

if (typeof WorkerGlobalScope !== "undefined") {
  const here = session();
  addEventListener("message", ({ data: { id, call, args } }) => {
    try {
      postMessage({ id, result: here[call](...args) });
    } catch (error) {
      postMessage({ id, error: String(error) });
    }
  });
}
