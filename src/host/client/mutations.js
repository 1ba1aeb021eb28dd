// Counts the calls that can change decisions, for all clients of a server in this process: a decision that was made before such a
// call, or while it was in flight, must not be kept. Copies of the package share the counts.

/** @typedef {{ count: number }} Mutations */

const KEY = Symbol.for("kavachos.mutations");
const MANY = 1000;

/**
 * The count of a server, which grows when such a call starts and when it settles.
 *
 * @param {string} baseUrl
 * @returns {Mutations}
 */
export function mutationsOf(baseUrl) {
  const shared = /** @type {any} */ (globalThis);
  /** @type {Map<string, { deref: () => Mutations | undefined }>} */
  const known = Object.hasOwn(shared, KEY) ? shared[KEY] : new Map();
  shared[KEY] = known;
  // Workers of a compatibility date before May 2025 have no WeakRef: there all servers share one count, which is as safe.
  const Weak = globalThis.WeakRef;
  const key = Weak ? baseUrl : "";
  const found = known.get(key)?.deref();
  if (found) return found;
  if (known.size >= MANY) for (const [url, ref] of known) if (!ref.deref()) known.delete(url);
  const mutations = { count: 0 };
  known.set(key, Weak ? new Weak(mutations) : { deref: () => mutations });
  return mutations;
}
