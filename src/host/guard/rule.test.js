// Rules.
import assert from "node:assert/strict";
import { it } from "node:test";
import { applyRule, checkRule, constantRequest, isResponse } from "./rule.js";

const REQUEST = { url: "https://a.example/x" };

it("checks rules when they are given", () => {
  const ask = () => null;
  assert.equal(checkRule(ask), ask);
  assert.equal(checkRule(null), null);
  assert.deepEqual({ ...checkRule({ action: "a", resource: ask, arguments: null }) }, { action: "a", resource: ask });
  for (const rule of [undefined, 1, [], {}, { action: "a" }, { action: "", resource: "r" }])
    assert.throws(() => checkRule(rule), { code: "INVALID_ARGUMENT" });
  assert.throws(() => checkRule({ action: "a", resource: "r", arguments: [] }), /rule.arguments must be an object/);
  assert.throws(() => checkRule({ action: "a", resource: "r", argument: {} }), /Did you mean "arguments"/);
});

it("applies values and functions", async () => {
  const rule = { action: "read", resource: async ({ url }) => url, arguments: () => ({ a: 1 }) };
  assert.deepEqual(
    { ...(await applyRule(rule, REQUEST)) },
    {
      action: "read",
      resource: REQUEST.url,
      arguments: { a: 1 },
    },
  );
  assert.deepEqual(
    { ...(await applyRule(() => ({ action: "a", resource: "r" }), REQUEST)) },
    {
      action: "a",
      resource: "r",
    },
  );
  assert.equal(await applyRule(null, REQUEST), null);
  assert.equal(await applyRule(async () => null, REQUEST), null);
});

it("returns the response of a function", async () => {
  const response = new Response();
  assert.equal(await applyRule(() => response, REQUEST), response);
  assert.equal(await applyRule({ action: () => response, resource: "r" }, REQUEST), response);
});

it("rejects what is no rule", async () => {
  for (const found of [undefined, 1, "a", []])
    await assert.rejects(
      applyRule(() => found, REQUEST),
      { message: "rule must be a plain object" },
    );
});

it("recognizes responses of other libraries", () => {
  assert.ok(isResponse(new Response()));
  assert.ok(isResponse({ status: 200, headers: new Map() }));
  for (const other of [undefined, null, {}, { status: 200 }, { status: "200", headers: new Map() }])
    assert.ok(!isResponse(other));
});

it("knows what is asked for every request", () => {
  assert.deepEqual(constantRequest({ action: "a", resource: "r", arguments: {} }), { action: "a", resource: "r" });
  for (const rule of [null, () => null, { action: "a", resource: () => "r" }])
    assert.equal(constantRequest(rule), undefined);
});
