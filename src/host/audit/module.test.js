import assert from "node:assert/strict";
import { it } from "node:test";
import { fakeModule } from "./fake-module.js";
import { call, pass, Slot, take, takeFloats, takeIntegers } from "./module.js";

const fake = fakeModule({
  add: (a, b) => a + b,
  trap() {
    fake.stack.value -= 100;
    throw new WebAssembly.RuntimeError("unreachable");
  },
  nested() {
    fake.stack.value = 400;
    assert.throws(() => call("trap"));
    assert.equal(fake.stack.value, 400);
    fake.stack.value = 500;
    return 1;
  },
  table_new: () => 7,
});
Object.assign(WebAssembly, { RuntimeError: Error });

it("calls exports, and makes the module at the first call", () => {
  assert.equal(typeof fake.imports, "undefined");
  assert.equal(call("add", 1, 2), 3);
  assert.equal(typeof fake.imports.host.parse, "function");
});

it("puts the stack pointer back after a trap", () => {
  assert.throws(() => call("trap"), /unreachable/);
  assert.equal(fake.stack.value, 500);
  assert.equal(call("nested"), 1);
});

it("passes arrays, each at a multiple of eight bytes", () => {
  fake.calls.length = 0;
  pass(Uint32Array.of(1, 2, 3), Uint8Array.of(9, 8), new Uint8Array(), Float64Array.of(2));
  assert.deepEqual(fake.calls, [["reserve", 32]]);
  const expected = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 9, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64];
  assert.deepEqual(fake.input(32), expected);
});

it("passes the part of a buffer that an array is of", () => {
  pass(Uint8Array.of(1, 2, 3, 4).subarray(1, 3));
  assert.deepEqual(fake.input(2), [2, 3]);
});

it("copies what a call has left, and frees it", () => {
  fake.leave([1, 2, 3]);
  fake.calls.length = 0;
  const found = take();
  fake.leave([5, 5, 5]);
  assert.deepEqual([...found], [1, 2, 3]);
  assert.deepEqual(fake.calls.at(-1), ["reserve", 0]);
  fake.leave([1, 0, 0, 0, 0, 1, 0, 0]);
  assert.deepEqual([...takeIntegers()], [1, 256]);
  fake.leave([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  assert.deepEqual([...takeFloats()], [1]);
});

it("frees slots", () => {
  const slot = new Slot("table_new");
  fake.calls.length = 0;
  slot.free();
  assert.deepEqual(fake.calls, [["release", 7]]);
});

it("parses numbers and timestamps for the module, and never throws", () => {
  const { parse } = fake.imports.host;
  /** @param {string} text */
  const parsed = (text, isTimestamp = 0) => {
    new Uint8Array(fake.memory.buffer).set(new TextEncoder().encode(text), 100);
    return parse(100, text.length, isTimestamp);
  };
  assert.equal(parsed("1.5e-7"), 1.5e-7);
  assert.equal(parsed("x"), Number.NaN);
  assert.equal(parsed("2026-01-31T09:30:00+01:00", 1), Date.UTC(2026, 0, 31, 8, 30));
  const { parse: parseDate } = Date;
  for (const bad of [() => assert.fail(), () => Symbol("x")]) {
    Date.parse = /** @type {any} */ (bad);
    assert.equal(parsed("2026-01-31", 1), Number.NaN);
  }
  Date.parse = parseDate;
});
