// What `kavachos-wasm/session` exports.
export { createSession } from "./create-session.js";
