// What is remembered between requests, of bounded size: tokens that were valid a moment ago, and whose a session is.

const MOST = 10_000;
const LONGEST = 5_000; // Milliseconds: as long as a decision cache keeps what it allows.

// The monotonic clock may stop while the machine sleeps, and the wall clock may be put back: the larger age counts.
const clocks = () => [performance.now(), Date.now()];

/**
 * Remembers that callers have a valid token, for five seconds, or until the client changes an agent.
 *
 * @param {any} kavach
 */
export function validTokens(kavach) {
  const mutations = kavach[Symbol.for("kavachos.client")]?.mutations;
  const begin = () => [mutations?.count, ...clocks()];
  /** @type {Map<string, number[]>} */
  const entries = new Map();
  return {
    /** @param {string} caller */
    has(caller) {
      const [count, ...times] = entries.get(caller) ?? [NaN];
      return count === mutations?.count && clocks().every((time, index) => time - times[index] < LONGEST);
    },
    /** What is noted now counts, if `keep` is called with it. */
    begin,
    /** @type {(caller: string, begun: number[]) => void} */
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
