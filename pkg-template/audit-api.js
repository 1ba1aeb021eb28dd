// What every entry for audit logs of any size exports.
export { exportRows, ndjson, outcomeOf, scan } from "./kavachos_audit.js";
