import assert from "node:assert/strict";
import { test } from "node:test";
import * as entry from "./entry.js";

test("the functions of the entry, and what provides the module", () => {
  assert.deepEqual(Object.keys(entry), ["compile", "covers", "diff", "evaluate", "explain", "lint", "provide"]);
});
