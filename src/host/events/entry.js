// What `kavachos-wasm/events` exports.
export { events } from "./events.js";
