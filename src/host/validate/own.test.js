// Own members only.
import assert from "node:assert/strict";
import { it } from "node:test";
import { areUnpolluted, own } from "./own.js";

it("reads own members, and none that are inherited", () => {
  assert.equal(own({ a: 1 }, "a"), 1);
  assert.equal(own({ a: undefined }, "a"), undefined);
  for (const [object, name] of [
    [Object.create({ a: 1 }), "a"],
    [{}, "constructor"],
    [{}, "__proto__"],
    [[], "map"],
    ["text", "toString"],
  ])
    assert.equal(own(object, name), undefined, String(name));
  assert.equal(own(["x"], 0), "x");
  assert.equal(own(JSON.parse('{"__proto__": 1}'), "__proto__"), 1);
  assert.equal(own(Object.assign(Object.create(null), { a: 1 }), "a"), 1);
});

it("notices a polluted prototype, whatever the value of the member", () => {
  assert.equal(areUnpolluted(["role", "scope"]), true);
  Object.defineProperty(Object.prototype, "scope", { value: undefined, configurable: true });
  try {
    assert.equal(areUnpolluted(["role", "scope"]), false);
    assert.equal(areUnpolluted(["role"]), true);
    assert.equal(own({}, "scope"), undefined);
  } finally {
    delete Object.prototype.scope;
  }
  assert.equal(areUnpolluted(["toString"]), false);
});
