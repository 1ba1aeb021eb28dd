// What `kavachos-wasm/guard` exports.

export { sessionFrom } from "../guard-session/session-from.js";
export { authorizeMany } from "./authorize-many.js";
export { decisionCache } from "./decision-cache.js";
export { guard } from "./guard.js";
export { protect } from "./protect.js";

/**
 * The guard of people is a separate file, loaded at the first call: programs that guard agents alone do not load it.
 *
 * @type {typeof import("./entry.js").guardSession}
 */
export async function guardSession(...given) {
  const loaded = await import("kavachos-wasm/guard-session");
  return loaded.guardSession(...given);
}
