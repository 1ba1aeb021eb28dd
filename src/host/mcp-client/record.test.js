// What is kept, and what anybody may have written there.
import assert from "node:assert/strict";
import { it } from "node:test";
import { read, written } from "./record.js";

const resource = "https://tools.example/mcp";
const issuer = "https://auth.example";
const grant = { issuer, endpoint: "https://auth.example/token", client: "c", resource, asked: "a", at: 1 };
const tokens = {
  ...grant,
  access: "access",
  scope: "a",
  refresh: "refresh",
  expires: 5,
  json: true,
  post: false,
  isNew: true,
};
const pending = { ...grant, state: "s", verifier: "v", iss: true };
const stored = { stamp: 7, client: { issuer, id: "c", redirect: "https://app.example" }, tokens, pending: [pending] };
const settings = { resource, isLocal: false };
const again = (value, more) => read(JSON.stringify({ v: 1, ...value }), { ...settings, ...more });

it("comes back as it was", () => {
  const { client, tokens: kept, pending: begun } = read(written(stored), settings);
  assert.deepEqual(JSON.parse(JSON.stringify({ stamp: 7, client, tokens: kept, pending: begun })), stored);
});

it("is nothing if it cannot be read", () => {
  for (const value of [
    undefined,
    null,
    "",
    "{",
    "5",
    "null",
    "[]",
    '{"v":1}',
    '{"v":2,"stamp":1}',
    '{"v":1,"stamp":"1"}',
  ])
    assert.equal(read(value, settings), undefined, value);
  assert.deepEqual(again({ stamp: 1 }), { stamp: 1, client: undefined, tokens: undefined, pending: [] });
});

it("has no tokens of another issuer or resource, and none that would go to an odd place", () => {
  for (const more of [
    { access: "a\nb" },
    { access: 5 },
    { resource: "https://tools.example/other" },
    { endpoint: "http://auth.example/token" },
    { endpoint: "http://127.0.0.1/token" },
    { endpoint: "javascript:1" },
    { scope: undefined },
    { issuer: null },
  ]) {
    assert.equal(again({ ...stored, tokens: { ...tokens, ...more } }).tokens, undefined, JSON.stringify(more));
    if (!("access" in more) && !("scope" in more))
      assert.deepEqual(again({ ...stored, pending: [{ ...pending, ...more }] }).pending, []);
  }
  assert.equal(again(stored, { issuer: "https://other.example" }).tokens, undefined);
  assert.ok(again(stored, { issuer }).tokens);
  assert.equal(again({ ...stored, tokens: { ...tokens, refresh: "a b" } }).tokens.refresh, undefined);
  assert.equal(again({ ...stored, tokens: "x", pending: "x", client: [] }).client, undefined);
});
