// Failures become errors.
import assert from "node:assert/strict";
import { it } from "node:test";
import { FAILURES, INVALID_ARGUMENT, MISMATCH, NOT_SUPPORTED } from "../../../generated/failures.js";
import { CLASSES, DecodeError } from "../errors/errors.js";
import { Failure, failureOf } from "./failure.js";

it("have the class, the code and the sentence of their reason", () => {
  for (const [reason, [name, code]] of FAILURES.entries()) {
    const error = failureOf(reason, {}).toError();
    assert.deepEqual([error.constructor, error.code], [CLASSES[name], code]);
    assert.ok(!error.message.includes("{"), error.message);
  }
});

it("put words in their places, as they are", () => {
  const words = { capability: "$& {dialect}", dialect: "sdk" };
  assert.equal(
    failureOf(NOT_SUPPORTED, words).toError().message,
    '$& {dialect} is not available: servers of the "sdk" dialect have no route for it',
  );
});

it("know more than their reason, and let that win", () => {
  const answer = { a: 1 };
  const error = failureOf(MISMATCH, {}, { message: "other", attempts: 2, answer, operation: "agents.get" }).toError();
  assert.ok(error instanceof DecodeError);
  assert.deepEqual(
    [error.message, error.attempts, error.operation, error.answer()],
    ["other", 2, "agents.get", answer],
  );
});

it("make the error when they are asked for it, each time a new one", () => {
  const failure = failureOf(INVALID_ARGUMENT, { problem: "id must be a string" });
  function caller() {
    return failure.toError();
  }
  assert.match(caller().stack, /caller/);
  assert.notEqual(caller(), caller());
  assert.equal(new Failure({ message: "m" }).toError().name, "KavachError");
});
