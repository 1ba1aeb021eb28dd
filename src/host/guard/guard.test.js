// The guard. tests/guard/ has its cases, against real servers and in every runtime.
import assert from "node:assert/strict";
import { it } from "node:test";
import { TOKEN_ONLY } from "../../../generated/guard.js";
import { NetworkError } from "../errors/errors.js";
import { guard } from "./guard.js";

const RULE = { action: "read", resource: "mcp:a" };
const withToken = { headers: new Headers({ authorization: "Bearer kv_1" }) };
const authorizer = (answer) => ({ authorize: answer, auth: { authorizeByToken: answer } });
const allowing = authorizer(async () => ({ allowed: true, auditId: "a" }));

it("allows what the server allows, with a token that is not shown", async () => {
  const outcome = await guard(allowing, withToken, RULE);
  assert.deepEqual(Object.entries(outcome), [
    ["ok", true],
    ["decision", { allowed: true, auditId: "a", source: "server" }],
  ]);
  assert.equal(outcome.token, "kv_1");
});

it("rejects only invalid arguments", async () => {
  for (const given of [
    [{}, withToken, RULE],
    [allowing, {}, RULE],
    [allowing, withToken, {}],
    [allowing, withToken, RULE, { unknown: 1 }],
  ])
    await assert.rejects(guard(...given), { code: "INVALID_ARGUMENT" });
});

it("fails closed", async () => {
  const refused = async (kavach, request, rule, options) => {
    const outcome = await guard(kavach, request, rule, options);
    assert.equal(outcome.ok, false);
    return [outcome.reason, outcome.response.status];
  };
  const rejecting = (error) => authorizer(() => Promise.reject(error));
  const throwing = () => {
    throw new Error("no");
  };
  assert.deepEqual(await refused(allowing, { headers: new Headers() }, RULE), ["missing_token", 401]);
  assert.deepEqual(await refused(rejecting(new NetworkError("x")), withToken, RULE), ["unavailable", 503]);
  assert.deepEqual(
    await refused(
      authorizer(async () => ({})),
      withToken,
      RULE,
    ),
    ["unavailable", 503],
  );
  assert.deepEqual(await refused(allowing, withToken, throwing), ["unavailable", 503]);
  assert.deepEqual(await refused(authorizer(throwing), withToken, RULE), ["unavailable", 503]);
  const stuck = authorizer(() => new Promise(() => {}));
  assert.deepEqual(await refused(stuck, withToken, RULE, { deadline: 1 }), ["unavailable", 503]);
});

it("blames the caller for what is the caller's", async () => {
  const reason = async (rule, options) => (await guard(allowing, withToken, rule, options)).reason;
  assert.equal(await reason({ ...RULE, arguments: () => ({ a: 1n }) }), "invalid_request");
  assert.equal(await reason(() => JSON.parse("{")), "invalid_request");
  assert.equal(await reason({ ...RULE, arguments: { a: "long" } }, { argumentsLimit: 5 }), "request_too_large");
  assert.equal(await reason(() => new Response(null, { status: 418 })), "refused");
});

it("takes an ungranted `null` rule for a valid token", async () => {
  const denying = (reason) => authorizer(async () => ({ allowed: false, auditId: "a", reason }));
  const valid = await guard(denying("No permission grants validate on kavachos:token"), withToken, null);
  assert.deepEqual(valid.decision, { allowed: true, auditId: "a", source: "server", tokenOnly: true });
  assert.equal((await guard(denying("Invalid or expired agent token"), withToken, null)).ok, false);
});

it("decides locally during an outage only", async () => {
  const local = { onUnavailable: "local", permissions: () => [], evaluate: () => ({ allowed: true }) };
  const away = authorizer(() => Promise.reject(new NetworkError("x")));
  assert.equal((await guard(away, withToken, RULE, local)).decision.source, "local");
  const failing = authorizer(() => Promise.reject(new Error("x")));
  assert.equal((await guard(failing, withToken, RULE, local)).ok, false);
});

it("rejects with the reason of the caller's signal", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(guard(allowing, withToken, RULE, { signal }), /enough/);
});

it("answers preflights before it reads the token", async () => {
  const headers = new Headers({ origin: "https://a.example", "access-control-request-method": "POST" });
  const { reason, response } = await guard(allowing, { method: "OPTIONS", headers }, RULE, { cors: "*" });
  assert.equal(reason, "preflight");
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
});

it("asks a question that nobody can change", () => {
  assert.throws(() => Object.assign(TOKEN_ONLY, { action: "read" }), TypeError);
});
