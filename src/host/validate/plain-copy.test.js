// Copies of free-form values.
import assert from "node:assert/strict";
import { it } from "node:test";
import { runInNewContext } from "node:vm";
import { Mismatch, sentence } from "./mismatch.js";
import { isPlain, plainCopy, setOwn } from "./plain-copy.js";

const refusal = (value) => {
  try {
    plainCopy(value);
  } catch (problem) {
    assert.ok(problem instanceof Mismatch, `${problem}`);
    return sentence(problem, "it");
  }
  return assert.fail("it was copied");
};

it("copies what JSON carries, and shares nothing", () => {
  const value = { a: [1, "b", null, { c: true }], d: {}, e: [], f: -0.5 };
  const copy = plainCopy(value);
  assert.deepEqual(copy, value);
  assert.notEqual(copy.a, value.a);
  assert.notEqual(copy.a[3], value.a[3]);
  for (const plain of [null, "text", 0, false]) assert.equal(plainCopy(plain), plain);
});

it("leaves out members that are undefined, as JSON does", () => {
  assert.deepEqual(Object.keys(plainCopy({ a: undefined, b: 1 })), ["b"]);
});

it("keeps a key __proto__ as a member, which changes no prototype", () => {
  const copy = plainCopy(JSON.parse('{"__proto__": {"admin": true}, "a": {"__proto__": null}}'));
  assert.deepEqual(Object.keys(copy), ["__proto__", "a"]);
  assert.equal(copy.admin, undefined);
  assert.equal(Object.getPrototypeOf(copy), Object.prototype);
  assert.equal(JSON.stringify(copy), '{"__proto__":{"admin":true},"a":{"__proto__":null}}');
});

it("sets a member __proto__ also under a polluted prototype", () => {
  Object.prototype.get = () => "polluted";
  try {
    const object = {};
    setOwn(object, "__proto__", 1);
    assert.equal(JSON.stringify(object), '{"__proto__":1}');
  } finally {
    delete Object.prototype.get;
  }
});

it("takes objects and arrays of other realms, and those without a prototype", () => {
  assert.deepEqual(plainCopy(runInNewContext("({ a: [1, { b: 2 }] })")), { a: [1, { b: 2 }] });
  assert.deepEqual(plainCopy(Object.assign(Object.create(null), { a: 1 })), { a: 1 });
  assert.equal(isPlain(runInNewContext("({})")), true);
  assert.equal(isPlain(new (class Options {})()), false);
});

it("refuses what would arrive as something else, and says what to pass", () => {
  class Point {
    x = 1;
  }
  // biome-ignore lint/suspicious/noSparseArray: this is about holes
  const holes = [1, , 2];
  const cases = [
    [undefined, "it must be a value that JSON can carry, not undefined. Pass null or text"],
    [1n, "it must be a value that JSON can carry, not bigint. Pass null or text"],
    [Number.NaN, "it must be a value that JSON can carry, not NaN. Pass null or text"],
    [{ a: [Number.POSITIVE_INFINITY] }, "it.a[0] must be a value that JSON can carry, not Infinity. Pass null or text"],
    [{ a: () => {} }, "it.a must be a value that JSON can carry, not function. Pass null or text"],
    [{ a: Symbol("s") }, "it.a must be a value that JSON can carry, not symbol. Pass null or text"],
    [[undefined], "it[0] must be a value that JSON can carry, not undefined. Pass null or text"],
    [new Date(0), "it must be a plain object. Pass date.toISOString()"],
    [new Map(), "it must be a plain object. Pass Object.fromEntries(…)"],
    [new Point(), "it must be a plain object. Pass { ...value }, or text"],
    [Object("text"), "it must be a plain object. Pass { ...value }, or text"],
    [Promise.resolve(), "it must be a plain object. Await the promise"],
    [new URL("http://a.example"), "it must be a plain object. Pass what its toJSON() returns"],
    [{ a: { toJSON: () => 1 } }, "it.a must be a plain object. Pass what its toJSON() returns"],
    [holes, "it must be a plain array without holes. Pass Array.from(…)"],
    [Object.assign([1], { extra: 1 }), "it must be a plain array without holes. Pass Array.from(…)"],
    [Object.assign(new Array(1), { x: 1 }), "it must be a plain array without holes. Pass Array.from(…)"],
    [new (class extends Array {})(), "it must be a plain array without holes. Pass Array.from(…)"],
    [new Uint8Array(2), "it must be a plain object. Pass Object.fromEntries(…)"],
  ];
  for (const [value, message] of cases) assert.equal(refusal(value), message);
});

it("refuses lone surrogates, in values and in names", () => {
  const text = "must be text without half surrogate pairs: UTF-8 cannot carry them";
  assert.equal(refusal({ a: "\ud800" }), `it.a ${text}`);
  assert.equal(refusal({ "\udc00": 1 }), `it ${text}`);
});

it("quotes names that are no identifiers", () => {
  assert.match(refusal({ 'a"b': 1n }), /^it\["a\\"b"\] must be/);
  assert.match(refusal({ "": 1n }), /^it\[""\] must be/);
});

it("ends cycles, depth and size", () => {
  const cycle = {};
  cycle.self = cycle;
  assert.match(refusal(cycle), /nested at most 100 levels deep, without cycles$/);
  let deep = {};
  for (let level = 1; level < 100; level++) deep = { deep };
  assert.deepEqual(plainCopy(deep), deep);
  assert.match(refusal({ deep }), /nested at most 100/);
  // Few objects, and a text without end: each level stands twice in the one above.
  let wide = {};
  for (let level = 0; level < 60; level++) wide = { a: wide, b: wide };
  assert.match(refusal(wide), /made of at most 1000000 members in all$/);
});

it("reads each member once", () => {
  let reads = 0;
  const copy = plainCopy({
    get a() {
      return ++reads;
    },
  });
  assert.deepEqual([copy.a, reads], [1, 1]);
});

it("passes on what a getter or a proxy throws", () => {
  const thrown = new Error("no");
  const throwing = () => {
    throw thrown;
  };
  for (const value of [
    Object.defineProperty({}, "a", { get: throwing, enumerable: true }),
    new Proxy({}, { ownKeys: throwing }),
  ])
    assert.throws(() => plainCopy({ value }), thrown);
});
