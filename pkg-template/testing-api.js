// What every entry for tests exports.
export {
  agent,
  auditEntry,
  createTestServer,
  decision,
  delegation,
  permission,
  session,
  user,
} from "./kavachos_testing.js";
