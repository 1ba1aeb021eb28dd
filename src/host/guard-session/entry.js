// What `kavachos-wasm/guard-session` exports. `kavachos-wasm/guard` loads it at the first call of `guardSession`.
export { guardSession } from "./guard-session.js";
export { sessionFrom } from "./session-from.js";
