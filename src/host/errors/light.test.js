// The errors of entries that count bytes, beside those of the main entry.
import assert from "node:assert/strict";
import { it } from "node:test";
import { KavachError } from "./errors.js";
import { branded, invalid, KavachError as Light, lineageOf } from "./light.js";

it("are recognized by the classes of the main entry", () => {
  assert.ok(invalid("no") instanceof KavachError);
  assert.deepEqual(invalid("no").toJSON(), { name: "KavachError", code: "INVALID_ARGUMENT", message: "no" });
  class Own extends Light {}
  branded(Own, "Own", "KavachError");
  const error = new Own("why", "CODE", "reason");
  assert.ok(error instanceof KavachError);
  assert.deepEqual(error.toJSON(), { name: "Own", code: "CODE", message: "why", reason: "reason" });
  assert.deepEqual(lineageOf(error), ["Own", "KavachError"]);
  for (const other of [undefined, null, 5, {}, new Error("x")]) assert.deepEqual(lineageOf(other), []);
});
