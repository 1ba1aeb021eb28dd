// Options of entries that count bytes.
import assert from "node:assert/strict";
import { it } from "node:test";
import { isAmount, isText, smallOptions } from "./small-options.js";

const KNOWN = { name: [isText, "text"], size: [isAmount, "a number", 5] };

it("reads own members, with what stands for absent ones", () => {
  assert.deepEqual({ ...smallOptions({ name: "a", size: null }, KNOWN) }, { name: "a", size: 5 });
  assert.equal(Object.getPrototypeOf(smallOptions({ name: "a" }, KNOWN)), null);
  assert.throws(() => smallOptions(Object.create({ name: "a" }), KNOWN), /^KavachError: options\.name must be text/);
});

it("refuses the rest by name", () => {
  assert.throws(
    () => smallOptions({ name: "a", nam: 1 }, KNOWN, "input"),
    /input\.nam must be left out\. Known names: name,size/,
  );
  assert.throws(() => smallOptions({ name: "a", size: -1 }, KNOWN), /options\.size must be a number/);
  assert.throws(() => smallOptions({ name: "a", toString: 1 }, KNOWN), /options\.toString must be left out/);
});
