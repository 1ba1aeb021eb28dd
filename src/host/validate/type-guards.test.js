// The plain types.
import assert from "node:assert/strict";
import { it } from "node:test";
import { runInNewContext } from "node:vm";
import { isAbsent, isListOf, isObject, isString, isText, isWellFormed } from "./type-guards.js";

const LONE = ["\ud800", "a\udc00b", "\udc00\ud800", `${"x".repeat(9)}\udfff`];

it("takes text that is not empty and arrives as it is", () => {
  for (const text of ["a", " ", "é✓", "\u{1f600}", "\0"]) assert.equal(isText(text), true, text);
  for (const value of ["", ...LONE, 1, null, undefined, Object("text"), ["a"]]) assert.equal(isText(value), false);
  assert.equal(isString(""), true);
  assert.equal(isString(Object("a")), false);
});

it("finds lone surrogates, also where the host cannot", () => {
  const { isWellFormed: ofHost } = String.prototype;
  for (const hosts of [ofHost, undefined]) {
    String.prototype.isWellFormed = hosts;
    try {
      for (const text of LONE) assert.equal(isWellFormed(text), false);
      for (const text of ["", "a\u{10000}b", "\ufffd"]) assert.equal(isWellFormed(text), true);
    } finally {
      String.prototype.isWellFormed = ofHost;
      if (!ofHost) delete String.prototype.isWellFormed;
    }
  }
});

it("takes objects of any realm and class, but no arrays, dates and functions", () => {
  class Options {}
  for (const value of [{}, Object.create(null), new Options(), new Map(), runInNewContext("({})")])
    assert.equal(isObject(value), true);
  for (const value of [null, undefined, [], runInNewContext("[]"), new Date(), () => {}, "a", 1])
    assert.equal(isObject(value), false);
});

it("looks at each item of a list, holes among them", () => {
  assert.equal(isListOf(["a", "b"], isText), true);
  assert.equal(isListOf([], isText), true);
  // biome-ignore lint/suspicious/noSparseArray: this is about holes
  for (const items of [["a", 1], ["a", , "b"], new Array(2), "ab", { length: 0 }, new Set(["a"])])
    assert.equal(isListOf(items, isText), false);
});

it("takes null for absent, and nothing that is merely false", () => {
  assert.deepEqual([null, undefined, 0, "", false, Number.NaN].map(isAbsent), [true, true, false, false, false, false]);
});
