// A store in the memory of this program, for tests and for servers of one process.
import { smallOptions } from "../validate/small-options.js";

/** @type {typeof import("./entry.js").memoryStore} */
export function memoryStore(options) {
  const { max } = smallOptions(options ?? {}, {
    max: [(max) => Number.isInteger(max) && max > 0, "a whole number of 1 or more", 10_000],
  });
  /** @type {Map<string, { value: string, until: number }>} */
  const entries = new Map();
  const find = (/** @type {string} */ key) => {
    const entry = entries.get(key);
    if (entry && entry.until > Date.now()) return entry.value;
    entries.delete(key);
    return null;
  };
  const keep = (/** @type {string} */ key, /** @type {string} */ value, /** @type {number} */ seconds) => {
    entries.delete(key);
    entries.set(key, { value, until: Date.now() + seconds * 1000 });
    if (entries.size > max) entries.delete(/** @type {string} */ (entries.keys().next().value));
  };
  return {
    consistency: "strong",
    get: async (key) => find(key),
    put: async (key, value, seconds) => keep(key, value, seconds),
    async add(key, seconds, value = "1") {
      if (find(key) !== null) return false;
      keep(key, value, seconds);
      return true;
    },
  };
}
