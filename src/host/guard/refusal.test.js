// Error responses.
import assert from "node:assert/strict";
import { it } from "node:test";
import { AuthenticationError, PermissionError, RateLimitError } from "../errors/errors.js";
import { denialRefusal, errorRefusal, isScope, refusal, unavailable } from "./refusal.js";

const CHALLENGE = { parameters: ['realm="r"'], scope: undefined, metadata: undefined };
const ASKED = { action: "read", resource: "mcp:a" };
const none = { __proto__: null };
const challengeOf = ({ response }) => response.headers.get("www-authenticate");

it("answers with a problem that is never cached", async () => {
  const { ok, reason, response } = refusal("missing-token", CHALLENGE, none);
  assert.deepEqual([ok, reason, response.status], [false, "missing_token", 401]);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.deepEqual(await response.json(), {
    type: "urn:kavachos:problem:missing-token",
    title: "This resource needs a bearer token.",
    status: 401,
    detail: "This resource needs a bearer token.",
    code: "missing_token",
  });
});

it("challenges only where another token would help", () => {
  const kinds = {
    "missing-token": 'Bearer realm="r"',
    "malformed-token": 'Bearer realm="r", error="invalid_token"',
    "invalid-token": 'Bearer realm="r", error="invalid_token"',
    "insufficient-scope": 'Bearer realm="r", error="insufficient_scope"',
    "approval-required": null,
    "rate-limited": null,
    unavailable: null,
    constructor: null,
  };
  for (const [kind, expected] of Object.entries(kinds))
    assert.equal(challengeOf(refusal(kind, CHALLENGE, none)), expected, kind);
});

it("adds scope and metadata to the challenge", () => {
  const metadata = 'resource_metadata="https://a.example"';
  const withScope = (scope, asked) =>
    challengeOf(refusal("missing-token", { ...CHALLENGE, scope, metadata }, { __proto__: null, asked }));
  const expected = (scope) => `Bearer realm="r"${scope}, ${metadata}`;
  assert.equal(withScope("a b"), expected(', scope="a b"'));
  assert.equal(
    withScope(({ resource }) => resource, ASKED),
    expected(', scope="mcp:a"'),
  );
  assert.equal(
    withScope(({ resource }) => resource),
    expected(""),
    "unknown before the rule has run",
  );
  const failing = () => {
    throw new Error("no");
  };
  for (const scope of [failing, () => 'a"b', () => undefined]) assert.equal(withScope(scope, ASKED), expected(""));
});

it("rounds Retry-After up, and omits what is no time", () => {
  const retry = (retryAfter) =>
    refusal("rate-limited", CHALLENGE, { __proto__: null, retryAfter }).response.headers.get("retry-after");
  assert.deepEqual([0, 1.2, 30].map(retry), ["0", "2", "30"]);
  for (const other of [-1, Number.NaN, Number.POSITIVE_INFINITY, "5", undefined]) assert.equal(retry(other), null);
});

it("passes the reason of a denial on, but no token", async () => {
  const denial = (reason, token = "kv_1") =>
    denialRefusal({ allowed: false, auditId: "a", reason, source: "server" }, token, ASKED, CHALLENGE);
  const said = denial("No permission grants read on mcp:a");
  assert.equal((await said.response.json()).detail, "No permission grants read on mcp:a");
  assert.equal(said.reason, "denied");
  const repeating = denial("No permission grants kv_1%2F", "kv_1/");
  assert.equal((await repeating.response.json()).detail, "The token may not do this.");
  assert.ok(!("reason" in repeating.decision));
  const invalid = denial("Invalid or expired agent token");
  assert.equal(invalid.response.status, 401);
  assert.equal((await invalid.response.json()).detail, "The bearer token is not valid, or not any more.");
});

it("maps errors of the call to statuses, and shows nothing of them", async () => {
  const status = (error) => errorRefusal(error, ASKED, CHALLENGE).response.status;
  assert.equal(status(new AuthenticationError("secret")), 401);
  assert.equal(status(new RateLimitError("secret", { retryAfter: 3 })), 429);
  for (const error of [new PermissionError("secret"), new Error("secret"), undefined, null, "secret"])
    assert.equal(status(error), 503);
  const error = new Error("secret");
  const refused = unavailable(error);
  assert.equal(refused.error, error);
  assert.ok(!(await refused.response.text()).includes("secret"));
});

it("knows scopes", () => {
  for (const scope of ["a", "a b:c", "!#[]~"]) assert.ok(isScope(scope), scope);
  for (const other of ["", " a", "a  b", 'a"', "a\\", "ä", 1, undefined]) assert.ok(!isScope(other), String(other));
});
