// The wire form of a request for a decision. tests/guard/decision-request.test.mjs compares it with that of the client, at random.
import assert from "node:assert/strict";
import { it } from "node:test";
import { toDecisionRequest } from "./decision-request.js";

const BASE = { action: "read", resource: "mcp:a" };

it("copies the request", () => {
  const given = { ...BASE, arguments: { list: [1, { a: null }], none: undefined } };
  const copy = toDecisionRequest(given);
  assert.deepEqual(copy, { ...BASE, arguments: { list: [1, { a: null }] } });
  assert.notEqual(copy.arguments.list, given.arguments.list);
  assert.deepEqual(toDecisionRequest({ ...BASE, arguments: null }), BASE);
});

it("names what is invalid", () => {
  const cases = [
    [undefined, "request must be an object"],
    [{ resource: "r" }, "request.action must be a non-empty string"],
    [{ action: "a", resource: 1 }, "request.resource must be a non-empty string"],
    [{ ...BASE, arguments: [] }, "request.arguments must be an object"],
    [
      { ...BASE, arguments: { a: { b: 1n } } },
      "request.arguments.a.b must be a value that JSON can carry, not bigint.",
    ],
    [{ ...BASE, arguments: new Date(0) }, "request.arguments must be a plain object. Pass date.toISOString()"],
    [{ ...BASE, args: {} }, "request.args must be left out"],
  ];
  for (const [request, message] of cases)
    assert.throws(
      () => toDecisionRequest(request),
      (error) => error.code === "INVALID_ARGUMENT" && error.message.startsWith(message),
      message,
    );
  assert.throws(() => toDecisionRequest({}, "rule"), /^KavachError: rule\.action/);
});

it("does not let a getter choose the error", () => {
  const throwing = (thrown) => ({
    get a() {
      throw thrown;
    },
  });
  for (const thrown of [new Error("secret"), undefined, null, "secret", { path: ".secret", expected: "secret" }])
    assert.throws(() => toDecisionRequest({ ...BASE, arguments: throwing(thrown) }), {
      message: "request must be a value that can be read: a getter or a proxy in it throws",
    });
});
