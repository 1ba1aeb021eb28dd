import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, calls, memory, written } from "./fake-module.js";
import { Answer, makeRoom, send, view } from "./memory.js";
import { Packer } from "./packer.js";

test("a plan and its text are written one behind the other", () => {
  const packer = new Packer();
  packer.text("aé😀");
  const result = send(packer, (plan, size) => {
    assert.deepEqual(written(plan, size), { plan: [4], text: "aé😀" });
    return 5;
  });
  assert.equal(result, 5);
});

test("room that was needed once is given back", () => {
  const packer = new Packer();
  packer.text("a".repeat(5_000));
  send(packer, () => 0);
  const asked = calls.filter(({ name }) => name === "reserve").map(({ args }) => args[0]);
  assert.deepEqual(asked, [256, 1251, 256]);
});

test("a memory that has grown has another view", () => {
  makeRoom(1);
  memory.buffer =
    /** @type {any} */ (memory.buffer).transfer?.(131_072) ??
    structuredClone(memory.buffer, { transfer: [memory.buffer] });
  assert.equal(view.length, 0);
  makeRoom(1);
  assert.equal(view.length, 1024);
});

test("answers are read in their order", () => {
  const read = new Answer(answer([7, 2, 1, 2, 0], "aé€"));
  assert.equal(read.number(), 7);
  assert.deepEqual(read.texts(), ["a", "é€"]);
  assert.equal(read.isRead, false);
});
