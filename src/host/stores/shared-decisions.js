// What the decision caches of many isolates share: the version of a server's decisions, and decisions that were made under it.
import { LONGEST_SHARED, STORE_PAUSE } from "../../../generated/stores.js";
import { own } from "../validate/own.js";
import { isObject } from "../validate/type-guards.js";
import { inTime, readVersion, versionKey } from "./version.js";

const LARGEST = 16_384; // Characters of a decision.

/**
 * A decision, and for how many milliseconds it may still be served.
 *
 * @typedef {{ version: string, isAllow: boolean, text: string, left: number }} SharedDecision
 */

/**
 * @param {any} store
 * @param {string} baseUrl
 */
export function sharedDecisions(store, baseUrl) {
  const key = versionKey(baseUrl);
  let silentUntil = 0;
  const keyOf = (/** @type {string} */ hash) => `decision:${btoa(hash)}`;
  /** @type {<T>(ask: () => Promise<T>) => Promise<T | undefined>} */
  const asked = async (ask) => {
    if (performance.now() < silentUntil) return undefined;
    try {
      return await inTime(ask);
    } catch {
      silentUntil = performance.now() + STORE_PAUSE; // The server is asked meanwhile.
      return undefined;
    }
  };

  return {
    /** The version that holds; undefined where the store does not say. It is read for each request: what is announced counts at once. */
    version: () => asked(() => readVersion(store, key)),

    /**
     * A decision that another isolate made under a version.
     *
     * @param {string} hash
     * @param {string} version
     * @returns {Promise<SharedDecision | undefined>}
     */
    async get(hash, version) {
      const text = await asked(() => store.get(keyOf(hash)));
      return typeof text === "string" ? readDecision(text, version) : undefined;
    },

    /**
     * Gives a decision to other isolates. Nobody waits for that.
     *
     * @param {string} hash
     * @param {SharedDecision} decision
     */
    put(hash, { version, isAllow, text, left }) {
      if (text.length > LARGEST) return;
      const value = JSON.stringify([version, Date.now() + left, isAllow, text]);
      asked(() => store.put(keyOf(hash), value, left / 1000));
    },
  };
}

/**
 * @param {string} text
 * @param {string} wanted
 * @returns {SharedDecision | undefined}
 */
function readDecision(text, wanted) {
  try {
    const [version, until, isAllow, decision] = JSON.parse(text);
    const left = until - Date.now();
    // Whatever the clocks of others say, nothing is kept for longer than an allow ever is.
    if (version !== wanted || !(left > 0 && left <= LONGEST_SHARED)) return undefined;
    const made = JSON.parse(decision);
    const isDecision =
      isObject(made) && typeof own(made, "allowed") === "boolean" && typeof own(made, "auditId") === "string";
    // What a denial says is no allow, whatever stands beside it.
    return isDecision && (isAllow === true || made.allowed === false)
      ? { version, isAllow: isAllow === true, text: decision, left }
      : undefined;
  } catch {
    return undefined;
  }
}
