/** Material's own search worker, run as it is on an index as its plugin writes it for a site in Vietnamese. */
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

/** @param {(name: string) => Uint8Array} read @param {{peerFolder: string}} job */
export async function openPeer(read, { peerFolder }) {
  const workers = path.join(peerFolder, "workers");
  const [name] = fs.readdirSync(workers).filter((file) => /^search\..*\.js$/.test(file));
  const index = JSON.parse(read("search/search_index.json"));
  let listen, answered;
  const scope = {
    console,
    addEventListener: (_, listener) => (listen = listener),
    postMessage: (message) => answered(message),
    importScripts: (...urls) => urls.forEach((url) => run(path.join(workers, url))),
  };
  scope.self = scope;
  const context = vm.createContext(scope);
  const run = (file) => vm.runInContext(fs.readFileSync(file, "utf8"), context, { filename: file });
  const ask = (data) => new Promise((resolve) => {
    answered = resolve;
    listen({ data });
  });
  run(path.join(workers, name));
  await ask({ type: 0, data: { ...index, options: { suggest: false } } });
  return async (text) => {
    const { data } = await ask({ type: 2, data: text });
    return data.items.map(([first]) => first.location);
  };
}
