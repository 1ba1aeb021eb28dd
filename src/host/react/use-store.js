// A store as React sees it.
import { useSyncExternalStore } from "react";

/**
 * @template T
 * @param {{ get: () => T, subscribe: (listener: () => void) => () => void, initially: T }} store
 * @returns {T}
 */
export function useStore({ get, subscribe, initially }) {
  // While a page is rendered on a server, and while it is hydrated, nothing is asked.
  return useSyncExternalStore(subscribe, get, () => initially);
}
