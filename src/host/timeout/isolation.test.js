// Where requests are isolated from each other.
import assert from "node:assert/strict";
import { it } from "node:test";
import { isIsolated } from "./isolation.js";

it("is so in Workers and edge runtimes, and is asked for each time", () => {
  assert.equal(isIsolated(), false);
  for (const name of ["WebSocketPair", "EdgeRuntime"]) {
    globalThis[name] = "here";
    try {
      assert.equal(isIsolated(), true);
    } finally {
      delete globalThis[name];
    }
  }
  assert.equal(isIsolated(), false);
});
