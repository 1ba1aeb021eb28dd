import assert from "node:assert/strict";
import { test } from "node:test";
import { covers } from "./covers.js";
import { answer, listed, returns } from "./fake-module.js";

returns.open = () => 0;
const parent = { resource: "a", actions: ["read"] };
const child = { resource: "a:b", actions: ["write"] };

test("what is not covered names the very objects", () => {
  returns.covers = () => answer([1, 0, 1, ...listed(["write"]), 3], "writewhy");
  const closest = { index: 0, rule: parent };
  const uncovered = [{ index: 0, closest, actions: ["write"], message: "why", permission: child }];
  assert.deepEqual(covers(parent, [child]), { covered: false, uncovered });
  returns.covers = () => answer([1, 0, 0, 0, 0]);
  assert.deepEqual(Object.keys(covers([], child).uncovered?.[0] ?? {}), ["index", "actions", "message", "permission"]);
});

test("where all is, that is all", () => {
  returns.covers = () => answer([0]);
  assert.deepEqual(covers(parent, parent), { covered: true });
});
