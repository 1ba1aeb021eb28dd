// Agents' tokens through the same interface.
import assert from "node:assert/strict";
import { it } from "node:test";
import { failing, URL_OF_TOOLS, World } from "./fake-servers.mjs";

const agent = (world, token, more) => world.client({ token, redirectUrl: undefined, ...more });
const grant = (world, token, scope = "") => world.tokens.set(token, { scope, expires: Number.POSITIVE_INFINITY });

it("are sent with each request, without OAuth", async () => {
  const world = new World();
  grant(world, "kv_1");
  const client = agent(world, "kv_1");
  assert.deepEqual(
    [await client.connect(), await client.token(), await client.complete()],
    [{ authorized: true }, "kv_1", false],
  );
  assert.equal((await client.fetch(URL_OF_TOOLS, { method: "POST", body: "{}" })).status, 200);
  assert.deepEqual(await client.provider.tokens(), { access_token: "kv_1", token_type: "Bearer" });
  assert.deepEqual(world.paths(), [`POST ${URL_OF_TOOLS}`]);
  assert.equal(client.provider.redirectUrl, "");
});

it("are asked for again when one is refused, once", async () => {
  const world = new World();
  grant(world, "kv_2");
  const asked = [];
  const client = agent(world, async (context) => {
    asked.push(context);
    return context.previousToken ? "kv_2" : "kv_1";
  });
  assert.equal((await client.fetch(URL_OF_TOOLS)).status, 200);
  assert.deepEqual(asked, [{}, { previousToken: "kv_1" }]);
  world.tokens.clear();
  assert.equal((await client.fetch(URL_OF_TOOLS)).status, 401);
  assert.deepEqual([world.calls.length, asked.length], [4, 4]);
});

it("say so when they are refused, and send nobody anywhere", async () => {
  const world = new World();
  const client = agent(world, "kv_1");
  assert.equal((await client.fetch(URL_OF_TOOLS)).status, 401);
  const { provider } = client;
  const asking = [() => client.connect(), () => provider.discoveryState(), () => provider.clientInformation()];
  for (const ask of [...asking, () => provider.redirectToAuthorization(new URL("https://a.example"))]) {
    const error = await failing(ask());
    assert.deepEqual([error.code, /kv_/.test(error.stack)], ["INVALID_TOKEN", false]);
  }
  assert.equal(world.calls.length, 1);
  await client.disconnect();
  assert.deepEqual(await client.connect(), { authorized: true });
});

it("say that a scope is missing: no user can grant one", async () => {
  const world = new World();
  grant(world, "kv_1", "mcp:read");
  world.needed = ["mcp:execute"];
  const client = agent(world, "kv_1");
  assert.equal((await client.fetch(URL_OF_TOOLS)).status, 403);
  assert.equal((await failing(client.connect())).code, "INSUFFICIENT_SCOPE");
  assert.equal((await failing(client.provider.discoveryState())).code, "INSUFFICIENT_SCOPE");
});

it("come from functions that may fail, hang or return something else", async () => {
  const world = new World();
  for (const token of [
    () => {
      throw new Error("hush");
    },
    () => Promise.reject(new Error("hush")),
    () => new Promise(() => {}),
    () => undefined,
    () => "a b",
    () => 5,
  ]) {
    const error = await failing(agent(world, token, { timeout: 20 }).fetch(URL_OF_TOOLS));
    assert.deepEqual([error.code, /hush/.test(error.stack)], ["TOKEN_UNAVAILABLE", false]);
  }
  assert.equal(world.calls.length, 0);
});
