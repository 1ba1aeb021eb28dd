// What the official SDK calls; tests/mcp drives the SDK itself.
import assert from "node:assert/strict";
import { it } from "node:test";
import { CALLBACK, failing, ISSUER, URL_OF_TOOLS, World } from "./fake-servers.mjs";

const address = (scope) =>
  new URL(`https://sdk.example/authorize${scope ? `?scope=${encodeURIComponent(scope)}` : ""}`);

it("says what is known, so that the SDK looks for nothing and keeps nothing", async () => {
  const world = new World();
  const seen = [];
  const { provider } = world.client({ redirect: (url) => void seen.push(url) });
  assert.deepEqual([provider.redirectUrl, provider.clientMetadata.redirect_uris], [CALLBACK, [CALLBACK]]);
  assert.equal(await provider.tokens(), undefined);
  const { authorizationServerUrl, resourceMetadata, authorizationServerMetadata } = await provider.discoveryState();
  assert.deepEqual([authorizationServerUrl, resourceMetadata.resource], [ISSUER, URL_OF_TOOLS]);
  assert.equal(authorizationServerMetadata.authorization_endpoint, `${ISSUER}/mcp/authorize`);
  assert.deepEqual(await provider.clientInformation(), { client_id: "client-1", issuer: ISSUER });
  await provider.saveCodeVerifier("of the SDK");
  await provider.redirectToAuthorization(address("mcp:read"));
  assert.equal(seen[0].searchParams.get("client_id"), "client-1");
  assert.equal(world.paths().filter((path) => path.includes("well-known")).length, 2);
});

it("checks state and issuer: a code alone is not taken", async () => {
  const { provider } = await new World().connected();
  for (const method of ["codeVerifier", "saveTokens"]) {
    const error = await failing(provider[method]());
    assert.deepEqual([error.code, /complete\(url\)/.test(error.message)], ["NOT_SUPPORTED", true]);
  }
});

it("gives the SDK no refresh token", async () => {
  const client = await new World().connected();
  assert.deepEqual(await client.provider.tokens(), { access_token: await client.token(), token_type: "Bearer" });
});

it("refreshes where it stands alone, and sends the user only where that does not help", async () => {
  const world = new World();
  const client = await world.connected();
  world.page.time += 60_000;
  const refused = await client.token();
  await client.provider.redirectToAuthorization(address());
  assert.notEqual(await client.token(), refused);
  const before = world.calls.length;
  const scopes = [];
  const stepping = world.client({
    storage: "memory",
    redirect: (url) => void scopes.push(url.searchParams.get("scope")),
  });
  await stepping.provider.redirectToAuthorization(address("mcp:execute"));
  assert.ok(world.calls.length > before);
  assert.equal(scopes.length, 1);
});

it("steps up where it stands alone", async () => {
  const world = new World();
  const seen = [];
  const client = await world.connected({
    scopes: ["mcp:read"],
    redirect: (url) => void seen.push(url.searchParams.get("scope")),
  });
  await client.provider.redirectToAuthorization(address("mcp:execute"));
  assert.equal(seen[1], "mcp:read mcp:execute offline_access");
});
