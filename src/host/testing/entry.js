// What `kavachos-wasm/testing` is bundled from.
export { provide } from "./module.js";
export { createTestServer } from "./test-server.js";
