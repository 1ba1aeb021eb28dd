// The errors of the guard, and those of the main entry.
import assert from "node:assert/strict";
import { it } from "node:test";
import * as main from "../errors/errors.js";
import { deadlineExceeded, invalid, isInstance } from "./errors.js";

it("makes errors that the classes of the main entry recognize", () => {
  const argument = invalid("no");
  assert.ok(argument instanceof main.KavachError);
  assert.ok(!(argument instanceof main.NetworkError));
  assert.deepEqual(argument.toJSON(), { name: "KavachError", code: "INVALID_ARGUMENT", message: "no" });
  assert.equal(invalid("no", "DECODE_ERROR").code, "DECODE_ERROR");
  const late = deadlineExceeded();
  for (const errorClass of [main.KavachError, main.NetworkError, main.TimeoutError])
    assert.ok(late instanceof errorClass);
  assert.deepEqual([late.name, late.code], ["TimeoutError", "DEADLINE_EXCEEDED"]);
});

it("recognizes errors of the main entry", () => {
  assert.ok(isInstance(new main.TimeoutError("x"), "NetworkError"));
  assert.ok(isInstance(deadlineExceeded(), "NetworkError"));
  assert.ok(!isInstance(new main.ServerError("x"), "NetworkError"));
  for (const other of [undefined, null, "x", {}, new Error("x")]) assert.ok(!isInstance(other, "KavachError"));
});
