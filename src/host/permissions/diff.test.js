import assert from "node:assert/strict";
import { test } from "node:test";
import { diff } from "./diff.js";
import { answer, listed, returns } from "./fake-module.js";

returns.open = () => 0;
const old = { resource: "a", actions: ["read"], constraints: { maxCallsPerHour: 1 } };
const fresh = { resource: "a", actions: ["write"], later: 5 };

test("a change names the very objects, and the constraints as they were and are", () => {
  const names = ["maxCallsPerHour", "later"];
  const numbers = [0, 0, 0, 0, 0, ...listed(["write"]), ...listed(["read"]), ...listed(names)];
  returns.diff = () => answer(numbers, ["write", "read", ...names].join(""));
  assert.deepEqual(diff([old], [fresh], { allowUnknown: true }), {
    ...{ same: false, reordered: false, added: [], removed: [] },
    changed: [
      {
        before: { index: 0, rule: old },
        after: { index: 0, rule: fresh },
        actions: { added: ["write"], removed: ["read"] },
        constraints: [
          { name: "maxCallsPerHour", before: 1 },
          { name: "later", after: 5 },
        ],
      },
    ],
  });
});

test("added and removed ones are of their lists", () => {
  returns.diff = () => answer([1, 1, 0, 1, 0]);
  const { same, reordered, added, removed } = diff([old], [fresh], { allowUnknown: true });
  assert.deepEqual([same, reordered, added[0].rule, removed[0].rule], [false, true, fresh, old]);
  returns.diff = () => answer([0, 0, 0]);
  assert.equal(diff([], []).same, true);
});
