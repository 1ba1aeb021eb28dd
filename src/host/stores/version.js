// The version of a server's decisions, in a store: a text that every announced change replaces. A store that loses it gets another one,
// never the same.
import { STORE_TIMEOUT, VERSION_SECONDS } from "../../../generated/stores.js";
import { withDeadline } from "../mcp/deadline.js";
import { unusable } from "./unusable.js";

/** @typedef {Pick<import("./entry.js").Store, "get" | "put">} Versioned */

/** @param {string} baseUrl */
export const versionKey = (baseUrl) => `version:${baseUrl}`;

/**
 * Waits for a store, for so long.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} ask
 * @param {number} [timeout] in milliseconds
 * @returns {Promise<T>}
 */
export async function inTime(ask, timeout = STORE_TIMEOUT) {
  /** @type {AbortSignal | undefined} */
  let over;
  const asked = (/** @type {AbortSignal} */ signal) => {
    over = signal;
    return ask(signal);
  };
  return withDeadline(timeout, asked).catch((error) => {
    throw over?.aborted ? unusable("it did not answer in time") : error;
  });
}

/**
 * The version that holds now.
 *
 * @param {Versioned} store
 * @param {string} key
 * @returns {Promise<string>}
 */
export async function readVersion(store, key) {
  const known = await store.get(key);
  if (typeof known === "string" && known !== "") return known;
  return changeVersion(store, key);
}

/**
 * Replaces the version.
 *
 * @param {Versioned} store
 * @param {string} key
 * @returns {Promise<string>}
 */
export async function changeVersion(store, key) {
  const version = crypto.randomUUID();
  await store.put(key, version, VERSION_SECONDS);
  return version;
}
