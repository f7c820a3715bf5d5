/**
 * Loads what search needs, leads before texts, and runs the engine in a worker or, if that fails, in this page. A failed
 * request is retried by the next query.
 *
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {(call: string, ...args: any[]) => Promise<any>} Call a call of `session` in worker.js
 */

const LATE = 10000; // timeout of a worker, ms
const LARGE = 300000; // compressed bytes above which the reader is asked before the texts are loaded

/** @returns {Promise<Call>} */
async function inPage() {
  const here = (await import("./worker.js")).session();
  return async (call, ...args) => here[call](...args);
}

/**
 * @param {{type: "module"}} options
 * @returns {Promise<Call>} resolves when the worker runs; rejects on failure or timeout
 */
function inWorker(options) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("worker.js", import.meta.url), options), waiting = new Map();
    let count = 0;
    worker.onmessage = ({ data: { id, result, error } }) => {
      const [done, failed] = waiting.get(id);
      waiting.delete(id);
      if (error) failed(new Error(error));
      else done(result);
    };
    const refuse = () => { // also for scripts that it imports
      reject(new Error("worker"));
      for (const [, failed] of waiting.values()) failed(new Error("worker"));
      worker.terminate();
    };
    const timer = setTimeout(refuse, LATE);
    worker.onerror = refuse;
    /** @type {Call} */ const call = (name, ...args) => new Promise((done, failed) => {
      waiting.set(++count, [done, failed]);
      worker.postMessage({ id: count, call: name, args });
    });
    call("ready").then(() => clearTimeout(timer) || resolve(call), reject);
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
   * @param {string} root address of the site @param {boolean} savesData whether the browser's data saver is on
   * @param {Promise<Response>} [leads] already requested
   */
  constructor(root, savesData, leads) {
    this.folder = new URL("search/", root).href;
    this.first = leads;
    this.savesData = savesData;
    this.inPage = false; // no module workers
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
    const engine = this.startEngine();
    engine.catch(() => {}); // reported by the code below if the leads fail first
    const text = await leads, call = await engine;
    const { text: path, size } = JSON.parse(text);
    await call("open", text);
    this.texts = { url: this.folder + path, size, come: null };
    return call;
  }

  /** @returns {Promise<Call>} */
  startEngine() {
    this.inPage = true;
    const options = { get type() { known(); return "module"; } }, known = () => { this.inPage = false; };
    return inWorker(options).catch(inPage);
  }

  /** @returns {string} the size of the texts, for display */
  get textSize() { return `${Math.ceil(this.texts.size / 1000)} KB`; }

  /** @returns {boolean} whether the texts are loaded without asking */
  get bringsTexts() { return !this.savesData && this.texts.size <= LARGE; }

  /** Loads the texts of all pages and the scripts that render them, once. @returns {Promise<void>} */
  async extend() {
    const call = await this.open(), { texts } = this;
    /** @type {Call} */ const ask = (...args) => call(...args).catch((error) => {
      this.opened = null; // a worker caches a failed import
      throw error;
    });
    texts.come = texts.come || Promise.all([textOf(fetch(texts.url)), ask("prepare")]).then(([json]) => ask("extend", json));
    try {
      await texts.come;
    } catch (error) {
      texts.come = null;
      if (error.status) this.opened = null; // the site was published after the leads were loaded
      throw error;
    }
  }

  /** @param {string} text @param {object} options @returns {Promise<Answer>} from what is loaded so far */
  async answer(text, options) {
    return (await this.open())("answer", text, options);
  }
}
