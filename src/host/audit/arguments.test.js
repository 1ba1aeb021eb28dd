import assert from "node:assert/strict";
import { it } from "node:test";
import { auditOf, filtersOf, isCount, membersOf } from "./arguments.js";

const invalid = (/** @type {string | RegExp} */ message) => ({ code: "INVALID_ARGUMENT", message });

it("finds the audit of a client", () => {
  class Audit {
    queryBytes() {}
    exportStream() {}
  }
  const audit = new Audit();
  assert.equal(auditOf(audit), audit);
  assert.equal(auditOf({ audit }), audit);
  for (const bad of [undefined, null, 5, {}, { audit: { queryBytes() {} } }])
    assert.throws(() => auditOf(bad), invalid("client must be a KavachClient, or its audit"));
});

it("copies known members of plain objects", () => {
  assert.deepEqual(membersOf({ a: 1 }, ["a"], "options"), { __proto__: null, a: 1 });
  assert.deepEqual(membersOf(null, ["a"], "options"), { __proto__: null });
  for (const bad of [5, "x", [], new Map(), new AbortController().signal])
    assert.throws(() => membersOf(bad, ["a"], "options"), invalid("options must be an object"));
  assert.throws(
    () => membersOf({ limitt: 1 }, ["limit"], "filters"),
    invalid(/^filters\.limitt must be left out.*"limit"/),
  );
});

it("checks the filters that are applied here", () => {
  const since = new Date(0);
  const copy = filtersOf({ since, limit: 5, userId: null, actions: ["read"] });
  assert.deepEqual({ ...copy }, { since, limit: 5, actions: ["read"] });
  assert.notEqual(copy.since, since);
  for (const bad of [-1, 1.5, "1", Number.NaN])
    assert.throws(() => filtersOf({ limit: bad }), invalid(/^filters\.limit/));
  assert.throws(() => filtersOf({ actions: "read" }), invalid("filters.actions must be an array of strings"));
  for (const bad of ["", "a,b", 5, null]) assert.throws(() => filtersOf({ actions: [bad] }), invalid(/actions\[0\]/));
  assert.deepEqual([0, 3, -1, 0.5, "1"].map(isCount), [true, true, false, false, false]);
});
