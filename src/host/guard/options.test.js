// Reading options.
import assert from "node:assert/strict";
import { it } from "node:test";
import { functionOption, numberOption, readOptions } from "./options.js";

it("separates the call options", () => {
  const { signal } = new AbortController();
  const { given, call } = readOptions({ signal, timeout: 5, dedupe: false }, ["dedupe"]);
  assert.equal(given.dedupe, false);
  assert.deepEqual({ ...call }, { signal, timeout: 5 });
  assert.equal(Object.getPrototypeOf(call), null);
  for (const none of [undefined, null]) assert.deepEqual({ ...readOptions(none, []).call }, {});
});

it("refuses unknown names and what is no signal", () => {
  assert.throws(() => readOptions({ token: "kv_1" }, []), /options.token must be left out/);
  for (const signal of [{}, "x", { aborted: false }])
    assert.throws(() => readOptions({ signal }, []), { message: "options.signal must be an AbortSignal" });
});

it("checks numbers", () => {
  const number = (value, ...limits) => numberOption({ value }, "value", 7, ...limits);
  assert.equal(number(undefined, 0), 7);
  assert.equal(number(0, 0), 0);
  assert.equal(number(0.5, 0, 1, 0), 0.5);
  assert.equal(number(Number.POSITIVE_INFINITY, 1), Number.POSITIVE_INFINITY);
  for (const value of [-1, 0.5, Number.NaN, "1", 11])
    assert.throws(() => number(value, 0, 10), { message: "options.value must be a whole number from 0 to 10" });
  assert.throws(() => number(0, 1, undefined, 0), { message: "options.value must be a number from 1 to Infinity" });
});

it("checks functions", () => {
  const given = { run() {}, other: 1 };
  assert.equal(functionOption(given, "run"), given.run);
  assert.equal(functionOption(given, "none"), undefined);
  assert.throws(() => functionOption(given, "none", true), { message: "options.none must be a function" });
  assert.throws(() => functionOption(given, "other"), { message: "options.other must be a function" });
});
