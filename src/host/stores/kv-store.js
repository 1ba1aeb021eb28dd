// A store in Cloudflare KV, which other places see up to a minute later: for what may be stale.
import { invalid } from "../errors/light.js";

const SHORTEST = 60; // KV refuses less, in seconds.

/** @type {typeof import("./entry.js").kvStore} */
export function kvStore(/** @type {any} */ namespace) {
  if (typeof namespace?.put !== "function" || typeof namespace.get !== "function")
    throw invalid("namespace must be a KV namespace, such as env.KAVACHOS_KV");
  return {
    consistency: "eventual",
    async get(key) {
      const text = await namespace.get(key);
      const at = text?.indexOf(" ") ?? -1;
      return at > 0 && Number(text.slice(0, at)) > Date.now() ? text.slice(at + 1) : null;
    },
    async put(key, value, seconds) {
      const until = Date.now() + seconds * 1000;
      await namespace.put(key, `${until} ${value}`, { expirationTtl: Math.max(SHORTEST, Math.ceil(seconds)) });
    },
  };
}
