// Reading members of options, rules and requests.
import assert from "node:assert/strict";
import { it } from "node:test";
import { readMembers } from "./members.js";

it("copies own members, without undefined and null", () => {
  const members = readMembers({ a: 1, b: undefined, c: null, d: 0 }, ["a", "b", "c", "d"], "it");
  assert.deepEqual(Object.entries(members), [
    ["a", 1],
    ["d", 0],
  ]);
  assert.equal(Object.getPrototypeOf(members), null);
});

it("refuses unknown names, and suggests the nearest one", () => {
  const refused = (object) => () => readMembers(object, ["action", "resource"], "rule");
  assert.throws(refused({ acton: "read" }), {
    code: "INVALID_ARGUMENT",
    message: 'rule.acton must be left out: the name is not known. Did you mean "action"?',
  });
  assert.throws(refused({ zzz: 1 }), /Known names: action, resource/);
  assert.deepEqual(refused({ zzz: undefined })(), Object.create(null));
});

it("refuses everything but plain objects", () => {
  for (const value of [undefined, null, 1, "a", [], new Date(), new Map(), Object.create({})])
    assert.throws(() => readMembers(value, [], "it"), { message: "it must be a plain object" });
  readMembers(Object.create(null), [], "it");
});
