import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "./evaluator.js";
import { calls, returns } from "./fake-module.js";

returns.open = () => 9;
returns.find = () => 0;
const permissions = [{ resource: "r", actions: ["read"] }];
const closed = () => calls.filter(({ name }) => name === "close").map(({ args }) => args[0]);

test("an evaluator asks about its list, and closes it once", () => {
  const evaluator = /** @type {any} */ (compile(permissions, { mode: "strict" }));
  assert.deepEqual(calls.find(({ name }) => name === "open")?.args.slice(2), [true, true]);
  assert.equal(evaluator.mode, "strict");
  const { allows, free } = evaluator;
  assert.equal(allows("read", "r"), true);
  free();
  free();
  evaluator[Symbol.dispose]?.();
  assert.deepEqual(closed(), [9]);
  assert.throws(() => allows("read", "r"), { code: "INVALID_ARGUMENT" });
});

test("logs show the mode alone", () => {
  assert.deepEqual(Object.keys(compile(permissions)), ["mode"]);
  assert.equal(compile(permissions).constructor.name, "Evaluator");
});

test("map passes an index, which is no options", () => {
  assert.equal([permissions].map(compile).length, 1);
  const { evaluate } = compile(permissions);
  assert.deepEqual(
    [{ action: "read", resource: "r" }].map(/** @type {any} */ (evaluate)).map(({ allowed }) => allowed),
    [true],
  );
  assert.throws(() => compile(permissions, 5), /options must be an object/);
});
