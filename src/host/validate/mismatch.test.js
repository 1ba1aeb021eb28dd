// Where a value differs.
import assert from "node:assert/strict";
import { it } from "node:test";
import { below, Mismatch, sentence } from "./mismatch.js";

it("says the way to the part that is wrong, from the outermost level", () => {
  const found = new Mismatch("a string").below(".resource").below("[1]").below(".permissions");
  assert.equal(sentence(found, "input"), "input.permissions[1].resource must be a string");
  assert.equal(sentence(new Mismatch("an object"), "input"), "input must be an object");
  assert.equal(sentence(new Mismatch("an object", "options")), "options must be an object");
});

it("leaves the difference that it stands on as it was", () => {
  const inner = new Mismatch("a string", ".a");
  inner.below(".b");
  assert.equal(inner.path, ".a");
});

it("does not take what others throw for a difference", () => {
  for (const thrown of [new Error("secret"), undefined, null, { expected: "a", path: "b" }])
    assert.equal(below(".a", thrown), thrown);
  assert.equal(below(".a", new Mismatch("x")).path, ".a");
});
