// The wire form of inputs.
import assert from "node:assert/strict";
import { it } from "node:test";
import { AUTHORIZE_REQUEST, PERMISSION } from "../../../generated/schemas.js";
import { KavachError } from "../errors/errors.js";
import { Mismatch } from "./mismatch.js";
import { conform, jsonOf, toWire } from "./to-wire.js";

const REQUEST = { action: "read", resource: "mcp:a" };
const throwing = () => {
  throw new Error("secret");
};

it("makes a copy and the text that parses to it", () => {
  const given = { ...REQUEST, arguments: { n: [1, null] } };
  const { value, text } = toWire(given, AUTHORIZE_REQUEST, "request");
  assert.deepEqual(JSON.parse(text), value);
  assert.deepEqual(value, given);
  assert.notEqual(value.arguments, given.arguments);
});

it("names the first part that is wrong, after the name of the whole", () => {
  for (const [value, message] of [
    [undefined, "request must be an object"],
    [{ ...REQUEST, action: "" }, "request.action must be a non-empty string"],
    [{ ...REQUEST, resource: "\ud800" }, "request.resource must be a non-empty string"],
    [
      { ...REQUEST, arguments: { a: 1n } },
      "request.arguments.a must be a value that JSON can carry, not bigint. Pass null or text",
    ],
    [{ ...REQUEST, actoin: "read" }, /^request\.actoin must be left out: the name is not known\./],
  ])
    assert.throws(() => toWire(value, AUTHORIZE_REQUEST, "request"), {
      name: "KavachError",
      code: "INVALID_ARGUMENT",
      message,
    });
});

it("passes on which names are allowed", () => {
  const permission = { resource: "r", actions: [], budget: 1 };
  assert.equal(toWire(permission, PERMISSION, "p", true).text, '{"resource":"r","actions":[],"budget":1}');
});

it("does not let a getter or a proxy choose the error", () => {
  const cannotBeRead = "request must be a value that can be read: a getter or a proxy in it throws";
  for (const [value, message] of [
    [new Proxy({}, { ownKeys: throwing }), cannotBeRead],
    [new Proxy({}, { getPrototypeOf: throwing }), cannotBeRead],
    [{ ...REQUEST, arguments: Object.defineProperty({}, "a", { get: throwing, enumerable: true }) }, cannotBeRead],
    [Object.defineProperty({ ...REQUEST }, "action", { get: throwing }), "request.action must be a non-empty string"],
  ])
    assert.throws(() => toWire(value, AUTHORIZE_REQUEST, "request"), { code: "INVALID_ARGUMENT", message });
  assert.throws(
    () => conform(Proxy.revocable({}, {}).proxy && new Proxy({}, { ownKeys: throwing }), PERMISSION),
    Mismatch,
  );
});

it("checks the copy, not the value that a getter gives next", () => {
  let reads = 0;
  const value = {
    resource: "r",
    get action() {
      return reads++ === 0 ? "read" : "delete";
    },
  };
  assert.deepEqual(conform(value, AUTHORIZE_REQUEST), { resource: "r", action: "read" });
  assert.equal(reads, 1);
});

it("refuses to write JSON where a library would change it", () => {
  Object.prototype.toJSON = () => ({ action: "delete" });
  try {
    assert.throws(() => jsonOf(REQUEST), KavachError);
    assert.throws(() => toWire(REQUEST, AUTHORIZE_REQUEST, "request"), { code: "INVALID_ARGUMENT" });
  } finally {
    delete Object.prototype.toJSON;
  }
  assert.equal(jsonOf(REQUEST), JSON.stringify(REQUEST));
});
