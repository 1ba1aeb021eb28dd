import assert from "node:assert/strict";
import { it } from "node:test";
import { openServer } from "./module.js";

// Here no entry has said where the module comes from; tests/testing makes servers.
it("is made at its first use, and says where that fails", () => {
  assert.throws(() => openServer({ arguments: [], random: "" }, 0), { code: "NOT_READY" });
});
