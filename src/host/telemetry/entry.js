// What `kavachos-wasm/telemetry` exports.
export { openTelemetry } from "./open-telemetry.js";
