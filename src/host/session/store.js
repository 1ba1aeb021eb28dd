// Where a session is kept between two visits. A storage that fails costs the next visit, never this one.
import { attempt } from "./host.js";
import { read, written } from "./record.js";

const PATIENCE = 5_000; // For a storage that answers later, or never.

/** @typedef {import("./record.js").Stored} Stored */

/**
 * @param {import("./host.js").Host} host
 * @param {import("./options.js").Settings} settings
 */
export function storeOf(host, { storage, key, isCookie }) {
  /** @type {any} */
  let place;
  // Reading the property alone throws where cookies are blocked.
  if (storage === "local" || storage === "session")
    place = attempt(() => host.storage(/** @type {any} */ (`${storage}Storage`)));
  else if (storage !== "memory") place = storage;
  /** What was written last: it stands in for a storage that does not take it. @type {Stored | undefined} */
  let last;
  let isWriting = false;

  /** One write after the other, so that what is written last stays. */
  const put = () => {
    const stored = /** @type {Stored} */ (last);
    const result = attempt(() => place?.setItem(key, written(stored)));
    if (typeof result?.then !== "function") return;
    isWriting = true;
    let isOver = false;
    const settle = () => {
      if (isOver) return;
      isOver = true;
      off();
      isWriting = false;
      if (last !== stored) put();
    };
    const off = host.after(PATIENCE, settle);
    result.then(settle, settle);
  };

  /** @param {unknown} value */
  const parse = (value) => {
    const found = read(value, isCookie);
    return found && !(last && last.stamp > found.stamp) ? found : last;
  };

  return {
    /** Whether other tabs find here what this one writes. */
    isShared: place !== undefined && storage !== "session",
    /** The key, if the browser tells other tabs of changes to it. */
    watched: storage === "local" ? key : undefined,
    parse,

    /** What is kept: at once, unless the storage answers later. @returns {Stored | undefined | Promise<Stored | undefined>} */
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

    /** @param {Stored} stored */
    write(stored) {
      last = stored;
      if (!isWriting) put();
    },
  };
}
