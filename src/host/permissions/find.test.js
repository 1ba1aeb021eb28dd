import assert from "node:assert/strict";
import { test } from "node:test";
import { calls, inputText, returns } from "./fake-module.js";
import { find } from "./find.js";

returns.find = () => 3;

for (const [action, resource] of [
  ["read", "a:b"],
  ["", ""],
  ["é", "a"],
  ["read", "€:😀"],
  ["read", "a".repeat(5_000)],
])
  test(`the words are in the memory: ${action} ${resource.slice(0, 10)}`, () => {
    assert.equal(find(4, action, resource), 3);
    const [list, split, end] = calls.at(-1)?.args ?? [];
    assert.deepEqual([list, inputText(0, split), inputText(split, end)], [4, action, resource]);
  });

test("half a surrogate pair is refused", () => {
  assert.throws(() => find(0, "a", "\ud83d"), /request.resource must be text/);
});
