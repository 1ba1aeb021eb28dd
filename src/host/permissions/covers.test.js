import assert from "node:assert/strict";
import { test } from "node:test";
import { covers } from "./covers.js";
import { answer, listed, returns } from "./fake-module.js";

returns.open = () => 0;
const parent = { resource: "a", actions: ["read"] };
const child = { resource: "a:b", actions: ["write", "list"] };

test("what is not covered names the very objects", () => {
  returns.covers = () => answer([1, 0, 1, ...listed(["write", "list"])], "writelist");
  const closest = { index: 0, rule: parent };
  const message = 'The permission on "a" does not have "write", "list", which is asked for on "a:b"';
  const uncovered = [{ index: 0, closest, actions: ["write", "list"], message, permission: child }];
  assert.deepEqual(covers(parent, [child]), { covered: false, uncovered });
  returns.covers = () => answer([1, 0, 0, 0]);
  const [alone] = covers([], child).uncovered ?? [];
  assert.deepEqual(Object.keys(alone), ["index", "actions", "message", "permission"]);
  assert.equal(alone.message, 'No permission is on "a:b" or above it');
});

test("where all is, that is all", () => {
  returns.covers = () => answer([0]);
  assert.deepEqual(covers(parent, parent), { covered: true });
});
