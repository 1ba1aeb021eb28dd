// The error for an argument.
import assert from "node:assert/strict";
import { it } from "node:test";
import { KavachError } from "./errors.js";
import { invalid } from "./invalid.js";

it("is a KavachError that says what is wrong", () => {
  const error = invalid("id must be a string");
  assert.deepEqual(
    [error.constructor, error.code, error.message],
    [KavachError, "INVALID_ARGUMENT", "id must be a string"],
  );
  assert.equal(invalid("not yet", "NOT_READY").code, "NOT_READY");
});
