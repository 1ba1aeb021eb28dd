import assert from "node:assert/strict";
import { it } from "node:test";
import { percentilesOf } from "./percentiles.js";

it("interpolates between known numbers", () => {
  const found = percentilesOf(Float64Array.of(4, Number.NaN, 1, 2, Number.NaN, 3), [0, 50, 100, 10]);
  assert.deepEqual(found, { values: [1, 2.5, 4, 1.3], count: 4 });
  assert.deepEqual(percentilesOf(new Float64Array(), [50]), { values: [Number.NaN], count: 0 });
});
