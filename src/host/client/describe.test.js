// What a failed call says.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import {
  EMPTY_BODY,
  MISMATCH,
  NO_ANSWER,
  NOT_SUPPORTED,
  NOT_SUPPORTED_EITHER,
  REPORTED,
  REPORTED_RATE_LIMIT,
} from "../../../generated/failures.js";
import { JSON_VALUE, TEXT } from "../fetch/exchange.js";
import { attach } from "./core.js";
import { describe, retryAfter } from "./describe.js";
import { fake } from "./fake-core.mjs";

before(() => attach(fake));

const REPLY = { form: JSON_VALUE, status: 400, body: {}, type: "application/json", requestId: "req_1" };
const described = (reason, { words = {}, dialect = 0, secrets = [], reply, thrown = [] } = {}, members = {}) =>
  describe(
    reason,
    { words: { capability: "This", asked: "GET u", request: "GET u", ...words }, dialect, secrets, reply, thrown },
    members,
  ).toError();

it("repeats what the server says, with the status and the id of the request", () => {
  const reply = { ...REPLY, body: { code: "LOCKED", message: "Locked", details: { a: 1 } } };
  const { code, message, details, status, requestId, operation } = described(
    REPORTED,
    { reply },
    { operation: "agents.get" },
  );
  assert.deepEqual(
    [code, message, details, status, requestId, operation],
    ["LOCKED", "Locked", { a: 1 }, 400, "req_1", "agents.get"],
  );
});

it("takes no invalid code, and no page for a message", () => {
  assert.equal(
    described(REPORTED, { reply: { ...REPLY, body: { code: "has a space", message: "M" } } }).code,
    "API_ERROR",
  );
  const text = (body, type) => described(REPORTED, { reply: { ...REPLY, form: TEXT, body, type } }).message;
  assert.equal(text(" upstream is away \n", "text/plain"), "upstream is away");
  assert.equal(text("Bad Gateway", "text/HTML; charset=utf-8"), "HTTP 400");
  assert.equal(text("<p>", undefined), "HTTP 400");
});

it("repeats no secret of the call, whatever the server has put where", () => {
  const secret = "kv_secret1";
  const reply = {
    ...REPLY,
    requestId: secret,
    body: { code: secret, message: `no ${secret}`, details: { [secret]: [secret] } },
  };
  const error = described(REPORTED, { reply, secrets: [secret], thrown: [new Error(secret)] });
  assert.ok(!`${JSON.stringify(error)} ${error.stack} ${error.cause.message}`.includes(secret));
  assert.equal(error.message, "no [redacted]");
});

it("says what was sent without content type, and what came", () => {
  assert.equal(
    described(EMPTY_BODY, { reply: { ...REPLY, status: 200, type: "" } }).message,
    "GET u answered 200 (no content type): an empty body",
  );
});

it("returns the answer that could not be read, and where it is wrong", () => {
  const reply = { ...REPLY, status: 200, body: { id: 5 } };
  const error = described(MISMATCH, { reply, words: { path: "$.id", expected: "a string" } });
  assert.deepEqual(
    [error.path, error.answer(), error.message],
    ["$.id", { id: 5 }, "GET u answered 200 (application/json): $.id must be a string"],
  );
});

it("says nothing of a response that is not about the call", () => {
  for (const reason of [NOT_SUPPORTED, NOT_SUPPORTED_EITHER]) {
    const error = described(reason, { reply: REPLY, dialect: 1 });
    assert.deepEqual([error.status, error.requestId], [undefined, undefined]);
    assert.match(error.message, /servers of the "adapter" dialect/);
  }
});

it("copies the cause, and says nothing of a status where there is none", () => {
  const error = described(NO_ANSWER, { words: { cause: "reset" }, thrown: [new TypeError("reset")] }, { attempts: 3 });
  assert.deepEqual(
    [error.message, error.cause.name, error.attempts, "status" in error],
    ["GET u failed: reset", "TypeError", 3, false],
  );
  assert.equal(described(NO_ANSWER, { thrown: [undefined] }).cause.message, "no answer");
  assert.equal("cause" in described(REPORTED, { reply: REPLY }), false);
});

it("says how long to wait, if the server asks for it", () => {
  const waits = (headers) =>
    described(REPORTED_RATE_LIMIT, { reply: { ...REPLY, status: 429, ...headers } }).retryAfter;
  assert.deepEqual(
    [
      waits({ retryAfter: "3" }),
      waits({ retryAfterMs: "1500", retryAfter: "3" }),
      waits({}),
      waits({ retryAfter: "soon" }),
    ],
    [3, 1.5, undefined, undefined],
  );
  assert.equal(retryAfter({}), -1);
  const date = new Date(Date.now() + 5_000).toUTCString();
  const wait = retryAfter({ retryAfter: date });
  assert.ok(wait > 3 && wait <= 5, `${wait}`);
  assert.equal(retryAfter({ retryAfter: new Date(0).toUTCString() }), 0);
});

it("looks at so much of a server's texts and no more", () => {
  const seen = [];
  attach({
    ...fake,
    isCode: (text) => seen.push(text.length) && false,
    isMessage: (text) => seen.push(text.length) && false,
    retryAfter: (...texts) => seen.push(texts[1].length) && -1,
  });
  const long = "x".repeat(1_000_000);
  described(REPORTED, { reply: { ...REPLY, body: { code: long } } });
  described(REPORTED, { reply: { ...REPLY, form: TEXT, body: long } });
  retryAfter({ retryAfter: long });
  attach(fake);
  assert.deepEqual(seen, [4096, 4096, 4096]);
});
