// The request that stands for "is this token valid?".
import assert from "node:assert/strict";
import { it } from "node:test";
import { toDecisionRequest } from "./decision-request.js";
import { TOKEN_ONLY } from "./token-only.js";

it("is a request that the server accepts, and cannot be changed", () => {
  assert.deepEqual(toDecisionRequest(TOKEN_ONLY), { action: "validate", resource: "kavachos:token" });
  assert.ok(Object.isFrozen(TOKEN_ONLY));
});
