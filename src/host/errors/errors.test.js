// The error classes.
import assert from "node:assert/strict";
import { it } from "node:test";
import { inspect } from "node:util";
import {
  AuthenticationError,
  CLASSES,
  DecodeError,
  KavachError,
  NetworkError,
  RateLimitError,
  TimeoutError,
} from "./errors.js";

// Another installed copy of the package.
const other = await import("./errors.js?copy");

it("have their own names and codes, and are errors", () => {
  const codes = {
    ...{
      KavachError: "KAVACH_ERROR",
      AuthenticationError: "AUTHENTICATION_ERROR",
      PermissionError: "PERMISSION_ERROR",
    },
    ...{ NotFoundError: "NOT_FOUND", RateLimitError: "RATE_LIMITED", ServerError: "SERVER_ERROR" },
    ...{ NetworkError: "NETWORK_ERROR", TimeoutError: "TIMEOUT", DecodeError: "DECODE_ERROR" },
  };
  assert.deepEqual(Object.keys(CLASSES), Object.keys(codes));
  for (const [name, Class] of Object.entries(CLASSES)) {
    const error = new Class("said");
    assert.deepEqual([error.name, Class.name, error.code, error.message], [name, name, codes[name], "said"]);
    assert.ok(error instanceof Error && error instanceof KavachError && error instanceof Class);
    assert.match(error.stack, /said/);
    assert.deepEqual(Object.keys(error), ["code"]);
  }
  assert.equal(new KavachError().message, "KavachOS error");
});

it("are known by the classes of another copy, along their lineage alone", () => {
  const error = new TimeoutError("late");
  assert.ok(!(Object.getPrototypeOf(error) === other.TimeoutError.prototype));
  for (const Class of [other.TimeoutError, other.NetworkError, other.KavachError]) assert.ok(error instanceof Class);
  for (const Class of [other.DecodeError, other.ServerError, DecodeError]) assert.ok(!(error instanceof Class));
  assert.ok(!(new NetworkError() instanceof TimeoutError));
  for (const value of [
    undefined,
    null,
    "KavachError",
    {},
    new Error("x"),
    Object.create(null),
    { name: "KavachError" },
  ])
    assert.ok(!(value instanceof KavachError));
});

it("leave a class of the user's own to the prototype chain", () => {
  class Mine extends KavachError {}
  assert.ok(new Mine() instanceof Mine && new Mine() instanceof KavachError && new Mine() instanceof other.KavachError);
  assert.ok(!(new KavachError() instanceof Mine) && !(new other.KavachError() instanceof Mine));
});

it("take the status by both names, and show both", () => {
  for (const options of [{ status: 403 }, { statusCode: 403 }]) {
    const { status, statusCode } = new KavachError("no", options);
    assert.deepEqual([status, statusCode], [403, 403]);
  }
  assert.ok(!("status" in new KavachError("no")));
});

it("have the members that they are given, and none that options inherit", () => {
  const options = {
    code: "C",
    operation: "agents.get",
    attempts: 2,
    retryAfter: 0,
    details: null,
    requestId: "r",
    url: "u",
    method: "GET",
    path: "$",
    other: 1,
  };
  const error = new RateLimitError("slow", options);
  const { other: _, ...known } = options;
  for (const [name, value] of Object.entries(known)) assert.equal(error[name], value, name);
  assert.ok(!("other" in error));
  const bare = new AuthenticationError("no", Object.create({ code: "X", details: "secret", cause: "secret" }));
  assert.deepEqual([bare.code, bare.details, bare.cause], ["AUTHENTICATION_ERROR", undefined, undefined]);
});

it("log what is safe: not the cause, and not an answer", () => {
  const cause = new Error("secret");
  const error = new DecodeError("odd", { status: 200, path: "$.a", answer: { token: "secret" }, cause });
  assert.deepEqual(JSON.parse(JSON.stringify(error)), {
    ...{ name: "DecodeError", code: "DECODE_ERROR", message: "odd", status: 200, statusCode: 200, path: "$.a" },
  });
  assert.equal(error.cause, cause);
  assert.ok(!("cause" in new KavachError("x")));
});

it("return the answer that could not be read, and do not show it", () => {
  const answer = { token: "secret" };
  const error = new DecodeError("odd", { answer });
  assert.equal(error.answer(), answer);
  assert.ok(!inspect(error, { showHidden: true, depth: 9 }).includes("secret"));
  assert.ok(!Object.keys(error).includes("answer"));
  assert.equal(new DecodeError("odd").answer(), undefined);
});
