// Handlers behind a guard.
import assert from "node:assert/strict";
import { it } from "node:test";
import { protect } from "./protect.js";

const RULE = { action: "read", resource: "mcp:a" };
const withToken = { headers: new Headers({ authorization: "Bearer kv_1" }) };
const withoutToken = { headers: new Headers() };
const answering = (decision) => ({ authorize: async () => decision, auth: { authorizeByToken: async () => decision } });
const allowing = answering({ allowed: true, auditId: "a" });

it("gives the handler the request, what was granted, and the other arguments", async () => {
  const response = new Response("ok");
  const seen = [];
  const handler = protect(allowing, RULE, (...given) => seen.push(given) && response);
  assert.equal(await handler(withToken, "env", "ctx"), response);
  const [[request, granted, ...rest]] = seen;
  assert.equal(request, withToken);
  assert.deepEqual([granted.token, granted.decision.auditId, ...rest], ["kv_1", "a", "env", "ctx"]);
});

it("does not run the handler for a refused request", async () => {
  const handler = protect(allowing, RULE, () => assert.fail());
  assert.equal((await handler(withoutToken)).status, 401);
});

it("makes the client for a request, and refuses if that fails", async () => {
  const seen = [];
  const make = (...given) => seen.push(given) && allowing;
  await protect(make, RULE, () => new Response())(withToken, "env");
  assert.deepEqual(seen, [[withToken, "env"]]);
  for (const failing of [() => undefined, () => Promise.reject(new Error("no"))])
    assert.equal((await protect(failing, RULE, () => assert.fail())(withToken)).status, 503);
});

it("sends the response of onRefusal, or its own", async () => {
  const refuse = (onRefusal, options) =>
    protect(allowing, RULE, () => assert.fail(), { onRefusal, ...options })(withoutToken);
  const other = new Response("other");
  assert.equal(await refuse(() => other), other);
  const failing = () => {
    throw new Error("no");
  };
  for (const onRefusal of [() => undefined, failing]) assert.equal((await refuse(onRefusal)).status, 401);
  assert.equal((await refuse(() => new Promise(() => {}), { deadline: 1 })).status, 401);
});

it("adds CORS headers to what the handler returns", async () => {
  const handler = protect(allowing, RULE, () => new Response("ok"), { cors: "*" });
  assert.equal((await handler(withToken)).headers.get("access-control-allow-origin"), "*");
});

it("checks its arguments at once", () => {
  const run = () => new Response();
  for (const given of [
    [{}, RULE, run],
    [allowing, {}, run],
    [allowing, RULE, undefined],
    [allowing, RULE, run, { onRefused() {} }],
  ])
    assert.throws(() => protect(...given), { code: "INVALID_ARGUMENT" });
});
