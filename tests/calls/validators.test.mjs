// The generated validators (generated/validators.js) and the walk that they save (src/host/validate/validate.js) say the same; that the
// walk is right is for tests/agreement.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  AGENT,
  AUDIT_ENTRY,
  AUTHORIZE_RESULT,
  PERMISSION,
  PERMISSION_CONSTRAINTS,
  TIME_WINDOW,
} from "../../generated/schemas.js";
import * as validators from "../../generated/validators.js";
import { validate } from "../../src/host/validate/validate.js";

const forms = { TIME_WINDOW, PERMISSION_CONSTRAINTS, PERMISSION, AGENT, AUTHORIZE_RESULT, AUDIT_ENTRY };

// A schema without the validators of its objects.
const walked = (schema) =>
  schema.map((part) => {
    if (typeof part === "function") return undefined;
    return Array.isArray(part) ? walked(part) : part;
  });

// Values of a form, and now and then ones of any.
function valuesOf(form) {
  const [kind, , ...parts] = form;
  const rest = kind === 9 ? parts.slice(1) : parts;
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

test("every validator belongs to a schema here", () =>
  assert.deepEqual(new Set(Object.values(forms).map(([, , check]) => check)), new Set(Object.values(validators))));

for (const [name, form] of Object.entries(forms)) {
  test(`${name}: both say the same`, () => {
    const [, , check] = form;
    const bare = walked(form);
    const seen = { right: 0, wrong: 0 };
    fc.assert(
      fc.property(valuesOf(form), (value) => {
        const isRight = validate(value, bare) === undefined;
        seen[isRight ? "right" : "wrong"]++;
        assert.equal(check(value), isRight);
      }),
      { numRuns: 3000, seed: 5 },
    );
    assert.ok(seen.right > 100 && seen.wrong > 100, JSON.stringify(seen));
  });
}
