import assert from "node:assert/strict";
import { test } from "node:test";
import { CONTEXT } from "./options.js";
import { PackedPermissions } from "./packed-permissions.js";

const packed = (/** @type {unknown} */ permissions, /** @type {object} */ more = {}) =>
  new PackedPermissions(permissions, { name: "permissions", options: undefined, known: CONTEXT, ...more });

const FULL = {
  resource: "a:ü",
  actions: ["read", "write"],
  constraints: {
    maxCallsPerHour: 2 ** 40,
    allowedArgPatterns: ["^a$"],
    requireApproval: false,
    timeWindow: { start: "09:00", end: "17:00" },
    ipAllowlist: [],
  },
};

test("permissions are packed member by member", () => {
  const { plan, words, list } = packed([FULL, { resource: "b", actions: [] }]);
  assert.deepEqual(plan, [3, 2, 4, 5, 1, 0xffff_ffff, 2, 3, 0, 1, 1, 5, 5, 1, 0, 1, 0, 0, 0]);
  assert.equal(words, "a:üreadwrite^a$09:0017:00b");
  assert.equal(list[0], FULL);
});

test("what the host says of a pattern goes along, and globs are not asked about", () => {
  const permission = { resource: "r", actions: [], constraints: { allowedArgPatterns: ["("] } };
  assert.match(packed([permission]).words, /^r\(Invalid regular expression/);
  assert.equal(packed([permission], { mode: "strict" }).words, "r(");
});

test("members that are let through go along as JSON", () => {
  const permission = { resource: "r", actions: [], later: { x: 1 } };
  const { plan, words } = packed([permission], { options: { allowUnknown: ["later"] } });
  assert.deepEqual([plan, words], [[1, 0, 0, 2, 5, 7], 'rlater{"x":1}']);
});

test("one will do where that is said", () => {
  assert.deepEqual(packed({ resource: "r", actions: [] }, { orOne: true }).plan, [1, 0, 0, 0]);
});

test("what is wrong is named", () => {
  for (const [permissions, message] of /** @type {[any, RegExp][]} */ ([
    [{ resource: "r", actions: [] }, /permissions must be an array of objects/],
    [Array(1), /permissions\[0\] must be an object/],
    [[{ resource: 5, actions: [] }], /permissions\[0\].resource must be a string/],
    [[{ resource: "r" }], /permissions\[0\].actions must be an array of strings/],
    [[{ ...FULL, constraints: { maxCallsPerHour: 0.5 } }], /maxCallsPerHour must be a whole number/],
    [[{ ...FULL, constraints: { requireApproval: 1 } }], /requireApproval must be a boolean/],
    [[{ ...FULL, constraints: { ipAllowlist: [5] } }], /ipAllowlist\[0\] must be a string/],
    [[{ ...FULL, constraint: {} }], /permissions\[0\].constraint must be left out.*"constraints"/],
  ]))
    assert.throws(() => packed(permissions), { code: "INVALID_ARGUMENT", message });
});
