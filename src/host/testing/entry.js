// What `kavachos-wasm/testing` is bundled from.

export { createTestServer } from "./create-test-server.js";
export { provide } from "./module.js";
