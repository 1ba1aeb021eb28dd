// The guard's side of the client.
import assert from "node:assert/strict";
import { it } from "node:test";
import { CLIENT, checkAuthorizer, requestDecision, SETS_SOURCE } from "./authorizer.js";

const REQUEST = { action: "read", resource: "mcp:a" };
const authorizer = (answer, more) => ({
  authorize: async (...given) => answer("authorize", ...given),
  auth: { authorizeByToken: async (...given) => answer("authorizeByToken", ...given) },
  ...more,
});

it("recognizes a client by its methods", () => {
  const kavach = authorizer(() => ({}));
  assert.equal(checkAuthorizer(kavach), kavach);
  for (const other of [undefined, null, {}, { authorize() {} }, { auth: { authorizeByToken() {} } }, "client"])
    assert.throws(() => checkAuthorizer(other, "it"), {
      code: "INVALID_ARGUMENT",
      message: "it must be a KavachClient",
    });
});

it("uses the symbols of the client", () => {
  assert.equal(SETS_SOURCE, Symbol.for("kavachos.decision.source"));
  assert.equal(CLIENT, Symbol.for("kavachos.client"));
});

it("asks about a token, or about an agent", async () => {
  const calls = [];
  const kavach = authorizer((...call) => calls.push(call) && { allowed: true, auditId: "a" });
  await requestDecision(kavach, { token: "kv_1", agentId: undefined }, REQUEST, { timeout: 1 });
  await requestDecision(kavach, { token: undefined, agentId: "agent-1" }, REQUEST);
  assert.deepEqual(calls, [
    ["authorizeByToken", "kv_1", REQUEST, { timeout: 1 }],
    ["authorize", "agent-1", REQUEST, undefined],
  ]);
});

it("sets the source, except for an authorizer that sets it itself", async () => {
  const decision = { allowed: false, auditId: "a", source: "cache" };
  const subject = { token: "kv_1", agentId: undefined };
  const source = async (more) =>
    (
      await requestDecision(
        authorizer(() => decision, more),
        subject,
        REQUEST,
      )
    ).source;
  assert.equal(await source({}), "server");
  assert.equal(await source({ [SETS_SOURCE]: true }), "cache");
  assert.equal(decision.source, "cache", "the answer is not changed");
});

it("rejects answers that are no decision", async () => {
  const subject = { token: "kv_1", agentId: undefined };
  for (const answer of [undefined, null, {}, { allowed: 1 }, Object.create({ allowed: true })])
    await assert.rejects(
      requestDecision(
        authorizer(() => answer),
        subject,
        REQUEST,
      ),
      { code: "DECODE_ERROR" },
    );
});
