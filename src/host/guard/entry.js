// What `kavachos-wasm/guard` exports.
export { authorizeMany } from "./authorize-many.js";
export { decisionCache } from "./decision-cache.js";
export { guard } from "./guard.js";
export { protect } from "./protect.js";
