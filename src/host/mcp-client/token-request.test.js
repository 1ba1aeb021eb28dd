// What a token endpoint answers.
import assert from "node:assert/strict";
import { it } from "node:test";
import { failing } from "./fake-servers.mjs";
import { requestTokens } from "./token-request.js";

const grant = { endpoint: "https://auth.example/token", client: "c" };
const request = (answer) =>
  requestTokens({ send: async () => answer, timeout: 5000 }, grant, { grant_type: "x" }, 1000);
const good = { access_token: "a", token_type: "bearer" };

it("reads tokens of type Bearer", async () => {
  assert.deepEqual(await request(Response.json({ ...good, expires_in: 60, refresh_token: "r", scope: "s" })), {
    tokens: { access: "a", at: 1000, json: false, expires: 61_000, refresh: "r", scope: "s" },
  });
  for (const expires_in of [undefined, null, 0, -1, "soon", {}, Number.NaN])
    assert.equal(
      (await request(Response.json({ ...good, expires_in }))).tokens.expires,
      undefined,
      "until it is refused (8)",
    );
  assert.equal((await request(Response.json({ ...good, expires_in: "60" }))).tokens.expires, 61_000);
  for (const odd of [5, "a b", "", null])
    assert.ok(!("refresh" in (await request(Response.json({ ...good, refresh_token: odd }))).tokens));
});

it("takes nothing else for a token (9: token kinds are mixed up)", async () => {
  for (const body of [
    { id_token: "a", token_type: "Bearer" },
    { ...good, token_type: "DPoP" },
    { ...good, token_type: undefined },
    { ...good, access_token: "a b" },
    { ...good, access_token: "a\r\nx: y" },
    { ...good, access_token: "" },
    { ...good, access_token: 5 },
    [],
    "a",
  ])
    assert.equal((await failing(request(Response.json(body)))).code, "DECODE_ERROR", JSON.stringify(body));
});

it("tells credentials that are of no further use from a server that fails (25)", async () => {
  for (const [status, body, expected] of [
    [400, { error: "invalid_grant" }, [true, false]],
    [400, { error: "invalid_request" }, [true, false]],
    [400, { error: "invalid_target" }, [true, false]],
    [401, { error: "invalid_client" }, [true, true]],
    [400, { error: "unauthorized_client" }, [true, true]],
    [403, "no", [true, false]],
    [400, "no", [true, false]],
    [400, { error: "temporarily_unavailable" }, [false, false]],
    [429, { error: "slow_down" }, [false, false]],
    [429, "no", [false, false]],
    [500, { error: "server_error" }, [false, false]],
    [503, "no", [false, false]],
    [201, good, [false, false]],
  ]) {
    const { tokens, error, isFinal, isUnknown } = await request(Response.json(body, { status }));
    assert.deepEqual(
      [tokens, error.code, isFinal, isUnknown],
      [undefined, "AUTHORIZATION_FAILED", ...expected],
      `${status}`,
    );
    assert.equal(error.reason, body.error);
  }
});

it("repeats nothing that a hostile server says", async () => {
  const { error } = await request(
    Response.json({ error: "hush", error_description: "hush", error_uri: "hush" }, { status: 400 }),
  );
  assert.doesNotMatch(JSON.stringify(error) + error.stack, /hush/);
});
