import assert from "node:assert/strict";
import { it } from "node:test";
import { FIELDS } from "../../../generated/audit.js";
import { conditionsOf } from "./conditions.js";

it("takes moments as text, dates and numbers, from full seconds on", () => {
  const moment = Date.UTC(2026, 0, 31, 9, 30) + 250;
  for (const since of [moment, new Date(moment), new Date(moment).toISOString()])
    assert.deepEqual(conditionsOf({ since }).span, [moment - 250, Number.POSITIVE_INFINITY]);
  assert.deepEqual(conditionsOf({ until: moment }).span, [Number.NEGATIVE_INFINITY, moment]);
  assert.deepEqual(conditionsOf({ since: 0, until: 5 }).span, [0, 5]);
  assert.deepEqual(conditionsOf({ until: 0 }).span, [Number.NEGATIVE_INFINITY, 0]);
  assert.equal(conditionsOf({ since: null, until: undefined }).span, undefined);
  for (const since of ["yesterday", "2026-13-01", Number.NaN, Number.POSITIVE_INFINITY, true, {}])
    assert.throws(() => conditionsOf({ since }), { code: "INVALID_ARGUMENT", message: /^filter\.since must be/ });
});

it("takes a text, null, or several", () => {
  const { fields } = conditionsOf({
    result: "denied",
    reason: null,
    outcome: ["x", null],
    userId: undefined,
    action: [],
  });
  const found = fields.map(([field, texts]) => [FIELDS[field], ...texts]);
  assert.deepEqual(found, [["result", "denied"], ["reason", null], ["outcome", "x", null], ["action"]]);
});

it("names what is wrong", () => {
  for (const bad of [undefined, null, 5, [], "x"])
    assert.throws(() => conditionsOf(bad), { code: "INVALID_ARGUMENT", message: /^filter must be an object such as/ });
  assert.throws(() => conditionsOf({ result: 5 }), {
    message: "filter.result must be a string, null, or an array of them",
  });
  assert.throws(() => conditionsOf({ result: ["x", 5] }), { message: "filter.result[1] must be a string or null" });
  assert.throws(() => conditionsOf({ resutl: "x" }), { message: /^filter\.resutl must be left out/ });
});
