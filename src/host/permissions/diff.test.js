import assert from "node:assert/strict";
import { test } from "node:test";
import { diff } from "./diff.js";

const old = { resource: "a", actions: ["read"], constraints: { maxCallsPerHour: 1 } };
const fresh = { resource: "a", actions: ["write"], later: 5 };
const plain = (/** @type {string} */ resource, /** @type {object} */ more = {}) => ({
  resource,
  actions: ["read"],
  ...more,
});

test("a change names the very objects, and the constraints as they were and are", () => {
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
  const [one, other] = [plain("one"), plain("other")];
  const { same, added, removed, changed } = diff([one], [other]);
  assert.deepEqual([same, changed], [false, []]);
  assert.equal(added[0].rule, other);
  assert.equal(removed[0].rule, one);
  assert.equal(diff([], []).same, true);
});

test("equal ones are found before those on the same resource, whatever their order", () => {
  const [narrow, wide] = [plain("r", { constraints: { requireApproval: true } }), plain("r")];
  const { same, reordered, added, removed, changed } = diff([narrow, wide], [wide, narrow]);
  assert.deepEqual([same, reordered, added, removed, changed], [false, true, [], [], []]);
  const before = { ...wide, actions: ["read", "write"] };
  assert.equal(diff([before, narrow], [narrow, wide]).changed[0].before.rule, before);
});

test("constraints are compared by what they say, and known ones come first", () => {
  const limits = (/** @type {object} */ constraints) => [plain("r", { constraints })];
  const names = (/** @type {object} */ one, /** @type {object} */ other) =>
    diff(limits(one), limits(other), { allowUnknown: ["later"] }).changed.flatMap(({ constraints }) =>
      constraints.map(({ name }) => name),
    );
  assert.deepEqual(names({}, {}), []);
  assert.deepEqual(names({ ipAllowlist: [] }, {}), ["ipAllowlist"]);
  assert.deepEqual(names({ ipAllowlist: ["a", "b"] }, { ipAllowlist: ["ab"] }), ["ipAllowlist"]);
  assert.deepEqual(names({ maxCallsPerHour: null }, {}), []);
  assert.deepEqual(names({ later: 1, ipAllowlist: [] }, { maxCallsPerHour: 1 }), [
    "maxCallsPerHour",
    "ipAllowlist",
    "later",
  ]);
  const window = (/** @type {string} */ end) => ({ timeWindow: { start: "09:00", end } });
  assert.deepEqual(names(window("10:00"), window("10:00")), []);
  assert.deepEqual(names(window("10:00"), window("11:00")), ["timeWindow"]);
});
