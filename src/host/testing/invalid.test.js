import assert from "node:assert/strict";
import { it } from "node:test";
import { invalid } from "./invalid.js";

it("names the argument, what was expected and what came, without its value", () => {
  assert.equal(invalid("a.b", "a string", null).message, "a.b must be a string, not null");
  assert.equal(invalid("a.b", "a string", ["secret"]).message, "a.b must be a string, not an array");
  assert.equal(invalid("a.b", "a string", 5).message, "a.b must be a string, not number");
});
