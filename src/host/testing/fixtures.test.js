import assert from "node:assert/strict";
import { it } from "node:test";
import { agent, auditEntry, decision, delegation, permission, session, user } from "./fixtures.js";

it("changes some members, and shares none", () => {
  const permissions = [permission({ resource: "own:*" })];
  const made = agent({ name: "reader", permissions, expiresAt: "2027-01-01T00:00:00Z" });
  assert.deepEqual([made.id, made.name, made.expiresAt], ["agent-1", "reader", "2027-01-01T00:00:00Z"]);
  assert.deepEqual(made.permissions, permissions);
  assert.notEqual(made.permissions[0], permissions[0]);
  assert.deepEqual(agent({ metadata: undefined }), agent());
  assert.equal(auditEntry({ result: "denied" }).id, "audit-entry-1");
  assert.equal(delegation().toAgent, "agent-2");
  assert.equal(user({ email: "ann@x.test" }).email, "ann@x.test");
  assert.deepEqual(session(), { userId: "user-123" });
});

it("gives a reason with each denial", () => {
  assert.deepEqual(decision(), { allowed: true, auditId: "audit-1" });
  assert.deepEqual(decision({ allowed: false }), { allowed: false, auditId: "audit-1", reason: "No permission" });
  assert.equal(decision({ allowed: false, reason: "Expired" }).reason, "Expired");
});

it("refuses what no server sends", () => {
  for (const [make, message] of /** @type {[() => unknown, RegExp][]} */ ([
    [() => agent({ metdata: {} }), /^agent\.metdata must be left out: .* Did you mean "metadata"\?$/],
    [() => agent({ name: 5 }), /^agent\.name must be a string$/],
    [
      () => agent({ permissions: [{ resource: "a" }] }),
      /^agent\.permissions\[0\]\.actions must be an array of strings$/,
    ],
    [() => agent({ createdAt: new Date(0) }), /^agent\.createdAt must be .* Pass date\.toISOString\(\)$/],
    [() => agent(null), /^agent must be a plain object$/],
    [() => agent([]), /^agent must be a plain object$/],
    [() => decision({ allowed: "yes" }), /^decision\.allowed must be a boolean$/],
  ]))
    assert.throws(make, { code: "INVALID_ARGUMENT", message });
});
