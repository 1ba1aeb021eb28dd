// Errors out of the stream.
import assert from "node:assert/strict";
import { it } from "node:test";
import { StreamError } from "./stream-error.js";

it("takes the server's words, within bounds", () => {
  const { code, message } = StreamError.of(JSON.stringify({ code: "FULL", message: "x".repeat(9999) }));
  assert.deepEqual([code, message.length], ["FULL", 300]);
});

it("says something where the server does not", () => {
  for (const data of ["", "null", "5", "[]", '{"code":5,"message":""}', '{"__proto__":{"code":"X"}}']) {
    const { code, message } = StreamError.of(data);
    assert.deepEqual([code, message], ["API_ERROR", "the server ended the event stream"], data);
  }
});
