import assert from "node:assert/strict";
import { test } from "node:test";
import { problemOf } from "./patterns.js";

test("the host says what is wrong with a pattern", () => {
  assert.equal(problemOf("^(a|b)+$"), undefined);
  assert.match(problemOf("(") ?? "", /Invalid regular expression: /);
});
