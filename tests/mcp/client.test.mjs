// The client of MCP servers: the official client on it, and alone, at guarded tools and the MCP OAuth of the local server.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { SECRET, started, toolsOf, visit } from "./oauth-servers.mjs";
import { clients, runtimes } from "./runtimes.mjs";

const { KavachClient, execute, withApproval } = await import(process.env.KAVACHOS_PACKAGE);
const { createMcpClient } = await import(new URL("./mcp-client.js", process.env.KAVACHOS_PACKAGE));
const { verifyAccessToken } = await import(new URL("./mcp.js", process.env.KAVACHOS_PACKAGE));
const redirectUrl = "http://127.0.0.1:9/callback";

describe("the official client on kavachos-wasm/mcp-client", () => {
  let world;
  let tools;
  let results;
  let agents;
  let kavach;
  let agent;
  before(async () => {
    const project = await clients();
    world = await started("--dialect", "adapter");
    kavach = new KavachClient({ baseUrl: world.issuer });
    agent = await kavach.agents.create({
      ...{ ownerId: world.signedIn.user.id, name: "assistant", type: "delegated" },
      permissions: [
        ...[execute("mcp:tools:echo"), execute("mcp:tools:add")],
        withApproval(execute("mcp:tools:deploy")),
      ],
    });
    const settings = { baseUrl: world.issuer, signingSecret: SECRET, agents: { [world.signedIn.user.id]: agent.id } };
    tools = await runtimes["Node.js"](settings);
    const run = async (given) => JSON.parse(await project.exec("node", ["mcp-client.mjs", JSON.stringify(given)]));
    const url = `${tools.origin}/mcp`;
    results = await run({ url, cookie: world.cookie });
    agents = await run({ url, token: agent.token });
  });
  after(() => Promise.all([tools?.stop(), world?.server.stop()]));
  const outcome = (name) => results[name].outcome;

  it("finds the authorization server and sends the user there, without a request of the SDK's own", () => {
    const { outcome, sent, redirects } = results["without a token"];
    assert.equal(outcome.error, "UnauthorizedError", JSON.stringify(outcome));
    assert.deepEqual(redirects, ["mcp:read offline_access"]);
    // The proxy of the tools names the server as their own origin.
    assert.deepEqual(sent, [
      ...["POST /mcp", "GET /.well-known/oauth-protected-resource/mcp", "GET /.well-known/oauth-authorization-server"],
      `POST ${world.issuer}/mcp/register`,
    ]);
  });

  it("takes the answer with its state alone", () => {
    assert.deepEqual([outcome("finishAuth").code, results.finishAuth.sent], ["NOT_SUPPORTED", []]);
    assert.deepEqual([outcome("complete"), results.complete.sent], [true, [`POST ${world.issuer}/mcp/token`]]);
  });

  it("connects, lists and calls", () => {
    assert.equal(outcome("connect"), undefined);
    assert.deepEqual(outcome("list"), ["echo", "add", "deploy", "whoami"]);
    assert.equal(outcome("echo").content[0].text, "hello");
  });

  it("reads a denial, and sends the user nowhere", () => {
    const { outcome, redirects, sent } = results.deploy;
    assert.equal(outcome._meta["kavachos/denial"].kind, "approval-required");
    assert.deepEqual([redirects, sent], [[], ["POST /mcp"]]);
  });

  it("steps up to the union of scopes, once", () => {
    const step = results["add, which needs a scope"];
    assert.equal(step.outcome.error, "UnauthorizedError", JSON.stringify(step.outcome));
    assert.equal(step.redirects.length, 1);
    assert.deepEqual(step.redirects[0].split(" ").sort(), ["mcp:execute", "mcp:read", "offline_access"]);
    assert.ok(!step.sent.some((path) => path.endsWith("/mcp/token")), "a refresh would not help");
    assert.equal(outcome("add").content[0].text, "3");
  });

  it("works with the provider alone", () => {
    assert.equal(outcome("provider alone"), undefined);
    assert.equal(outcome("echo by it").content[0].text, "hello");
  });

  it("has a token for these tools alone, and forgets it", async () => {
    const options = { secrets: [SECRET], issuer: world.issuer, resource: `${tools.origin}/mcp` };
    assert.equal((await verifyAccessToken(results.token, options)).userId, world.signedIn.user.id);
    await assert.rejects(verifyAccessToken(results.token, { ...options, resource: `${tools.origin}/other` }), {
      code: "INVALID_AUDIENCE",
    });
    assert.equal(outcome("after disconnect").error, "UnauthorizedError");
  });

  it("calls with an agent's token through the same interface", () => {
    assert.equal(agents.connect.outcome, undefined);
    assert.deepEqual(agents.list.outcome, ["echo", "add", "deploy", "whoami"]);
    assert.equal(agents.echo.outcome.content[0].text, "hello");
    assert.equal(agents.deploy.outcome._meta["kavachos/denial"].kind, "approval-required");
    const { outcome, sent } = agents.unknown;
    assert.deepEqual([outcome.code, sent], ["INVALID_TOKEN", ["POST /mcp"]]);
    assert.ok(!JSON.stringify(agents).includes(agent.token));
  });
});

describe("the client alone", () => {
  let lasting;
  let brief;
  before(async () => {
    lasting = await started();
    brief = await started("--mcp-token-ttl", "2");
  });
  after(() => Promise.all([lasting?.server.stop(), brief?.server.stop()]));

  /** Connected to tools that take each token, with what was sent. */
  async function connected(context, world, handle = () => ({ status: 200 })) {
    const tools = await toolsOf(world.issuer, handle);
    context.after(tools.stop);
    const sent = [];
    const kept = new Map();
    const client = createMcpClient({
      ...{ url: tools.url, redirectUrl, scopes: ["mcp:read"] },
      storage: { getItem: (key) => kept.get(key), setItem: (key, value) => void kept.set(key, value) },
      fetch: (url, init) => {
        sent.push(`${init.method ?? "GET"} ${new URL(url).pathname}`);
        return fetch(url, init);
      },
    });
    const { authorized, url } = await client.connect();
    assert.equal(authorized, false);
    assert.ok(await client.complete(await visit(url, world.cookie)));
    return { client, tools, sent, kept: () => JSON.parse([...kept.values()][0]) };
  }
  const count = (sent) => sent.filter((path) => path.endsWith("/mcp/token")).length;
  const until = async (isSo) => {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
  };

  it("finds the document below the mount, and is bound to the resource", async (context) => {
    const { client, tools, sent, kept } = await connected(context, lasting);
    assert.ok(sent.includes("GET /api/kavach/.well-known/oauth-authorization-server"));
    assert.equal((await client.fetch(tools.url)).status, 200);
    const { resource, issuer } = kept().tokens;
    assert.deepEqual([resource, issuer], [tools.url, lasting.issuer]);
    const claims = JSON.parse(Buffer.from((await client.token()).split(".")[1], "base64url"));
    assert.deepEqual([claims.aud, claims.iss], [tools.url, lasting.issuer]);
  });

  it("refreshes what expires, once for all that ask, and again", async (context) => {
    const { client, sent, kept, tools } = await connected(context, brief);
    for (let round = 1; round < 3; round++) {
      const { access, refresh, expires } = kept().tokens;
      await until(() => Date.now() >= expires);
      const all = await Promise.all([client.token(), client.token(), client.connect().then(() => client.token())]);
      assert.equal((await client.fetch(tools.url)).status, 200);
      assert.ok(!all.includes(access) && all[0]);
      assert.notEqual(kept().tokens.refresh, refresh);
      assert.equal(kept().tokens.resource, tools.url);
    }
    // A slow machine may have seen another token expire meanwhile; a refresh token that was used twice would have been refused.
    assert.ok(count(sent) >= 3);
    assert.ok(await client.token());
  });

  it("asks the user again when its refresh token was used by another", async (context) => {
    const { client, sent, kept } = await connected(context, brief);
    const { refresh, client: id, endpoint, expires } = kept().tokens;
    const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: refresh, client_id: id });
    assert.equal((await fetch(endpoint, { method: "POST", body })).status, 200);
    await until(() => Date.now() >= expires);
    const before = count(sent);
    assert.deepEqual([await client.token(), await client.token()], [undefined, undefined]);
    assert.equal(count(sent) - before, 1);
    const { authorized, url } = await client.connect();
    assert.equal(authorized, false);
    assert.ok(await client.complete(await visit(url, brief.cookie)));
  });

  it("does not go round where its tokens are for another audience", async (context) => {
    const other = (token, resource) =>
      JSON.parse(Buffer.from(token.split(".")[1], "base64url")).aud === `${resource}/other`
        ? { status: 200 }
        : { status: 401, challenge: 'error="invalid_token", ' };
    const { client, tools } = await connected(context, lasting, other);
    assert.equal((await client.fetch(tools.url)).status, 401);
    await assert.rejects(client.connect(), { code: "INVALID_TOKEN" });
  });

  it("does not go round where a scope does not help", async (context) => {
    const { client, tools } = await connected(context, lasting, () => ({
      status: 403,
      challenge: 'error="insufficient_scope", scope="mcp:execute", ',
    }));
    assert.equal((await client.fetch(tools.url)).status, 403);
    const { url } = await client.connect();
    assert.deepEqual(url.searchParams.get("scope").split(" ").sort(), ["mcp:execute", "mcp:read", "offline_access"]);
    assert.ok(await client.complete(await visit(url, lasting.cookie)));
    assert.equal((await client.fetch(tools.url)).status, 403);
    await assert.rejects(client.connect(), { code: "INSUFFICIENT_SCOPE" });
  });

  it("says why the server gives no code", async (context) => {
    const tools = await toolsOf(lasting.issuer, () => ({ status: 200 }));
    context.after(tools.stop);
    const client = createMcpClient({ url: tools.url, redirectUrl });
    const { url } = await client.connect();
    const back = new URL(redirectUrl);
    back.search = new URLSearchParams({ error: "access_denied", state: url.searchParams.get("state") });
    await assert.rejects(client.complete(back), { code: "AUTHORIZATION_FAILED", reason: "access_denied" });
    await assert.rejects(client.complete(back), { code: "STATE_MISMATCH" });
  });
});

it("sends JSON to KavachOS on Fastify, which takes no forms", async (context) => {
  const world = await started("--mount", "fastify");
  context.after(() => world.server.stop());
  const tools = await toolsOf(world.issuer, () => ({ status: 200 }));
  context.after(tools.stop);
  const types = [];
  const client = createMcpClient({
    ...{ url: tools.url, redirectUrl },
    fetch: (url, init) => {
      if (url.endsWith("/mcp/token")) types.push(init.headers["content-type"]);
      return fetch(url, init);
    },
  });
  const { url } = await client.connect();
  const back = new URL(redirectUrl);
  back.search = new URLSearchParams({ code: "wrong", state: url.searchParams.get("state") });
  // The server has read it, and refuses the code.
  await assert.rejects(client.complete(back), { code: "AUTHORIZATION_FAILED", reason: "invalid_grant" });
  assert.deepEqual(types, ["application/x-www-form-urlencoded", "application/json"]);
});
