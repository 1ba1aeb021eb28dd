// Requests with a token: kept, refreshed, stepped up, and sent to one server alone.
import assert from "node:assert/strict";
import { it } from "node:test";
import { pollute } from "../session/fake-page.mjs";
import { CALLBACK, failing, HOUR, ISSUER, locksOf, storageOf, URL_OF_TOOLS, World } from "./fake-servers.mjs";

const TOKEN = `POST ${ISSUER}/mcp/token`;
const count = (world, path = TOKEN) => world.paths().filter((one) => one === path).length;
const call = (client, init) => client.fetch(URL_OF_TOOLS, { method: "POST", body: "{}", ...init });
/** Connected, with tokens that are not new any more. */
const settledIn = async (world, options) => {
  const client = await world.connected(options);
  world.page.time += 60_000;
  return client;
};
const revoke = (world) => {
  for (const token of world.tokens.values()) token.isRevoked = true;
};

it("sends the token with the request as it is", async () => {
  const world = new World();
  const client = await settledIn(world);
  const { status } = await call(client, {
    headers: { "mcp-protocol-version": "2025-11-25", authorization: "Bearer other" },
  });
  const { headers, token, redirect, init } = world.calls.at(-1);
  assert.deepEqual([status, token, redirect, init.body], [200, await client.token(), "manual", "{}"]);
  assert.equal(headers.get("mcp-protocol-version"), "2025-11-25");
  assert.equal((await world.client().fetch(URL_OF_TOOLS)).status, 401, "without a token the server says what it wants");
});

it("sends it to the MCP server and below it, and nowhere else", async () => {
  const world = new World({ "https://tools.example/mcp/messages": {} });
  const client = await settledIn(world);
  assert.equal((await client.fetch(new URL(`${URL_OF_TOOLS}/messages?a=b`))).status, 200);
  const before = world.calls.length;
  for (const url of [
    ...[
      "https://tools.example/",
      "https://tools.example/mcp2",
      "https://tools.example/mcp/../admin",
      "/mcp",
      "",
      undefined,
    ],
    ...[
      "http://tools.example/mcp",
      "https://tools.example:8443/mcp",
      "https://user@tools.example/mcp",
      "https://auth.example/mcp",
    ],
    ...[new Request(URL_OF_TOOLS), `${ISSUER}/mcp/token`, {}],
  ])
    assert.equal((await failing(client.fetch(url))).code, "INVALID_ARGUMENT", `${url}`);
  assert.equal(world.calls.length, before);
});

it("follows no redirect with the token", async () => {
  const world = new World();
  const client = await settledIn(world);
  world.routes[URL_OF_TOOLS] = () =>
    new Response(null, { status: 307, headers: { location: "https://hostile.example/" } });
  assert.equal((await failing(call(client))).code, "REDIRECTED");
  assert.equal(
    (await call(client, { redirect: "manual" })).status,
    307,
    "a caller that asks for it gets the redirect itself",
  );
  world.routes[URL_OF_TOOLS] = () => Object.defineProperty(Response.json({}), "redirected", { value: true });
  assert.equal((await failing(call(client, { redirect: "manual" }))).code, "REDIRECTED");
});

it("reports a network that fails, and an abort as it is", async () => {
  const world = new World({ [URL_OF_TOOLS]: () => new TypeError("hush") });
  const client = world.client();
  const error = await failing(call(client));
  assert.deepEqual([error.code, /hush/.test(error.stack)], ["NETWORK_ERROR", false]);
  assert.equal((await failing(call(client, { signal: AbortSignal.abort() }))).message, "hush");
});

it("refreshes before a token expires, with the resource, and keeps what it had (26: the second hour)", async () => {
  const world = new World();
  const client = await world.connected();
  const first = await client.token();
  world.page.time += HOUR - 31_000;
  assert.equal(await client.token(), first);
  world.page.time += 2_000;
  const second = await client.token();
  assert.notEqual(second, first);
  const { body } = world.calls.at(-1);
  assert.deepEqual(
    [body.grant_type, body.resource, body.client_id, body.scope],
    ["refresh_token", URL_OF_TOOLS, "client-1", undefined],
  );
  world.page.time += HOUR;
  assert.notEqual(await client.token(), second, "and again, with the refresh token that came with it");
  assert.equal(count(world), 3);
});

it("leaves the resource out of a refresh where the server refuses it there (26)", async () => {
  const world = new World();
  const client = await world.connected({ resourceOnRefresh: false });
  world.page.time += HOUR;
  await client.token();
  assert.ok(!("resource" in world.calls.at(-1).body));
});

it("keeps a refresh token that is not replaced, and tokens that live for seconds", async () => {
  const world = new World();
  world.life = 10;
  const client = await world.connected();
  const first = await client.token();
  world.page.time += 8_000;
  assert.equal(await client.token(), first);
  world.routes[TOKEN] = () => ({ access_token: "again", token_type: "Bearer", expires_in: 10 });
  world.page.time += 1_500;
  assert.equal(await client.token(), "again");
  world.page.time += 10_000;
  assert.equal(await client.token(), "again");
  const used = world.calls.filter(({ body }) => body?.refresh_token).map(({ body }) => body.refresh_token);
  assert.equal(new Set(used).size, 1);
});

it("uses a token without a refresh token until it expires (25: taken for expired)", async () => {
  const world = new World();
  world.granted = "mcp:read";
  const client = await world.connected();
  world.page.time += HOUR - 1_000;
  assert.ok(await client.token());
  world.page.time += 1_000;
  assert.equal(await client.token(), undefined);
  assert.equal(count(world), 1);
  assert.equal((await client.connect()).authorized, false);
});

for (const [where, locks] of [
  ["with", locksOf()],
  ["without", undefined],
])
  it(`refreshes once for many requests at a time, ${where} locks (24: parallel 401s redeem one token)`, async () => {
    const world = new World();
    world.page.host.locks = () => locks;
    const client = await settledIn(world);
    revoke(world);
    const answers = await Promise.all(Array.from({ length: 8 }, () => call(client)));
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    assert.equal(count(world), 2);
    world.page.time += HOUR;
    await Promise.all([client.token(), client.connect(), call(client)]);
    assert.equal(count(world), 3);
    assert.equal(world.ended.size, 0, "no refresh token was used twice");
  });

it("refreshes once in all tabs (24)", async () => {
  const world = new World();
  const storage = storageOf();
  const locks = locksOf();
  world.page.host.locks = () => locks;
  const tabs = [await settledIn(world, { storage }), world.client({ storage }), world.client({ storage })];
  world.page.time += HOUR;
  const tokens = await Promise.all(tabs.map((tab) => tab.token()));
  assert.deepEqual([new Set(tokens).size, count(world), world.ended.size], [1, 2, 0]);
  revoke(world);
  world.page.time += 60_000;
  const answers = await Promise.all(tabs.map((tab) => call(tab)));
  assert.deepEqual([answers.map(({ status }) => status), count(world)], [[200, 200, 200], 3]);
  assert.deepEqual([...new Set(locks.names)], [`kavachos.mcp:${URL_OF_TOOLS}:refresh`]);
});

it("takes what another process has refreshed, and does not drop it (24)", async () => {
  const world = new World();
  world.page.host.locks = () => undefined;
  const storage = storageOf();
  const one = await settledIn(world, { storage });
  const other = world.client({ storage });
  world.page.time += HOUR;
  // No lock: the other one is quicker, while this one's request is in flight.
  const answer = world.answer.bind(world);
  let isFirst = true;
  world.answer = async (path, sent) => {
    if (path.endsWith("/mcp/token") && isFirst) {
      isFirst = false;
      await other.token();
      world.ended.clear();
    }
    return answer(path, sent);
  };
  const token = await one.token();
  world.ended.clear();
  assert.ok(token);
  assert.equal(token, await other.token());
});

it("drops tokens once when the refresh token is dead, and asks for login (25)", async () => {
  for (const [status, error] of [
    [400, "invalid_grant"],
    [400, "invalid_request"],
  ]) {
    const world = new World();
    const client = await settledIn(world);
    world.page.time += HOUR;
    world.routes[TOKEN] = () => Response.json({ error }, { status });
    assert.equal(await client.token(), undefined);
    assert.equal(await client.token(), undefined);
    assert.equal((await call(client)).status, 401);
    assert.equal(count(world), 2, "it is not tried again");
    assert.equal((await client.connect()).authorized, false);
  }
});

it("ends with the family when a refresh token is used twice, without a loop", async () => {
  const world = new World();
  const client = await settledIn(world);
  const [stolen] = world.refreshTokens.keys();
  world.page.time += HOUR;
  await client.token();
  world.token({
    body: { grant_type: "refresh_token", refresh_token: stolen, client_id: "client-1", resource: URL_OF_TOOLS },
  });
  world.page.time += HOUR;
  const before = world.calls.length;
  assert.equal(await client.token(), undefined);
  assert.equal((await client.connect()).authorized, false);
  assert.deepEqual(world.paths(before).filter((path) => path === TOKEN).length, 1);
});

it("keeps tokens while the authorization server fails, and uses them while they last", async () => {
  const world = new World();
  const client = await settledIn(world);
  world.routes[TOKEN] = () => new Response("busy", { status: 503 });
  world.page.time += HOUR - 60_000 - 10_000;
  const token = await client.token();
  assert.ok(token, "it has ten seconds left");
  world.page.time += 10_000;
  assert.equal((await failing(client.token())).code, "AUTHORIZATION_FAILED");
  assert.equal((await failing(call(client))).code, "AUTHORIZATION_FAILED");
  world.routes[TOKEN] = new TypeError("network");
  assert.equal((await failing(client.connect())).code, "NETWORK_ERROR");
  delete world.routes[TOKEN];
  assert.notEqual(await client.token(), token);
});

it("does not bring tokens back after disconnect", async () => {
  const world = new World();
  const client = await settledIn(world);
  world.page.time += HOUR;
  const answer = world.answer.bind(world);
  world.answer = async (path, sent) => {
    if (path.endsWith("/mcp/token")) await client.disconnect();
    return answer(path, sent);
  };
  assert.equal(await client.token(), undefined);
  assert.equal(await client.token(), undefined);
});

it("sends a request again once, and no stream (its body is used up)", async () => {
  const world = new World();
  const client = await settledIn(world);
  revoke(world);
  const body = new ReadableStream({ start: (to) => to.close() });
  assert.equal((await call(client, { body, duplex: "half" })).status, 401);
  assert.equal((await call(client)).status, 200, "the next one has the other token");
  const iterable = { async *[Symbol.asyncIterator]() {} };
  world.page.time += 60_000;
  revoke(world);
  assert.equal((await call(client, { body: iterable })).status, 401);
  assert.equal(count(world), 3);
});

it("does not go round with a token that is refused at once: a wrong audience", async () => {
  const world = new World();
  world.routes[URL_OF_TOOLS] = () => world.challenge(401, 'error="invalid_token", ');
  const client = await world.connected();
  const before = world.calls.length;
  assert.equal((await call(client)).status, 401);
  assert.equal(world.calls.length - before, 1, "another token of the same kind would not help");
  const error = await failing(client.connect());
  assert.equal(error.code, "INVALID_TOKEN");
  assert.equal(await client.token(), undefined);
  assert.equal((await client.connect()).authorized, false, "who asks again begins again");
});

it("asks the user when what a refresh brings is refused too", async () => {
  const world = new World();
  const client = await settledIn(world);
  world.routes[URL_OF_TOOLS] = () => world.challenge(401, 'error="invalid_token", ');
  assert.equal((await call(client)).status, 401);
  assert.equal(count(world), 2);
  assert.equal((await client.connect()).authorized, false);
  assert.equal((await call(client)).status, 401);
  assert.equal(count(world), 2, "not again for each request");
});

it("steps up to the union of scopes, without a refresh, and without a loop (23)", async () => {
  const world = new World();
  const client = await settledIn(world, { scopes: ["mcp:read"] });
  world.needed = ["mcp:execute"];
  assert.equal((await call(client)).status, 403);
  const { authorized, url } = await client.connect();
  assert.equal(authorized, false);
  assert.deepEqual(url.searchParams.get("scope").split(" ").sort(), ["mcp:execute", "mcp:read", "offline_access"]);
  assert.equal(count(world), 1, "a refresh cannot widen a scope");
  await client.complete(await world.visit(url));
  assert.deepEqual(await client.connect(), { authorized: true });
  assert.equal((await call(client)).status, 200);
  // The server wants what has been asked for: asking again would not help.
  world.routes[URL_OF_TOOLS] = () => world.challenge(403, 'error="insufficient_scope", scope="mcp:execute", ');
  assert.equal((await call(client)).status, 403);
  assert.equal((await failing(client.connect())).code, "INSUFFICIENT_SCOPE");
  assert.deepEqual(await client.connect(), { authorized: true });
});

it("does not ask again for a scope that the user did not grant, nor for none (23)", async () => {
  const world = new World();
  world.granted = "mcp:read";
  const client = await settledIn(world, { scopes: ["mcp:read", "mcp:execute"] });
  world.needed = ["mcp:execute"];
  assert.equal((await call(client)).status, 403);
  assert.equal((await failing(client.connect())).code, "INSUFFICIENT_SCOPE");
  world.routes[URL_OF_TOOLS] = () => world.challenge(403, 'error="insufficient_scope", ');
  await call(client);
  assert.equal((await failing(client.connect())).code, "INSUFFICIENT_SCOPE");
  world.routes[URL_OF_TOOLS] = () => new Response("denied", { status: 403 });
  await call(client);
  assert.deepEqual(await client.connect(), { authorized: true }, "a denial is no step-up");
});

it("asks for what the challenge wants, else for what the metadata lists", async () => {
  const scopes = async (world, options) => (await world.client(options).connect()).url.searchParams.get("scope");
  const world = new World();
  world.resourceMetadata = { scopes_supported: ["mcp:read", "mcp:execute"] };
  assert.equal(await scopes(world), "mcp:read mcp:execute offline_access");
  world.routes[URL_OF_TOOLS] = () => world.challenge(401, 'scope="mcp:read", ');
  assert.equal(await scopes(world), "mcp:read offline_access");
  assert.equal(await scopes(world, { scopes: ["a"] }), "a mcp:read offline_access");
  world.serverMetadata = { scopes_supported: undefined };
  world.resourceMetadata = {};
  delete world.routes[URL_OF_TOOLS];
  assert.equal(await scopes(world), null, "none, and no empty parameter");
});

it("is bound to the server that issued the tokens, whatever is discovered later", async () => {
  const world = new World();
  const storage = storageOf();
  await world.connected({ storage });
  world.resourceMetadata = { authorization_servers: ["https://hostile.example"] };
  world.page.time += HOUR;
  const before = world.calls.length;
  assert.ok(await world.client({ storage }).token());
  assert.deepEqual(world.paths(before), [TOKEN]);
  assert.equal(await world.client({ storage, issuer: "https://other.example" }).token(), undefined);
  assert.equal(
    await world.client({ storage, url: "https://tools.example/other", key: `kavachos.mcp:${URL_OF_TOOLS}` }).token(),
    undefined,
  );
});

it("keeps users apart by their keys", async () => {
  const world = new World();
  const storage = storageOf();
  await world.connected({ storage, key: "ann" });
  assert.equal(await world.client({ storage, key: "bob" }).token(), undefined);
  assert.ok(await world.client({ storage, key: "ann" }).token());
});

it("forgets all on disconnect", async () => {
  const world = new World();
  const storage = storageOf();
  const client = await world.connected({ storage });
  await client.disconnect();
  assert.equal(await client.token(), undefined);
  const kept = [...storage.entries.values()].join();
  for (const secret of [...world.secrets, "client-1"]) assert.ok(!kept.includes(secret), secret);
});

it("sends no secret to any other origin than that which was discovered", async () => {
  const world = new World();
  const client = await settledIn(world);
  revoke(world);
  await call(client);
  world.page.time += HOUR;
  await client.token();
  for (const { url, headers, body } of world.calls) {
    const sent = url + [...headers].join() + JSON.stringify(body ?? "");
    const { origin } = new URL(url);
    for (const secret of world.secrets) {
      if (!sent.includes(secret)) continue;
      const isAccess = secret.startsWith("access-");
      assert.equal(origin, isAccess ? "https://tools.example" : "https://auth.example", secret);
      assert.ok(!url.includes(secret));
    }
  }
});

it("leaves nothing of a callback in what it keeps", async () => {
  const world = new World();
  const storage = storageOf();
  await world.connected({ storage });
  const [kept] = storage.entries.values();
  assert.ok(!/code-|verifier|state/.test(kept), kept);
  assert.ok(kept.includes(CALLBACK));
});

it("reads own members alone, whatever every object has", async (context) => {
  const world = new World();
  const storage = storageOf();
  const names = ["resource_metadata", "scope", "scopes", "refresh", "challenge", "refused", "redirect", "json"];
  const more = ["post", "iss", "client", "tokens", "pending", "access", "redirectUrl", "issuer"];
  const restore = pollute(
    context,
    Object.fromEntries([...names, ...more].map((name) => [name, "https://hostile.example/"])),
  );
  const client = await world.connected({ storage });
  const status = [(await call(client)).status];
  world.page.time += HOUR;
  status.push((await call(client)).status);
  restore();
  assert.deepEqual(status, [200, 200]);
  assert.ok(!JSON.stringify(world.calls.map(({ url, body }) => [url, body])).includes("hostile"));
  assert.ok(![...storage.entries.values()].join().includes("hostile"));
});

it("forgets a registration that the server does not know when it refreshes (27)", async () => {
  const world = new World();
  const client = await settledIn(world);
  world.clients.clear();
  world.page.time += HOUR;
  assert.equal(await client.token(), undefined);
  const { url } = await client.connect();
  assert.ok(await client.complete(await world.visit(url)));
});

it("keeps scopes that the metadata had asked for when it steps up (23: the old ones are replaced)", async () => {
  const world = new World();
  world.resourceMetadata = { scopes_supported: ["mcp:read"] };
  const client = await settledIn(world);
  world.needed = ["mcp:execute"];
  await call(client);
  const { url } = await client.connect();
  assert.deepEqual(url.searchParams.get("scope").split(" ").sort(), ["mcp:execute", "mcp:read", "offline_access"]);
});
