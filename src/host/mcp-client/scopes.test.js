// Lists of scopes.
import assert from "node:assert/strict";
import { it } from "node:test";
import { scopesIn, valid } from "./scopes.js";

it("are separated by spaces, once each, and no other text", () => {
  assert.deepEqual(scopesIn("a b  a mcp:read"), ["a", "b", "mcp:read"]);
  for (const text of ["", " ", undefined, null, 5, {}]) assert.deepEqual(scopesIn(text), []);
  assert.deepEqual(valid(["a", 'b"', "c d", "", 5, "a", "é", "z\\"]), ["a"]);
  for (const list of [undefined, "a", {}, 5]) assert.deepEqual(valid(list), []);
});
