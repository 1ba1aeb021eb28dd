import assert from "node:assert/strict";
import { it } from "node:test";
import { createClock } from "./clock.js";

it("stands still, runs or follows a function, and can be put forward", () => {
  const moment = Date.parse("2026-01-01T12:00:00Z");
  for (const option of [moment, new Date(moment), "2026-01-01T12:00:00Z", () => moment]) {
    const clock = createClock(option);
    assert.equal(clock.now(), moment);
    clock.advance(1500);
    assert.equal(clock.now(), moment + 1500);
  }
  const before = Date.now();
  const now = createClock().now();
  assert.ok(before <= now && now <= Date.now());
});

it("refuses what is no time", () => {
  for (const option of ["tomorrow", Number.NaN, new Date(Number.NaN), {}, null, true, 9e15])
    assert.throws(() => createClock(/** @type {any} */ (option)), {
      code: "INVALID_ARGUMENT",
      message: /^options\.clock/,
    });
  assert.throws(() => createClock(() => Number.NaN).now(), { code: "INVALID_ARGUMENT" });
  assert.throws(() => createClock(0).advance(Number.NaN), { code: "INVALID_ARGUMENT", message: /^milliseconds/ });
});
