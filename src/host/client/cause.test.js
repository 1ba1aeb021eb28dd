// Causes: copies without secrets.
import assert from "node:assert/strict";
import { it } from "node:test";
import { inspect } from "node:util";
import { causeOf } from "./cause.js";

const TOKEN = "kv_CANARY0123";
const chain = (depth) => {
  const all = [];
  for (let error = depth; error; error = error.cause) all.push(error.message);
  return all;
};

it("copies name, message, code and causes, and nothing else", () => {
  const root = Object.assign(new RangeError("connect"), { code: "ECONNREFUSED", request: { token: TOKEN } });
  const copy = causeOf(new TypeError("fetch failed", { cause: root }), []);
  assert.deepEqual([copy.name, copy.message, copy.code], ["TypeError", "fetch failed", undefined]);
  assert.deepEqual([copy.cause.name, copy.cause.message, copy.cause.code], ["RangeError", "connect", "ECONNREFUSED"]);
  assert.equal("request" in copy.cause, false);
  assert.ok(copy instanceof Error && copy !== root);
  assert.equal(copy.stack, "TypeError: fetch failed");
});

it("takes the secrets out of every text, also where they would be cut", () => {
  const error = Object.assign(new Error(`${"x".repeat(995)}${TOKEN}`, { cause: new Error(TOKEN) }), {
    code: TOKEN,
    name: TOKEN,
  });
  const copy = causeOf(error, [TOKEN]);
  const shown = inspect(copy, { showHidden: true, depth: 9 });
  for (let length = 4; length <= TOKEN.length; length++) assert.ok(!shown.includes(TOKEN.slice(0, length)), shown);
  assert.ok(copy.message.length <= 1000);
});

it("makes an error of whatever was thrown", () => {
  const throwing = () => {
    throw new Error(TOKEN);
  };
  const hostile = new Proxy({}, { get: throwing, getOwnPropertyDescriptor: throwing });
  for (const [thrown, message] of [
    ["text", "text"],
    [undefined, "no answer"],
    [null, "no answer"],
    [{}, ""],
    [{ message: "said" }, "said"],
    [hostile, ""],
    [new DOMException("gone", "AbortError"), "gone"],
  ]) {
    const copy = causeOf(thrown, [TOKEN]);
    assert.ok(copy instanceof Error);
    assert.equal(copy.message, message);
  }
  assert.equal(causeOf(new DOMException("gone", "AbortError"), []).name, "AbortError");
});

it("ends chains and cycles", () => {
  const round = new Error("round");
  round.cause = round;
  assert.deepEqual(chain(causeOf(round, [])), new Array(5).fill("round"));
  assert.deepEqual(chain(causeOf(new AggregateError([new Error("first"), new Error("second")], "all"), [])), [
    "all",
    "first",
  ]);
});
