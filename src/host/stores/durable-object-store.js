// A store in Durable Objects: the class that runs there, and what calls it.
import { invalid } from "../errors/light.js";
import { smallOptions } from "../validate/small-options.js";
import { unusable } from "./unusable.js";

const COUNT = [
  (/** @type {any} */ count) => Number.isInteger(count) && count > 0 && count <= 1000,
  "a whole number from 1 to 1000",
  1,
];
const SWEEP = 60_000; // Milliseconds between two looks for what has expired.

/** The object that keeps entries. Its gates make each request one transaction. */
export class KavachStore {
  /** @type {any} */
  #storage;

  /** @param {any} state */
  constructor(state) {
    this.#storage = state.storage;
  }

  /** @param {Request} request */
  async fetch(request) {
    const [name, key, seconds, value] = /** @type {any[]} */ (await request.json());
    const storage = this.#storage;
    const entry = await storage.get(key);
    const found = entry?.until > Date.now() ? entry.value : null;
    if (name === "get") return Response.json(found);
    if (name === "add" && found !== null) return Response.json(false);
    await storage.put(key, { value, until: Date.now() + seconds * 1000 });
    if ((await storage.getAlarm()) === null) await storage.setAlarm(Date.now() + SWEEP);
    return Response.json(true);
  }

  async alarm() {
    const storage = this.#storage;
    let left = 0;
    for (const [key, { until }] of await storage.list()) {
      if (until > Date.now()) left++;
      else await storage.delete(key);
    }
    if (left > 0) await storage.setAlarm(Date.now() + SWEEP);
  }
}

/** @type {typeof import("./entry.js").durableObjectStore} */
export function durableObjectStore(/** @type {any} */ namespace, options) {
  if (typeof namespace?.idFromName !== "function")
    throw invalid("namespace must be a Durable Object namespace, such as env.KAVACHOS_STORE");
  const { shards } = smallOptions(options ?? {}, { shards: /** @type {any} */ (COUNT) });
  const shardOf = (/** @type {string} */ key) => {
    let hash = 0;
    for (let at = 0; at < key.length; at++) hash = (hash * 31 + key.charCodeAt(at)) >>> 0;
    return hash % shards;
  };
  const send = async (/** @type {any[]} */ ...command) => {
    const id = namespace.idFromName(`kavachos-${shardOf(command[1])}`);
    const init = { method: "POST", body: JSON.stringify(command) };
    const response = await namespace.get(id).fetch("https://store.invalid/", init);
    if (!response.ok) throw unusable(`the Durable Object answers with HTTP ${response.status}`);
    return response.json();
  };
  return {
    consistency: "strong",
    get: (key) => send("get", key),
    put: (key, value, seconds) => send("put", key, seconds, value),
    add: async (key, seconds, value = "1") => (await send("add", key, seconds, value)) === true,
  };
}
