import assert from "node:assert/strict";
import { it } from "node:test";
import { intervalsOf, timeOf } from "./intervals.js";

const UTC = [Number.NEGATIVE_INFINITY, 0];
const HOUR = 3_600_000;
const YEAR = { first: Date.UTC(2026, 0, 1), last: Date.UTC(2026, 11, 31) };

it("knows intervals by name and by length", () => {
  assert.deepEqual(intervalsOf(undefined, YEAR), [0, []]);
  assert.deepEqual(intervalsOf({ interval: "hour" }, YEAR), [HOUR, UTC]);
  assert.deepEqual(intervalsOf({ interval: 5, timeZone: null }, YEAR), [5, UTC]);
  for (const interval of ["week", "toString", 0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => intervalsOf({ interval }, YEAR), { code: "INVALID_ARGUMENT", message: /^options\.interval/ });
  assert.throws(() => intervalsOf({ interval: "day", timeZone: "Nowhere" }, YEAR), { message: /^options\.timeZone/ });
});

it("finds when clocks are changed", () => {
  const [, shifts] = intervalsOf({ interval: "day", timeZone: "Europe/Berlin" }, YEAR);
  const changes = [Date.UTC(2026, 2, 29, 1), 2 * HOUR, Date.UTC(2026, 9, 25, 1), HOUR];
  assert.deepEqual(shifts, [Number.NEGATIVE_INFINITY, HOUR, ...changes]);
  const none = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  assert.deepEqual(intervalsOf({ interval: "day", timeZone: "Europe/Berlin" }, none)[1], UTC);
});

it("writes when an interval begins", () => {
  assert.deepEqual([timeOf(0), timeOf(Number.NaN)], ["1970-01-01T00:00:00.000Z", null]);
});
