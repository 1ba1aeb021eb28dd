// Members of the objects that users hold.
import assert from "node:assert/strict";
import { it } from "node:test";
import { inspect } from "node:util";
import { defineLazily, hide } from "./define.js";

it("hides a member, which works all the same", () => {
  const object = {};
  hide(object, "secret", 1);
  assert.equal(object.secret, 1);
  assert.deepEqual([Object.keys(object), JSON.stringify(object), { ...object }, inspect(object)], [[], "{}", {}, "{}"]);
  object.secret = 2;
  assert.equal(object.secret, 2);
});

it("makes a member at its first use, once for each object", () => {
  class Thing {}
  let made = 0;
  defineLazily(Thing.prototype, "member", (thing) => ({ thing, number: ++made }));
  const [one, two] = [new Thing(), new Thing()];
  assert.equal(made, 0);
  assert.equal(one.member, one.member);
  assert.notEqual(one.member, two.member);
  assert.deepEqual([one.member.thing, made, Object.keys(one)], [one, 2, []]);
});

it("lets a member be replaced, before its first use and after", () => {
  class Thing {}
  defineLazily(Thing.prototype, "member", () => "made");
  const [one, two] = [new Thing(), new Thing()];
  one.member = "mock";
  assert.equal(two.member, "made");
  two.member = "mock";
  assert.deepEqual([one.member, two.member, new Thing().member], ["mock", "mock", "made"]);
});

it("does not take what descriptors inherit from a polluted prototype", () => {
  Object.prototype.enumerable = true;
  Object.prototype.get = () => "polluted";
  try {
    class Thing {}
    defineLazily(Thing.prototype, "member", () => "made");
    const thing = new Thing();
    assert.equal(thing.member, "made");
    assert.equal(Object.getOwnPropertyDescriptor(thing, "member").enumerable, false);
  } finally {
    delete Object.prototype.enumerable;
    delete Object.prototype.get;
  }
});
