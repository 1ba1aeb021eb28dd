// A store in Deno KV. Its entries may outlive their expiry, so each says itself until when it counts.
import { invalid } from "../errors/light.js";

const TRIES = 10;
const PAUSE = 20; // Milliseconds.

/** @type {typeof import("./entry.js").denoKvStore} */
export function denoKvStore(/** @type {any} */ kv) {
  if (typeof kv?.atomic !== "function" || typeof kv.get !== "function")
    throw invalid("kv must be what Deno.openKv() resolves to");
  const keyOf = (/** @type {string} */ key) => ["kavachos", key];
  const find = async (/** @type {string} */ key) => {
    const entry = await kv.get(keyOf(key), { consistency: "strong" });
    const isThere = entry.value?.until > Date.now();
    return { entry, value: isThere ? /** @type {string} */ (entry.value.value) : null };
  };
  /** @type {(value: string, seconds: number) => [object, object]} */
  const kept = (value, seconds) => [
    { value, until: Date.now() + seconds * 1000 },
    { expireIn: Math.max(1, Math.ceil(seconds * 1000)) },
  ];
  /** @type {<T>(write: () => Promise<T>) => Promise<T>} */
  const written = async (write) => {
    for (let tries = 1; ; tries++)
      try {
        return await write();
      } catch (error) {
        // A local database has one writer at a time.
        if (tries >= TRIES || !/locked|busy/.test(`${error}`)) throw error;
        await new Promise((resolve) => setTimeout(resolve, tries * Math.random() * PAUSE));
      }
  };
  return {
    consistency: "strong",
    get: async (key) => (await find(key)).value,
    async put(key, value, seconds) {
      await written(() => kv.set(keyOf(key), ...kept(value, seconds)));
    },
    async add(key, seconds, value = "1") {
      const found = await find(key);
      if (found.value !== null) return false;
      const { versionstamp } = found.entry;
      const change = () => kv.atomic().check({ key: keyOf(key), versionstamp });
      const commit = () =>
        change()
          .set(keyOf(key), ...kept(value, seconds))
          .commit();
      return (await written(commit)).ok === true;
    },
  };
}
