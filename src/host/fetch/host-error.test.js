// Errors that the host has thrown.
import assert from "node:assert/strict";
import { it } from "node:test";
import { causeIn, isHostSignal, messageOf, textIn } from "./host-error.js";

const throwing = {
  get() {
    throw new Error("secret");
  },
};
const hostile = new Proxy(
  {},
  { get: throwing.get, getOwnPropertyDescriptor: throwing.get, getPrototypeOf: throwing.get },
);
const coded = (code, cause) => Object.assign(new Error("failed", { cause }), { code });

it("says what an error says, with the code of its root cause", () => {
  assert.equal(messageOf(new Error("fetch failed", { cause: coded("ECONNREFUSED") })), "fetch failed (ECONNREFUSED)");
  assert.equal(messageOf(coded("UND_ERR", coded("CERT_HAS_EXPIRED"))), "failed (CERT_HAS_EXPIRED)");
  assert.equal(messageOf(Object.assign(new AggregateError([coded("ENOTFOUND")], "none"))), "none (ENOTFOUND)");
  assert.equal(messageOf(coded("ECONNRESET: twice")), "failed", "not a code");
  assert.equal(messageOf(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" })), "read ECONNRESET");
  assert.equal(messageOf("text"), "text");
  assert.equal(messageOf(new DOMException("gone", "NetworkError")), "gone");
});

it("says something of whatever is thrown", () => {
  for (const thrown of [undefined, null, 5, "", {}, { message: 5 }, new Error(""), hostile, Symbol("s"), () => {}])
    assert.equal(messageOf(thrown), "no answer");
});

it("looks at so much and no more", () => {
  assert.equal(messageOf(new Error("m".repeat(1_000_000))).length, 4096);
  assert.equal(messageOf("m".repeat(1_000_000)).length, 4096);
  assert.equal(textIn({ a: "x".repeat(5_000) }, "a").length, 4096);
  const cycle = new Error("round");
  cycle.cause = cycle;
  assert.equal(messageOf(cycle), "round");
  let deep = coded("TOO_DEEP");
  for (let level = 0; level < 9; level++) deep = new Error("at the top", { cause: deep });
  assert.equal(messageOf(deep), "at the top");
});

it("reads members that are inherited only where hosts inherit them", () => {
  assert.equal(textIn(new DOMException("", "AbortError"), "name"), "AbortError");
  assert.equal(causeIn(Object.create({ cause: "inherited" })), undefined);
  for (const [error, name] of [
    [hostile, "message"],
    [undefined, "message"],
    [{ message: "" }, "message"],
    [{ message: ["a"] }, "message"],
  ])
    assert.equal(textIn(error, name), undefined);
  assert.equal(causeIn(hostile), undefined);
  assert.equal(causeIn(undefined), undefined);
});

it("knows the signals of frameworks, which must reach them", () => {
  // biome-ignore lint/suspicious/noThenProperty: React suspends on such an object
  const thenable = { then: () => {} };
  const redirect = Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;push;/" });
  for (const signal of [redirect, { digest: "D" }, thenable, Promise.resolve()])
    assert.equal(isHostSignal(signal), true);
  const thenableError = Object.assign(new Error("no"), thenable);
  for (const other of [
    new Error("no"),
    { digest: 5 },
    Object.create({ digest: "inherited" }),
    thenableError,
    null,
    undefined,
    "digest",
    hostile,
    () => {},
  ])
    assert.equal(isHostSignal(other), false);
});
