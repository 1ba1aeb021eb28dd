import assert from "node:assert/strict";
import { it } from "node:test";
import { put, validTokens } from "./remembered.js";

it("remembers a token for five seconds by either clock", (t) => {
  const tokens = validTokens({});
  let [wall, monotonic] = [1e12, 100];
  t.mock.method(Date, "now", () => wall);
  t.mock.method(performance, "now", () => monotonic);
  assert.equal(tokens.has("a"), false);
  tokens.keep("a", tokens.begin());
  [wall, monotonic] = [wall + 4999, monotonic + 4999];
  assert.equal(tokens.has("a"), true);
  assert.equal(tokens.has("b"), false);
  monotonic += 1; // The wall clock was put back.
  assert.equal(tokens.has("a"), false);
  [wall, monotonic] = [wall + 1, monotonic - 1000]; // The machine slept.
  assert.equal(tokens.has("a"), false);
});

it("forgets the oldest of too many", () => {
  const entries = new Map();
  for (let at = 0; at < 10_001; at++) put(entries, `${at}`, at);
  assert.deepEqual([entries.size, entries.has("0"), entries.has("1")], [10_000, false, true]);
});
