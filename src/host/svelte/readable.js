// Stores as Svelte reads them: `$store` by its contract, and `store.current` where runes are used.
import { createSubscriber } from "svelte/reactivity";

/**
 * One member of a store's value.
 *
 * @param {{ get: () => any, subscribe: (listener: () => void) => () => void, initially: any }} store
 * @param {string} name
 */
export function readable({ get, subscribe, initially }, name) {
  const isServer = typeof document === "undefined";
  const read = () => (isServer ? initially : get())[name];
  const track = createSubscriber((update) => subscribe(update));
  return {
    /** @param {(value: any) => void} run */
    subscribe(run) {
      let last = read();
      run(last);
      if (isServer) return () => {};
      const show = () => {
        const value = read();
        if (value === last) return;
        last = value;
        run(value);
      };
      const end = subscribe(show);
      show();
      return end;
    },
    get current() {
      if (!isServer) track();
      return read();
    },
  };
}

/**
 * A readable for each member.
 *
 * @param {Parameters<typeof readable>[0]} store
 * @param {string[]} names
 * @returns {any}
 */
export const readables = (store, names) => Object.fromEntries(names.map((name) => [name, readable(store, name)]));
