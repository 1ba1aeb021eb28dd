// What `kavachos-wasm/audit` is bundled from.
export { exportRows } from "./export-rows.js";
export { provide } from "./module.js";
export { ndjson } from "./ndjson.js";
export { outcomeOf } from "./outcome.js";
export { scan } from "./scan.js";
