// Which decisions may be cached.
import assert from "node:assert/strict";
import { it } from "node:test";
import { areUnconstrained, isCacheableDenial } from "./cacheability.js";

it("caches denials that come before constraints", () => {
  for (const reason of ["No permission grants a on b", "Invalid or expired agent token", 'Agent "a" is revoked'])
    assert.ok(isCacheableDenial(reason), reason);
  for (const reason of [
    "Rate limit exceeded",
    "This action requires human approval",
    "IP_NOT_ALLOWED: x",
    "",
    undefined,
  ])
    assert.ok(!isCacheableDenial(reason), reason);
});

it("caches allowed requests without constraints", () => {
  const free = { resource: "mcp:*", actions: ["read"] };
  assert.ok(
    areUnconstrained([free, { ...free, constraints: {} }, { ...free, constraints: { maxCallsPerHour: null } }]),
  );
  const others = [
    ...[undefined, null, [], {}, "x", [free, undefined], [{ ...free, resource: "" }], [{ ...free, actions: "read" }]],
    ...[[{ ...free, constraints: { maxCallsPerHour: 5 } }], [{ ...free, constraints: { unknown: 1 } }]],
    ...[[{ ...free, constraints: [] }], [{ ...free, limits: {} }], [Object.create(free)]],
  ];
  for (const permissions of others) assert.ok(!areUnconstrained(permissions), JSON.stringify(permissions));
});
