// The checks without a loop (generated/validators.js) and the walk that they save (src/host/validate/conform.js) say the same; that the
// walk is right is for tests/agreement.rs. Here it is told nothing of those checks, by shapes that no type has.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { STRAIGHT } from "../../generated/validators.js";
import { mismatch } from "../../src/host/validate/conform.js";

const [TEXT, ID, FLAG, NUMBER, MAP, LIST, OBJECT] = [0, 1, 3, 4, 7, 8, 9].map((kind) => [kind, "said in words"]);
const list = (item) => [...LIST, item];
// The same members in another order: a type of which STRAIGHT knows nothing.
const object = (required, optional) => {
  const fields = (members, isRequired) => Object.entries(members).map(([name, form]) => [name, form, isRequired]);
  return [...OBJECT, ...[...fields(required, true), ...fields(optional, false)].reverse().flat()];
};

const timeWindow = object({ start: TEXT, end: TEXT }, {});
const constraints = object(
  {},
  {
    maxCallsPerHour: NUMBER,
    allowedArgPatterns: list(TEXT),
    requireApproval: FLAG,
    timeWindow,
    ipAllowlist: list(TEXT),
  },
);
const permission = object({ resource: TEXT, actions: list(TEXT) }, { constraints });
const texts = (...names) => Object.fromEntries(names.map((name) => [name, TEXT]));
const agent = object(
  {
    ...texts("id", "ownerId", "name", "token", "status", "createdAt", "updatedAt"),
    type: ID,
    permissions: list(permission),
  },
  { ...texts("expiresAt", "tenantId"), metadata: MAP },
);
const decision = object({ allowed: FLAG, auditId: TEXT }, { reason: TEXT });
const entry = object(
  {
    ...texts("id", "agentId", "userId", "action", "resource", "timestamp"),
    parameters: MAP,
    result: ID,
    durationMs: NUMBER,
  },
  { reason: TEXT, tokensCost: NUMBER },
);
const forms = { timeWindow, constraints, permission, agent, decision, entry };

// The members of a form, as STRAIGHT has them, in whatever order.
const membersOf = ([, , ...fields]) =>
  fields
    .flatMap((name, at) => (at % 3 === 0 ? [`${name}${fields[at + 1][0]}${fields[at + 2] ? "" : "?"}`] : []))
    .sort()
    .join(" ");
const checks = new Map(
  Object.entries(STRAIGHT).map(([members, check]) => [members.trim().split(" ").sort().join(" "), check]),
);

// Values of a form, and now and then ones of any.
function valuesOf(form) {
  const [kind, , ...rest] = form;
  const right = {
    0: () => fc.string(),
    1: () => fc.oneof(fc.string({ minLength: 1 }), fc.constant("\ud800")),
    3: () => fc.boolean(),
    4: () => fc.double(),
    7: () => fc.oneof(fc.object({ maxKeys: 2 }), fc.constant(new Date(0))),
    8: () => fc.oneof(fc.array(valuesOf(rest[0]), { maxLength: 2 }), fc.constant(new Array(2))),
    9: () => {
      const names = rest.filter((_, at) => at % 3 === 0);
      const members = names.map((name) => [name, valuesOf(rest[rest.indexOf(name) + 1])]);
      const required = names.filter((name) => rest[rest.indexOf(name) + 2]);
      const whole = fc.record(Object.fromEntries(members), { requiredKeys: required });
      return fc.oneof(
        { weight: 20, arbitrary: whole },
        fc.array(fc.string()),
        fc.constant(Object.assign([], { start: "", end: "" })),
      );
    },
  }[kind]();
  const strange = fc.constantFrom(
    null,
    undefined,
    0,
    Number.NaN,
    "",
    "text",
    true,
    [],
    {},
    [1],
    ["a"],
    new Date(0),
    1n,
  );
  return fc.oneof({ weight: 30, arbitrary: right }, strange);
}

test("every check has its form here", () =>
  assert.deepEqual([...checks.keys()].sort(), Object.values(forms).map(membersOf).sort()));

for (const [name, form] of Object.entries(forms)) {
  test(`${name}: both say the same`, () => {
    const check = checks.get(membersOf(form));
    const seen = { right: 0, wrong: 0 };
    fc.assert(
      fc.property(valuesOf(form), (value) => {
        const isRight = mismatch(value, form) === undefined;
        seen[isRight ? "right" : "wrong"]++;
        assert.equal(check(value), isRight);
      }),
      { numRuns: 3000, seed: 5 },
    );
    assert.ok(seen.right > 100 && seen.wrong > 100, JSON.stringify(seen));
  });
}
