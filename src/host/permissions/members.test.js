import assert from "node:assert/strict";
import { test } from "node:test";
import { Mismatch } from "../validate/mismatch.js";
import { readable, readMembers } from "./members.js";

test("own members are read once, in the order of their names", () => {
  let reads = 0;
  const object = Object.create({ b: "inherited" }, { a: { enumerable: true, get: () => ++reads } });
  assert.deepEqual(readMembers(object, ["b", "a"], "o"), [undefined, 1]);
  assert.equal(reads, 1);
});

test("others are refused unless they are let through", () => {
  assert.throws(() => readMembers({ actoin: 1 }, ["action"], "o"), /o.actoin must be left out.*"action"/);
  assert.deepEqual(readMembers({ other: undefined }, ["a"], "o"), [undefined]);
  /** @type {unknown[]} */
  const noted = [];
  readMembers({ x: 1, y: 2 }, [], "o", true, (...note) => noted.push(note));
  assert.deepEqual(noted, [
    ["x", 1, "o.x"],
    ["y", 2, "o.y"],
  ]);
  for (const value of [null, 5, [], new Date()])
    assert.throws(() => readMembers(value, [], "o"), /o must be an object/);
});

test("what is thrown meanwhile is an invalid argument", () => {
  const throwing = (/** @type {unknown} */ thrown) => () =>
    readable("a", () => {
      throw thrown;
    });
  assert.throws(throwing(new Mismatch("text", ".b")), /a\.b must be text/);
  for (const thrown of [new Error("x"), { path: ".b", expected: "text" }, null, undefined, 5])
    assert.throws(throwing(thrown), { code: "INVALID_ARGUMENT", message: /^a must be a value that can be read/ });
});
