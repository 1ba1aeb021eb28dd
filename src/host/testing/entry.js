// What `kavachos-wasm/testing` is bundled from.

export { createTestServer } from "./create-test-server.js";
export { agent, auditEntry, decision, delegation, permission, session, user } from "./fixtures.js";
export { provide } from "./module.js";
