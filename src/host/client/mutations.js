// Counts the calls that change what decisions fall out, for all clients of a server in this process: a decision that was
// made before such a call, or while it was on its way, must not be kept. Copies of the package share the counts.

const KEY = Symbol.for("kavachos.mutations");
const MANY = 1000;

/** `{ count }` for a server, which grows when a changing call starts and when it settles. */
export function mutationsOf(baseUrl) {
  globalThis[KEY] ??= new Map();
  const known = globalThis[KEY];
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
