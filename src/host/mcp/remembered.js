// What is remembered between requests, of bounded size: tokens that were valid a moment ago, and whose a session is.
import { CLIENT } from "../guard/authorizer.js";
import { now } from "../guard/deadline.js";

const MOST = 10_000;
const LONGEST = 5_000; // Milliseconds: as long as a decision cache keeps what it allows.

// The monotonic clock may stop while the machine sleeps, and the wall clock may be put back: the larger age counts.
export const clocks = () => [now(), Date.now()];

/**
 * Remembers that callers have a valid token, for five seconds, or until the client changes an agent.
 *
 * @param {any} kavach
 */
export function validTokens(kavach) {
  const mutations = kavach[CLIENT]?.mutations ?? { count: 0 };
  /** @type {Map<string, { times: number[], count: number }>} */
  const entries = new Map();
  return {
    /** @param {string} caller */
    has(caller) {
      const entry = entries.get(caller);
      if (!entry) return false;
      const isFresh = clocks().every((time, index) => time - entry.times[index] < LONGEST);
      return isFresh && entry.count === mutations.count;
    },
    /** What is noted now counts, if `keep` is called with it. */
    begin: () => ({ times: clocks(), count: mutations.count }),
    /** @type {(caller: string, begun: { times: number[], count: number }) => void} */
    keep: (caller, begun) => put(entries, caller, begun),
  };
}

/**
 * @template T
 * @param {Map<string, T>} entries
 * @param {string} key
 * @param {T} value
 */
export function put(entries, key, value) {
  entries.delete(key);
  entries.set(key, value);
  if (entries.size > MOST) entries.delete(/** @type {string} */ (entries.keys().next().value));
}
