// What `kavachos-wasm/svelte` exports.

export { createKavachClient } from "./client.js";
export { createAgentStore, createAuditStore, createDecisionStore } from "./stores.js";
