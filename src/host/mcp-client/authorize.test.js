// The way to the authorization server and back, with servers that do as they should, and with hostile ones.
import assert from "node:assert/strict";
import { it } from "node:test";
import { globals } from "../session/fake-page.mjs";
import { CALLBACK, failing, ISSUER, storageOf, URL_OF_TOOLS, World } from "./fake-servers.mjs";

const TOKEN = `POST ${ISSUER}/mcp/token`;
const REGISTER = `POST ${ISSUER}/mcp/register`;
const begun = async (world, options) => {
  const client = world.client(options);
  const { url } = await client.connect();
  return { client, url, back: new URL(await world.visit(url)) };
};

it("discovers, registers a public client, and asks for a code with PKCE, state and resource", async () => {
  const world = new World();
  const client = world.client({ clientName: "Tester", scopes: ["mcp:read"] });
  const { authorized, url } = await client.connect();
  assert.equal(authorized, false);
  assert.deepEqual(world.paths(), [
    `GET ${URL_OF_TOOLS}`,
    "GET https://tools.example/.well-known/oauth-protected-resource/mcp",
    `GET ${ISSUER}/.well-known/oauth-authorization-server`,
    REGISTER,
  ]);
  assert.deepEqual(world.calls.at(-1).body, {
    ...{ client_name: "Tester", redirect_uris: [CALLBACK], response_types: ["code"] },
    grant_types: ["authorization_code", "refresh_token"],
    ...{ token_endpoint_auth_method: "none", application_type: "web" },
  });
  const { state, code_challenge, ...query } = Object.fromEntries(url.searchParams);
  assert.deepEqual(query, {
    ...{ response_type: "code", client_id: "client-1", redirect_uri: CALLBACK, code_challenge_method: "S256" },
    ...{ resource: URL_OF_TOOLS, scope: "mcp:read offline_access", prompt: "consent" },
  });
  for (const text of [state, code_challenge]) assert.match(text, /^[\w-]{43}$/);
  assert.ok(await client.complete(await world.visit(url)));
  const { body, headers } = world.calls.at(-1);
  assert.deepEqual(
    [
      body.grant_type,
      body.redirect_uri,
      body.resource,
      body.client_id,
      body.client_secret,
      headers.get("authorization"),
    ],
    ["authorization_code", CALLBACK, URL_OF_TOOLS, "client-1", undefined, null],
  );
  assert.deepEqual(await client.connect(), { authorized: true });
  assert.match(await client.token(), /^access-/);
});

it("registers as native where the user comes back to this machine", async () => {
  const world = new World();
  await world.client({ redirectUrl: "http://127.0.0.1:9/cb" }).connect();
  assert.equal(world.calls.at(-1).body.application_type, "native");
});

it("goes to the address in a page, or where the option says", async (context) => {
  const world = new World();
  const seen = [];
  const { url } = await world.client({ redirect: async (to) => void seen.push(to.href) }).connect();
  assert.deepEqual(seen, [url.href]);
  world.page.host.isBrowser = true;
  globals(context, { location: { assign: (to) => seen.push(to), href: "https://app.example/" } });
  const there = await world.client().connect();
  assert.equal(seen[1], there.url.href);
  assert.equal(world.calls.at(-1).init.credentials, "omit");
});

it("takes the answer out of the address of a page, and once where effects run twice", async (context) => {
  const world = new World();
  world.page.host.isBrowser = true;
  globals(context, { location: { assign: () => {}, href: `${CALLBACK}?tab=1` } });
  const { client, back } = await begun(world);
  assert.equal(await client.complete(), false, "a page without an answer");
  back.searchParams.set("tab", "1");
  const location = { href: back.href };
  const replaceState = (_, __, url) => Object.assign(location, { href: `${url}` });
  const history = { state: 1, replaceState };
  globals(context, { location, history });
  const both = await Promise.all([client.complete(), client.complete()]);
  assert.deepEqual([both, location.href], [[true, true], `${CALLBACK}?tab=1`]);
  assert.equal(await client.complete(), false);
  assert.equal(world.paths().filter((path) => path === TOKEN).length, 1);
});

it("survives the way in a storage, also one that answers later (28: state in memory is gone)", async () => {
  const world = new World();
  const entries = new Map();
  const wait = () => new Promise((resolve) => setTimeout(resolve, 5));
  const storage = {
    getItem: (key) => wait().then(() => entries.get(key)),
    setItem: (key, value) => wait().then(() => void entries.set(key, value)),
  };
  const { back } = await begun(world, { storage });
  assert.ok(await world.client({ storage }).complete(back));
  assert.match(await world.client({ storage }).token(), /^access-/);
});

it("finishes a late answer beside a newer authorization (28)", async () => {
  const world = new World();
  const { client, back } = await begun(world);
  await client.connect();
  assert.ok(await client.complete(back));
});

it("refuses an answer that it has not asked for, before anything changes (28: a forged callback)", async () => {
  const world = new World();
  const { client, back } = await begun(world);
  const count = world.calls.length;
  const forged = [
    `${CALLBACK}?code=hush&state=other`,
    `${CALLBACK}?error=access_denied&state=other`,
    `${back}&state=other`,
    `${CALLBACK}?code=hush&state=__proto__`,
  ];
  for (const address of forged) {
    const error = await failing(client.complete(address));
    assert.deepEqual([error.code, /hush/.test(error.message)], ["STATE_MISMATCH", false], address);
  }
  for (const address of [CALLBACK, `${CALLBACK}?code=x`, `${CALLBACK}?state=x`])
    assert.equal(await client.complete(address), false);
  assert.equal((await failing(client.complete("callback"))).code, "INVALID_ARGUMENT");
  assert.equal(world.calls.length, count);
  assert.ok(await client.complete(back), "the real one may still finish");
  assert.equal((await failing(client.complete(back))).code, "STATE_MISMATCH", "once");
});

it("forgets an authorization after an hour, and makes a fresh address (28)", async () => {
  const world = new World();
  const { client, url, back } = await begun(world);
  world.page.time += 3_600_000;
  assert.equal((await failing(client.complete(back))).code, "STATE_MISMATCH");
  const next = await client.connect();
  assert.notEqual(next.url.searchParams.get("state"), url.searchParams.get("state"));
});

it("checks the issuer before it sends the code anywhere (22: iss in the callback)", async () => {
  for (const [announced, iss, isRight] of [
    [true, ISSUER, true],
    [true, undefined, false],
    [true, "https://other.example", false],
    [undefined, ISSUER, true],
    [undefined, `${ISSUER}/`, false],
    [undefined, undefined, true],
    [undefined, "", false],
  ]) {
    const world = new World();
    world.serverMetadata.authorization_response_iss_parameter_supported = announced;
    const { client, back } = await begun(world);
    back.searchParams.delete("iss");
    if (iss !== undefined) back.searchParams.set("iss", iss);
    const count = world.calls.length;
    if (isRight) assert.ok(await client.complete(back));
    else {
      // Nor does it act on the error text of an answer that it rejects.
      const denied = new URL(back);
      denied.searchParams.delete("code");
      denied.searchParams.set("error", "access_denied");
      for (const address of [back, denied])
        assert.equal((await failing(client.complete(address))).code, "ISSUER_MISMATCH");
      assert.equal(world.calls.length, count);
    }
  }
  const world = new World();
  const { client, back } = await begun(world);
  for (const other of [ISSUER, "https://other.example"]) back.searchParams.append("iss", other);
  assert.equal((await failing(client.complete(back))).code, "ISSUER_MISMATCH");
});

it("tells a denial from other errors, and repeats nothing else of an answer", async () => {
  for (const [said, reason] of [
    ["access_denied", "access_denied"],
    ["secret_words", undefined],
    ["", undefined],
  ]) {
    const world = new World();
    const { client, back } = await begun(world);
    back.searchParams.delete("code");
    back.searchParams.set("error", said);
    back.searchParams.set("error_description", "secret words");
    const error = await failing(client.complete(back));
    assert.deepEqual([error.code, error.reason], ["AUTHORIZATION_FAILED", reason]);
    assert.doesNotMatch(JSON.stringify(error) + error.stack, /secret.words/);
  }
  const world = new World();
  const { client, back } = await begun(world);
  back.searchParams.append("code", "another");
  assert.equal((await failing(client.complete(back))).code, "AUTHORIZATION_FAILED");
});

it("sends each code once, with its verifier, whatever becomes of it", async () => {
  const world = new World();
  world.routes[TOKEN] = new Error("ECONNRESET");
  const { client, back } = await begun(world);
  const error = await failing(client.complete(back));
  assert.equal(error.code, "NETWORK_ERROR");
  assert.equal((await failing(client.complete(back))).code, "STATE_MISMATCH");
  assert.equal(world.paths().filter((path) => path === TOKEN).length, 1);
});

it("sends JSON where a form is refused unread, and stays with it", async () => {
  const world = new World();
  const answer = world.answer.bind(world);
  world.answer = (path, call) =>
    path.endsWith("/mcp/token") && !call.isJson ? new Response("Unsupported", { status: 415 }) : answer(path, call);
  const client = await world.connected();
  const sent = () => world.calls.filter(({ url }) => url.endsWith("/mcp/token")).map(({ isJson }) => !!isJson);
  assert.deepEqual(sent(), [false, true]);
  world.page.time += 3_600_000;
  assert.ok(await client.token());
  assert.deepEqual(sent(), [false, true, true]);
  const other = new World();
  await other.connected({ json: true });
  assert.equal(other.calls.at(-1).isJson, true);
});

it("registers once, and again for another redirect or another issuer (27)", async () => {
  const world = new World();
  const storage = storageOf();
  const registrations = () => world.paths().filter((path) => path === REGISTER).length;
  /** Authorized, and over: the registration stays. */
  const round = async (options) => {
    const client = await world.connected({ storage, ...options });
    assert.ok(await client.token());
    for (const token of world.refreshTokens.values()) token.isUsed = true;
    world.page.time += 2 * 3_600_000;
    assert.equal(await client.token(), undefined);
  };
  await round();
  await round();
  assert.equal(registrations(), 1);
  await round({ redirectUrl: `${CALLBACK}/2` });
  assert.equal(registrations(), 2);
  const issuer = "https://auth.example";
  world.resourceMetadata = { authorization_servers: [issuer] };
  world.routes[`${issuer}/.well-known/oauth-authorization-server`] = { ...world.document(), issuer };
  await round({ redirectUrl: `${CALLBACK}/2` });
  assert.equal(registrations(), 3);
});

it("registers again when a user came back without an answer: the server may have forgotten it (27)", async () => {
  const world = new World();
  const storage = storageOf();
  const client = world.client({ storage });
  await client.connect();
  world.clients.clear();
  const { url } = await world.client({ storage }).connect();
  assert.equal(world.paths().filter((path) => path === REGISTER).length, 2);
  assert.ok(await client.complete(await world.visit(url)));
});

it("registers anew after the token endpoint does not know it (27)", async () => {
  const world = new World();
  const { client, back } = await begun(world);
  world.clients.clear();
  const error = await failing(client.complete(back));
  assert.deepEqual([error.code, error.reason], ["AUTHORIZATION_FAILED", "invalid_client"]);
  const { url } = await client.connect();
  assert.ok(await client.complete(await world.visit(url)));
});

it("refuses a registration with a secret, or with addresses of others (27)", async () => {
  const answers = {
    "another method": { client_id: "a", token_endpoint_auth_method: "client_secret_basic", client_secret: "hush" },
    "another address": { client_id: "a", redirect_uris: ["https://hostile.example/"] },
    "one address more": { client_id: "a", redirect_uris: [CALLBACK, "https://hostile.example/"] },
    "a slash more": { client_id: "a", redirect_uris: [`${CALLBACK}/`] },
    "no id": { redirect_uris: [CALLBACK] },
    "an odd id": { client_id: 5 },
    "no object": ["a"],
    "no JSON": new Response("<html>"),
    "an error": Response.json({ error: "invalid_redirect_uri", client_id: "a" }, { status: 400 }),
  };
  for (const [what, answer] of Object.entries(answers)) {
    const world = new World({ [REGISTER]: answer });
    const error = await failing(world.client().connect());
    assert.deepEqual([error.code, /hush/.test(error.stack)], ["REGISTRATION_FAILED", false], what);
    if (what === "an error") assert.equal(error.reason, "invalid_redirect_uri");
  }
  // A secret that nobody asked for counts only where the server takes no public clients, and is kept nowhere.
  const secret = { client_id: "a", client_secret: "hush" };
  for (const methods of [["client_secret_basic"], undefined]) {
    const world = new World({ [REGISTER]: secret });
    world.serverMetadata.token_endpoint_auth_methods_supported = methods;
    assert.equal((await failing(world.client().connect())).code, "REGISTRATION_FAILED");
  }
  const storage = storageOf();
  await new World({ [REGISTER]: secret }).client({ storage }).connect();
  assert.ok(!/hush/.test([...storage.entries.values()].join()));
  const minimal = new World({ [REGISTER]: Response.json({ client_id: "a" }, { status: 201 }) });
  assert.equal((await minimal.client().connect()).url.searchParams.get("client_id"), "a");
});

it("needs no registration with an id, or a document that the server reads", async () => {
  const world = new World();
  world.clients.set("mine", { redirect_uris: [CALLBACK] });
  const client = world.client({ clientId: "mine" });
  const { url } = await client.connect();
  assert.ok(await client.complete(await world.visit(url)));
  assert.ok(!world.paths().includes(REGISTER));
  const clientMetadataUrl = "https://app.example/client.json";
  const asked = async () => (await world.client({ clientMetadataUrl }).connect()).url.searchParams.get("client_id");
  assert.equal(await asked(), "client-2");
  world.serverMetadata.client_id_metadata_document_supported = true;
  assert.equal(await asked(), clientMetadataUrl);
  world.serverMetadata = { registration_endpoint: undefined };
  const error = await failing(world.client().connect());
  assert.deepEqual([error.code, /options\.clientId/.test(error.message)], ["NOT_SUPPORTED", true]);
});

it("proves itself by a secret as the server takes it, and only to its issuer", async () => {
  const options = { clientId: "mine:é", clientSecret: "hush hush", issuer: ISSUER };
  for (const [methods, header, inBody] of [
    [["client_secret_basic", "client_secret_post"], `Basic ${btoa("mine%3A%C3%A9:hush+hush")}`, undefined],
    [undefined, `Basic ${btoa("mine%3A%C3%A9:hush+hush")}`, undefined],
    [["client_secret_post"], null, "hush hush"],
  ]) {
    const world = new World();
    world.clients.set("mine:é", { redirect_uris: [CALLBACK] });
    world.serverMetadata.token_endpoint_auth_methods_supported = methods;
    await world.connected(options);
    const { headers, body } = world.calls.at(-1);
    assert.deepEqual([headers.get("authorization"), body.client_secret], [header, inBody]);
    assert.ok(!world.calls.slice(0, -1).some((call) => JSON.stringify(call).includes("hush")));
  }
  const world = new World();
  world.resourceMetadata.authorization_servers = ["https://hostile.example"];
  assert.equal((await failing(world.client(options).connect())).code, "ISSUER_MISMATCH");
  assert.ok(!JSON.stringify(world.calls).includes("hush"));
});

it("is one authorization for callers at the same time", async () => {
  const world = new World();
  const client = world.client();
  const all = await Promise.all([client.connect(), client.connect(), client.connect()]);
  assert.equal(new Set(all.map(({ url }) => url.href)).size, 1);
  assert.ok(await client.complete(await world.visit(all[0].url)));
});

it("has no secret in what it returns, logs or throws", async () => {
  const { inspect } = await import("node:util");
  const world = new World();
  const client = await world.connected();
  const seen = JSON.stringify(client) + inspect(client, { showHidden: true, depth: 9 });
  assert.deepEqual(JSON.parse(JSON.stringify(client)), { url: URL_OF_TOOLS });
  for (const secret of world.secrets) assert.ok(!seen.includes(secret), secret);
});
