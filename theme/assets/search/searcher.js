/**
 * Brings what search needs, the leads of all pages before their texts, and asks the engine in a worker or, where that
 * fails, in this page. What failed is tried again by the next question.
 *
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {(call: string, ...args: any[]) => Promise<any>} Call of what `session` in worker.js gives
 */

const LARGE = 300000; // bytes, compressed: texts that a reader is asked about first

/** @returns {Promise<Call>} */
async function inPage() {
  const here = (await import("./worker.js")).session();
  return async (call, ...args) => here[call](...args);
}

/** @returns {Promise<Call>} once the worker runs; refused where workers cannot be modules */
function inWorker() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" }), waiting = new Map();
    let count = 0;
    worker.onmessage = ({ data: { id, result, error } }) => {
      const [done, failed] = waiting.get(id);
      waiting.delete(id);
      if (error) failed(new Error(error));
      else done(result);
    };
    worker.onerror = (event) => { // also of a script that it imports
      reject(event);
      for (const [, failed] of waiting.values()) failed(new Error("worker"));
    };
    /** @type {Call} */ const call = (name, ...args) => new Promise((done, failed) => {
      waiting.set(++count, [done, failed]);
      worker.postMessage({ id: count, call: name, args });
    });
    call("ready").then(() => resolve(call), reject);
  });
}

/** @param {Promise<Response>} asked @returns {Promise<string>} */
async function textOf(asked) {
  const response = await asked;
  if (!response.ok) throw Object.assign(new Error(`${response.status} ${response.url}`), { status: response.status });
  return response.text();
}

export class Searcher {
  /**
   * @param {string} root address of the site @param {boolean} savesData whether the reader saves data
   * @param {Promise<Response>} [leads] that were asked for already
   */
  constructor(root, savesData, leads) {
    this.folder = new URL("search/", root).href;
    this.first = leads;
    this.savesData = savesData;
  }

  /** Opens the engine with the leads, once. @returns {Promise<Call>} */
  open() {
    this.opened = this.opened || this.start();
    return this.opened.catch((error) => {
      this.opened = null;
      throw error;
    });
  }

  async start() {
    const leads = textOf(this.first || fetch(`${this.folder}index.json`, { cache: "no-cache" }));
    this.first = undefined;
    const engine = inWorker().catch(inPage);
    engine.catch(() => {}); // said by what follows, should the leads fail first
    const text = await leads, call = await engine;
    const { text: path, size } = JSON.parse(text);
    await call("open", text);
    this.texts = { url: this.folder + path, size, come: null };
    return call;
  }

  /** @returns {string} what the texts weigh, for a reader */
  get textSize() { return `${Math.ceil(this.texts.size / 1000)} KB`; }

  /** @returns {boolean} whether the texts are fetched without asking */
  get bringsTexts() { return !this.savesData && this.texts.size <= LARGE; }

  /** Fetches the texts of all pages, once. @returns {Promise<void>} */
  async extend() {
    const call = await this.open(), { texts } = this;
    texts.come = texts.come || textOf(fetch(texts.url)).then((json) => call("extend", json));
    try {
      await texts.come;
    } catch (error) {
      texts.come = null;
      if (error.status) this.opened = null; // the site was published anew since the leads came
      throw error;
    }
  }

  /** @param {string} text @param {object} options @returns {Promise<Answer>} from what has come so far */
  async answer(text, options) {
    return (await this.open())("answer", text, options);
  }
}
