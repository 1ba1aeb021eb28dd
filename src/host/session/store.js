// Where what must outlive a page is kept: a session, or the tokens of an MCP client. A storage that fails costs the next visit, never
// this one.
import { attempt } from "./host.js";

const PATIENCE = 5_000; // For a storage that answers later, or never.

/**
 * How something is written, and read as what anybody may have written there.
 *
 * @template {{ stamp: number }} T
 * @typedef {object} Codec
 * @property {(stored: T) => string} written
 * @property {(value: unknown) => T | undefined} read
 */

/**
 * @template {{ stamp: number }} T
 * @param {import("./host.js").Host} host
 * @param {{ storage: any, key: string }} settings
 * @param {Codec<T>} codec
 */
export function storeOf(host, { storage, key }, { written, read }) {
  /** @type {any} */
  let place;
  // Reading the property alone throws where cookies are blocked.
  if (storage === "local" || storage === "session")
    place = attempt(() => host.storage(/** @type {any} */ (`${storage}Storage`)));
  else if (storage !== "memory") place = storage;
  /** What was written last: it stands in for a storage that does not take it. @type {T | undefined} */
  let last;
  /** The write that is in flight. @type {Promise<void> | undefined} */
  let writing;

  /** One write after the other, so that what is written last stays. @returns {Promise<void> | undefined} */
  const put = () => {
    const stored = /** @type {T} */ (last);
    const result = attempt(() => place?.setItem(key, written(stored)));
    if (typeof result?.then !== "function") return undefined;
    return new Promise((resolve) => {
      let isOver = false;
      const settle = () => {
        if (isOver) return;
        isOver = true;
        off();
        writing = last === stored ? undefined : put();
        resolve(writing);
      };
      const off = host.after(PATIENCE, settle);
      Promise.resolve(result).then(settle, settle); // A thenable may call back before `writing` is set.
    });
  };

  /** @param {unknown} value */
  const parse = (value) => {
    const found = read(value);
    return found && !(last && last.stamp > found.stamp) ? found : last;
  };

  return {
    /** Whether other tabs find here what this one writes. */
    isShared: place !== undefined && storage !== "session",
    /** The key, if the browser tells other tabs of changes to it. */
    watched: storage === "local" ? key : undefined,
    parse,

    /** What is kept: at once, unless the storage answers later. @returns {T | undefined | Promise<T | undefined>} */
    read() {
      const value = attempt(() => place?.getItem(key));
      if (typeof value?.then !== "function") return parse(value);
      return new Promise((resolve) => {
        const off = host.after(PATIENCE, () => resolve(last));
        const settle = (/** @type {unknown} */ text) => {
          off();
          resolve(parse(text));
        };
        value.then(settle, settle);
      });
    },

    /** @param {T} stored @returns {Promise<void> | undefined} when it is written, if the storage says so later */
    write(stored) {
      last = stored;
      writing ??= put();
      return writing;
    },
  };
}
