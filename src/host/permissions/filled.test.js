import assert from "node:assert/strict";
import { test } from "node:test";
import { filled } from "./filled.js";

test("values stand for the marks, as they are, and the rest is left for another text", () => {
  const values = ["{}", "$&", 3];
  assert.equal(filled("{} and {}", values), "{} and $&");
  assert.deepEqual(values, [3]);
  assert.equal(filled("{}{}", values), "3");
});
