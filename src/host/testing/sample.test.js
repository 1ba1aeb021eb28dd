import assert from "node:assert/strict";
import { it } from "node:test";
import * as protocol from "../../../generated/protocol.js";
import { AGENT, AUDIT_ENTRIES, KAVACH_CLIENT_OPTIONS } from "../../../generated/schemas.js";
import { validate } from "../validate/validate.js";
import { sampleOf } from "./sample.js";

it("has the required members, each of the right type", () => {
  const made = sampleOf(AGENT, "agent");
  assert.equal(validate(made, AGENT), undefined);
  assert.deepEqual([made.id, made.ownerId, made.createdAt], ["agent-1", "user-123", "2026-01-01T12:00:00.000Z"]);
  assert.ok(!("expiresAt" in made));
  assert.equal(validate(sampleOf(AUDIT_ENTRIES, "auditEntry"), AUDIT_ENTRIES), undefined);
  assert.equal(sampleOf([protocol.KIND_CHOICE, "a or b", ["a", "b"]], "letter"), "a");
});

it("is new each time", () => {
  sampleOf(AGENT, "agent").permissions[0].actions.push("write");
  assert.deepEqual(sampleOf(AGENT, "agent").permissions[0].actions, ["read"]);
});

it("says of what there is no sample", () => {
  assert.throws(() => sampleOf(KAVACH_CLIENT_OPTIONS, "options"), /^TypeError: There is no sample of baseUrl/);
});
