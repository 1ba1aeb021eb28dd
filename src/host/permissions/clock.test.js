import assert from "node:assert/strict";
import { test } from "node:test";
import { clockOf, timeOfDay } from "./clock.js";

test("the time of day is that of the zone", () => {
  assert.equal(timeOfDay("UTC", 0), "00:00");
  assert.equal(timeOfDay("Asia/Tokyo", Date.UTC(2026, 0, 1, 15, 4)), "00:04");
});

test("clocks are made once, and zones have to exist", () => {
  assert.equal(clockOf("UTC"), clockOf("UTC"));
  assert.throws(() => clockOf("Nowhere"), { code: "INVALID_ARGUMENT", message: /context.timezone must be the name/ });
});
