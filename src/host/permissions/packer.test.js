import assert from "node:assert/strict";
import { test } from "node:test";
import { checkedText, Packer } from "./packer.js";

test("text has to be well-formed", () => {
  assert.equal(checkedText("😀", "a"), "😀");
  assert.throws(() => checkedText(5, "a.b"), { code: "INVALID_ARGUMENT", message: "a.b must be a string" });
  assert.throws(() => checkedText("\ud83d", "a"), /without half surrogate pairs/);
});

test("texts are packed by their length, and absent ones by 0", () => {
  const packer = new Packer();
  packer.number(7);
  packer.text("😀a");
  packer.optionalText("b");
  packer.optionalText("");
  packer.optionalText(undefined);
  assert.deepEqual([packer.plan, packer.words], [[7, 3, 2, 1, 0], "😀ab"]);
});
