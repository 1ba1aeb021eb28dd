import assert from "node:assert/strict";
import { it } from "node:test";
import { groupsOf } from "./groups.js";

it("sorts by time, then by count, and puts null for what is missing", () => {
  const found = Float64Array.of(60_000, 1, 0, 0, 1, 1, 0, 5, -1, Number.NaN, 2, 0);
  const time = (/** @type {number} */ at) => new Date(at).toISOString();
  assert.deepEqual(groupsOf(found, ["reason"], [["a", "b"]], true), [
    { time: null, reason: "a", count: 2 },
    { time: time(0), reason: null, count: 5 },
    { time: time(0), reason: "b", count: 1 },
    { time: time(60_000), reason: "a", count: 1 },
  ]);
  assert.deepEqual(groupsOf(Float64Array.of(Number.NaN, 3), [], [], false), [{ count: 3 }]);
});
