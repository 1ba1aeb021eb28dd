import assert from "node:assert/strict";
import { test } from "node:test";
import { allows, decide } from "./decide.js";
import { answer, returns } from "./fake-module.js";

const rule = {};
const kept = () => ({ number: 0, rules: [rule], mode: /** @type {const} */ ("server") });
const request = { action: "read", resource: "a" };

test("no permission: the reason names the agent where it is known", () => {
  returns.find = () => -1;
  assert.deepEqual(decide(kept(), request, undefined), {
    allowed: false,
    reason: 'No permission grants access to "read" on "a"',
  });
  assert.match(decide(kept(), request, { agentName: "n" }).reason ?? "", /grants agent "n" access/);
  assert.equal(allows(kept(), "read", "a", undefined, undefined), false);
});

test("a permission without constraints allows", () => {
  returns.find = () => 0;
  assert.deepEqual(decide(kept(), request, undefined), { allowed: true, permission: { index: 0, rule } });
  assert.equal(allows(kept(), "read", "a", undefined, undefined), true);
});

test("constraints are judged by the module", () => {
  returns.find = () => 1;
  returns.judge = () => answer([0]);
  assert.deepEqual(decide(kept(), request, {}), { allowed: true, permission: { index: 0, rule } });
  returns.judge = () => answer([1, 3, 1, 2, 1, 2], "whyipip");
  assert.deepEqual(decide(kept(), request, undefined), {
    ...{ allowed: false, reason: "why", constraint: "ip", needs: ["ip"] },
    permission: { index: 0, rule },
  });
  assert.equal(allows(kept(), "read", "a", {}, undefined), false);
});

test("what has been disposed of is not asked", () => {
  const disposed = { ...kept(), number: undefined };
  assert.throws(() => decide(disposed, request, undefined), /it has been disposed of/);
  assert.throws(() => allows(kept(), 5, "a", undefined, undefined), /request.action must be a string/);
});
