// Keeps what the server said about a token for a short time. Each client has its own cache; it holds digests, not tokens.
import { now } from "../guard/deadline.js";
import { sha256 } from "./sha256.js";

const MOST = 1_000;

// The monotonic clock may stop while the machine sleeps, and the wall clock may be put back: the larger age counts.
const clocks = () => [now(), Date.now()];

/** @type {WeakMap<object, Map<string, { text: string, times: number[] }>>} */
const caches = new WeakMap();

/**
 * Looks up a token, or asks and keeps the answer.
 *
 * @template T
 * @param {object} client
 * @param {string} token
 * @param {number} ttl in milliseconds
 * @param {() => Promise<T | null>} ask
 * @param {(found: T) => boolean} isValid whether what is kept still holds
 * @returns {Promise<{ found: T | null, isCached: boolean }>}
 */
export async function cached(client, token, ttl, ask, isValid) {
  if (ttl === 0) return { found: await ask(), isCached: false };
  const entries = caches.get(client) ?? new Map();
  caches.set(client, entries);
  const key = await sha256(token);
  const entry = entries.get(key);
  if (entry) {
    const found = JSON.parse(entry.text);
    const ages = clocks().map((time, index) => time - entry.times[index]);
    if (ages.every((age) => age < ttl) && isValid(found)) return { found, isCached: true };
    entries.delete(key);
  }
  const times = clocks(); // The age begins when the question is sent.
  const found = await ask();
  entries.delete(key);
  if (found !== null) {
    entries.set(key, { text: JSON.stringify(found), times });
    if (entries.size > MOST) entries.delete(entries.keys().next().value);
  }
  return { found, isCached: false };
}
