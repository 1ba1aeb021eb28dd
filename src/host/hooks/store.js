// A value that changes, and those who want to know: what React, Vue and Svelte each bind in their own way.

/**
 * @template T
 * @typedef {object} Store
 * @property {() => T} get the value: the same object until it changes
 * @property {(listener: () => void) => () => void} subscribe calls a function after each change; returns what ends it
 */

/**
 * @template T
 * @param {T} value
 * @param {() => () => void} [begin] runs with the first listener, and what it returns runs with the end of the last
 * @returns {Store<T> & { set: (value: T) => void }}
 */
export function storeOf(value, begin) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {(() => void) | undefined} */
  let end;
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      // Its own function: the same one may be registered twice.
      const own = () => listener();
      listeners.add(own);
      if (listeners.size === 1) end = begin?.();
      return () => {
        if (listeners.delete(own) && listeners.size === 0) end?.();
      };
    },
  };
}
