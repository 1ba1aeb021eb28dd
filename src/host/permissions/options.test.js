import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutIndex } from "../validate/without-index.js";
import { allowUnknownOf, COMPILING, CONTEXT, modeOf, READING } from "./options.js";

test("an index that map passes is no options", () => {
  assert.equal(withoutIndex(0, [[]]), undefined);
  assert.equal(withoutIndex(5, undefined), 5);
  const options = { allowUnknown: true };
  assert.equal(withoutIndex(options, [options]), options);
});

test("the mode is the server's unless another is asked for", () => {
  for (const options of [undefined, null, {}, { mode: undefined }, { mode: null }, Object.create({ mode: "strict" })])
    assert.equal(modeOf(options, COMPILING), "server");
  assert.equal(modeOf({ mode: "strict" }, CONTEXT), "strict");
  assert.throws(() => modeOf({ mode: "lax" }, CONTEXT), /^KavachError: context.mode must be "server" or "strict"$/);
  assert.throws(() => modeOf({ mode: "strict" }, READING), /options.mode must be left out/);
  assert.throws(() => modeOf(5, COMPILING), /options must be an object/);
});

test("allowUnknown is a boolean or an array of names", () => {
  assert.equal(allowUnknownOf(undefined, READING), undefined);
  assert.equal(allowUnknownOf({ allowUnknown: true }, READING), true);
  assert.deepEqual(allowUnknownOf({ allowUnknown: ["a"] }, READING), ["a"]);
  assert.throws(() => allowUnknownOf({ allowUnknown: [5] }, CONTEXT), /context.allowUnknown must be a boolean/);
});
