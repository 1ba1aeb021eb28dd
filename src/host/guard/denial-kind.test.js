// Classifying denials.
import assert from "node:assert/strict";
import { it } from "node:test";
import { denialKind, isUngranted } from "./denial-kind.js";

const REASONS = {
  "No permission grants read on mcp:a": "insufficient-scope",
  "Invalid or expired agent token": "invalid-token",
  'Agent "a\nb" is revoked': "invalid-token",
  'Agent "a" is expired': "invalid-token",
  "Rate limit exceeded: 5 of 5 calls": "rate-limited",
  "This action requires human approval": "approval-required",
  "Action is only allowed between 09:00 and 17:00": "outside-time-window",
  'Argument "x" does not match': "arguments-not-allowed",
  "IP_NOT_ALLOWED: 203.0.113.1": "address-not-allowed",
  "Invalid or expired agent token, or so": "denied",
  "because No permission grants it": "denied",
  "": "denied",
};

it("goes by the server's words", () => {
  for (const [reason, kind] of Object.entries(REASONS)) assert.equal(denialKind(reason), kind, reason);
  assert.equal(denialKind(undefined), "denied");
});

it("knows when no permission matches", () => {
  const ungranted = Object.keys(REASONS).filter(isUngranted);
  assert.deepEqual(ungranted, ["No permission grants read on mcp:a"]);
});
