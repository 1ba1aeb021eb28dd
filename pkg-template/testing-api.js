// What every entry for tests exports.
export { createTestServer } from "./kavachos_testing.js";
