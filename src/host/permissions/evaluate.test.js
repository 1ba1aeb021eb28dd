import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate } from "./evaluate.js";
import { calls, returns } from "./fake-module.js";

returns.open = () => 7;
returns.find = () => 0;
const permissions = [{ resource: "r", actions: ["read"] }];

test("the list is closed, whatever results from the call", () => {
  assert.equal(evaluate(permissions, { action: "read", resource: "r" }).allowed, true);
  assert.throws(() => evaluate(permissions, {}), /request.action must be a string/);
  assert.deepEqual(
    calls.filter(({ name }) => name === "close").map(({ args }) => args),
    [[7], [7]],
  );
});
