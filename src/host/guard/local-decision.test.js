// Decisions during an outage.
import assert from "node:assert/strict";
import { it } from "node:test";
import { KavachError, NetworkError, ServerError, TimeoutError } from "../errors/errors.js";
import { decideLocally, isOutage } from "./local-decision.js";

it("takes only unanswered calls and gateways for an outage", () => {
  const outages = [
    ...[new NetworkError("x"), new TimeoutError("x"), new TimeoutError("x", { code: "DEADLINE_EXCEEDED" })],
    ...[502, 503, 504].map((statusCode) => new ServerError("x", { statusCode })),
  ];
  for (const error of outages) assert.ok(isOutage(error), error.name);
  const others = [
    ...[undefined, null, new Error("x"), new KavachError("x"), new NetworkError("x", { code: "INVALID_ARGUMENT" })],
    ...[new NetworkError("x", { statusCode: 200 }), new ServerError("x", { statusCode: 500 }), new ServerError("x")],
  ];
  for (const error of others) assert.ok(!isOutage(error), String(error));
});

it("decides from known permissions", async () => {
  const request = {};
  const asked = { action: "read", resource: "mcp:a" };
  const seen = [];
  const local = {
    permissions: async (...given) => seen.push(given) && ["known"],
    evaluate: (...given) => seen.push(given) && { allowed: false, reason: "no", needs: [] },
  };
  assert.deepEqual(await decideLocally("kv_1", request, asked, local), {
    ...{ allowed: false, auditId: "", reason: "no", source: "local" },
  });
  assert.deepEqual(seen, [
    ["kv_1", request],
    [["known"], asked],
  ]);
});

it("does not decide if anything is missing", async () => {
  const decide = (known, decision) =>
    decideLocally("kv_1", {}, {}, { permissions: () => known, evaluate: () => decision });
  assert.equal(await decide(undefined, { allowed: true }), undefined);
  assert.equal(await decide([], { allowed: true, needs: ["rate"] }), undefined);
  assert.equal(await decide([], { allowed: 1 }), undefined);
  assert.equal(await decide([], undefined), undefined);
  assert.equal(await decide([], Object.create({ allowed: true })), undefined);
  const failing = { permissions: () => Promise.reject(new Error("no")), evaluate: () => ({ allowed: true }) };
  assert.equal(await decideLocally("kv_1", {}, {}, failing), undefined);
});
