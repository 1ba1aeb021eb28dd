// The token of a result: there for the program, and for nobody else.
import assert from "node:assert/strict";
import { it } from "node:test";
import { inspect } from "node:util";
import { withToken } from "./with-token.js";

it("is neither printed, nor serialized, nor copied", () => {
  const result = withToken({ ok: true }, "kv_canary");
  assert.equal(result.token, "kv_canary");
  assert.deepEqual({ ...result }, { ok: true });
  assert.ok(!`${JSON.stringify(result)} ${inspect(result)}`.includes("canary"));
});

it("is what it is, whatever objects inherit", () => {
  Object.defineProperty(Object.prototype, "get", { value: () => "other", configurable: true });
  try {
    assert.equal(withToken({}, "kv_1").token, "kv_1");
  } finally {
    delete Object.prototype.get;
  }
});
