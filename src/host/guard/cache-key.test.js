// Keys of requests.
import assert from "node:assert/strict";
import { it } from "node:test";
import { cacheKey } from "./cache-key.js";

const key = (args) => cacheKey({ action: "a", resource: "r", arguments: args });

it("is equal in any order of members", () => {
  assert.equal(key({ a: 1, b: { c: 2, d: 3 } }), key({ b: { d: 3, c: 2 }, a: 1 }));
  assert.equal(cacheKey({ resource: "r", action: "a" }), cacheKey({ action: "a", resource: "r" }));
});

it("differs for different requests", () => {
  const own = JSON.parse('{"__proto__":{"a":1}}');
  const keys = [
    undefined,
    {},
    { a: 1 },
    { a: "1" },
    { a: [1] },
    { a: { 0: 1 } },
    { a: [1, 2] },
    { a: [2, 1] },
    own,
  ].map(key);
  assert.equal(new Set(keys).size, keys.length);
});
