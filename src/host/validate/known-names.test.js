// Unknown names.
import assert from "node:assert/strict";
import { it } from "node:test";
import { isAllowed, leftOut, nearestName } from "./known-names.js";

const KNOWN = ["requireApproval", "maxCallsPerHour", "timeWindow", "ipAllowlist"];

it("suggests the name that was meant", () => {
  for (const [name, meant] of [
    ["require_approval", "requireApproval"],
    ["RequireApproval", "requireApproval"],
    ["requiresApproval", "requireApproval"],
    ["max_calls_per_hour", "maxCallsPerHour"],
    ["timewindow", "timeWindow"],
    ["ipAllowList", "ipAllowlist"],
  ])
    assert.equal(nearestName(name, KNOWN), meant, name);
});

it("suggests nothing where no name is alike, and lists the names then", () => {
  for (const name of ["budget", "maxCalls"]) assert.equal(nearestName(name, KNOWN), undefined);
  assert.equal(nearestName("", KNOWN), undefined);
  assert.equal(nearestName("a", []), undefined);
  assert.equal(leftOut("budget", ["a", "b"]), "left out: the name is not known. Known names: a, b");
  assert.equal(leftOut("nam", ["name"]), 'left out: the name is not known. Did you mean "name"?');
});

it("takes no time for a name of megabytes", () => {
  const before = performance.now();
  nearestName("x".repeat(5_000_000), KNOWN);
  assert.ok(performance.now() - before < 200);
});

it("allows all names, those of a list, or none", () => {
  assert.equal(isAllowed("a", true), true);
  assert.equal(isAllowed("a", ["a"]), true);
  for (const allowed of [["b"], [], undefined, false, null, "a", { a: true }])
    assert.equal(isAllowed("a", allowed), false);
});
