// Errors, and what errors of OAuth mean.
import assert from "node:assert/strict";
import { it } from "node:test";
import { DENIED } from "../../../generated/mcp-client.js";
import { KavachError } from "../errors/errors.js";
import { failed, meaningOf, reasonOf } from "./failed.js";

it("have a code, a sentence and a reason", () => {
  const error = failed(DENIED, "access_denied");
  assert.ok(error instanceof KavachError);
  assert.deepEqual([error.code, error.reason], ["AUTHORIZATION_FAILED", "access_denied"]);
  assert.equal(error.message, "the authorization server refused the authorization (access_denied)");
  assert.deepEqual(error.toJSON(), {
    name: "KavachError",
    code: error.code,
    message: error.message,
    reason: "access_denied",
  });
  assert.equal(failed(DENIED, undefined, "!").message, "the authorization server refused the authorization!");
});

it("name errors of OAuth that are known, and nothing else that a server says", () => {
  for (const [said, reason, meaning] of [
    ["invalid_grant", "invalid_grant", 0],
    ["temporarily_unavailable", "temporarily_unavailable", 1],
    ["invalid_client", "invalid_client", 2],
    ["secret-code-1", undefined, undefined],
    ["constructor", undefined, undefined],
    ["__proto__", undefined, undefined],
    [undefined, undefined, undefined],
    [{ toString: () => "invalid_grant" }, "invalid_grant", 0],
  ]) {
    assert.equal(reasonOf(said), reason);
    assert.equal(meaningOf(reasonOf(said)), meaning);
  }
});
