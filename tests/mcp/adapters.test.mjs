// Guarded MCP servers in Express, Hono and Next.js' route handlers, on both transports of the official SDK, driven by its client.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Project } from "../matrix/project.mjs";
import { startServer } from "../suite/server.mjs";
import { SDK } from "./runtimes.mjs";

const entry = process.env.KAVACHOS_PACKAGE;
const { KavachClient, execute, withApproval } = await import(entry);
const load = (name) => import(new URL(`./${name}.js`, entry));
const [hono, node, next] = await Promise.all(["hono", "express", "next"].map(load));
const packages = { [SDK]: "1.32.2", zod: "4.6.7", express: "5.3.0", hono: "4.13.19" };
const RESOURCE = "https://tools.example/mcp";
const METADATA = "/.well-known/oauth-protected-resource/mcp";
const OPTIONS = { resource: RESOURCE, server: "tools" };

let project;
let modules;
let sdk;
let server;
let kavach;
const tokens = {};
before(async () => {
  const source = fileURLToPath(new URL("./consumer/", import.meta.url));
  project = new Project({ name: "mcp-adapters", source, packages }, {});
  await project.prepare();
  modules = createRequire(join(project.directory, "package.json"));
  const load = (path) => import(pathToFileURL(modules.resolve(`${SDK}/${path}`)));
  const paths = ["client/index.js", "client/streamableHttp.js", "server/mcp.js", "server/streamableHttp.js"];
  sdk = Object.assign({}, ...(await Promise.all([...paths, "server/webStandardStreamableHttp.js"].map(load))));
  server = await startServer("--dialect", "adapter");
  kavach = new KavachClient({ baseUrl: server.baseUrl });
  const make = async (name, permissions) => {
    const about = { ownerId: "user-123", name, type: "autonomous", permissions };
    tokens[name] = (await kavach.agents.create(about)).token;
  };
  await make("good", [execute("mcp:tools:echo"), withApproval(execute("mcp:tools:deploy"))]);
  await make("other", [execute("mcp:tools:echo")]);
});
after(() => server?.stop());

function tools() {
  const { z } = modules("zod");
  const made = new sdk.McpServer({ name: "tools", version: "1.0.0" });
  const text = (value) => ({ content: [{ type: "text", text: value }] });
  const inputSchema = { text: z.string() };
  made.registerTool("echo", { inputSchema }, ({ text: given }) => text(given));
  made.registerTool("deploy", { inputSchema }, () => text("deployed"));
  made.registerTool("whoami", {}, ({ authInfo, requestInfo }) =>
    text(JSON.stringify({ id: authInfo.clientId, headers: Object.keys(requestInfo.headers) })),
  );
  return made;
}

/** An endpoint on the transport for Node.js: with a session for each client, as most servers have it. */
function onNode() {
  const sessions = new Map();
  return async (req, res) => {
    let transport = sessions.get(req.headers["mcp-session-id"]);
    if (!transport) {
      transport = new sdk.StreamableHTTPServerTransport({
        sessionIdGenerator: () => crypto.randomUUID(),
        onsessioninitialized: (id) => void sessions.set(id, transport),
      });
      await tools().connect(transport);
    }
    await transport.handleRequest(req, res, req.body);
  };
}

/** An endpoint on the transport for web requests, without sessions. */
async function onWeb(request, granted) {
  if (request.method !== "POST") return new Response(null, { status: 405 });
  const transport = new sdk.WebStandardStreamableHTTPServerTransport();
  await tools().connect(transport);
  return transport.handleRequest(request, granted);
}

async function listening(handle) {
  const http = createServer(handle);
  await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${http.address().port}`;
  const stop = () => {
    http.closeAllConnections();
    return new Promise((resolve) => http.close(resolve));
  };
  return { fetch: (path, init) => fetch(origin + path, init), stop };
}

function express(before, options, ...handlers) {
  return async () => {
    const app = modules("express")();
    const mcp = node.mcpGuard(kavach, { ...OPTIONS, ...options }, ...handlers);
    app.use(mcp.metadata);
    app.all("/mcp", ...before(modules("express")), mcp, onNode());
    app.get("/", (_req, res) => res.send("open"));
    app.use((error, _req, res, _next) => res.status(500).json({ error: error.message }));
    return listening(app);
  };
}

const servers = {
  "Express, on the transport for Node.js": express(() => []),
  "Express, behind its parser of JSON": express(({ json }) => [json()]),
  "Express, behind its parser of bytes": express(({ raw }) => [raw({ type: "*/*" })]),
  "Express, on the transport for web requests": express(() => [], {}, onWeb),
  async Hono() {
    const app = new (modules("hono").Hono)();
    const mcp = hono.mcpGuard(
      () => kavach,
      () => OPTIONS,
    );
    app.use(mcp.metadata);
    app.all("/mcp", mcp, (c) => onWeb(c.req.raw, c.var.kavach));
    app.get("/", (c) => c.text("open"));
    return { fetch: async (path, init) => app.request(path, init), stop() {} };
  },
  async "Hono, behind a validator"() {
    const app = new (modules("hono").Hono)();
    const mcp = hono.mcpGuard(kavach, OPTIONS);
    const validator = async (c, go) => {
      if (c.req.method === "POST") await c.req.json();
      await go();
    };
    app.use(mcp.metadata);
    app.all("/mcp", validator, mcp, async (c) => {
      if (c.req.method === "POST") assert.ok((await c.req.json()).jsonrpc);
      return onWeb(c.req.raw, c.var.kavach);
    });
    app.get("/", (c) => c.text("open"));
    return { fetch: async (path, init) => app.request(path, init), stop() {} };
  },
  async "Next.js"() {
    const mcp = next.mcpGuard(kavach, OPTIONS, onWeb);
    const routes = { "/mcp": mcp, [METADATA]: mcp.metadata, "/": () => new Response("open") };
    return { fetch: async (path, init) => routes[path](new Request(`http://localhost${path}`, init)), stop() {} };
  },
};

for (const [name, serve] of Object.entries(servers)) {
  describe(`a guarded MCP server in ${name}`, () => {
    let app;
    before(async () => {
      app = await serve();
    });
    after(() => app?.stop());

    const connected = async (token) => {
      const transport = new sdk.StreamableHTTPClientTransport(new URL("http://localhost/mcp"), {
        requestInit: { headers: { authorization: `Bearer ${token}` } },
        fetch: (url, init) => app.fetch(new URL(url).pathname, init),
      });
      const client = new sdk.Client({ name: "test", version: "1.0.0" });
      await client.connect(transport);
      return { client, transport };
    };
    const post = (body, headers) =>
      app.fetch("/mcp", {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          authorization: `Bearer ${tokens.good}`,
          ...headers,
        },
        body: typeof body === "string" ? body : JSON.stringify(body),
      });

    it("serves the official client, and answers denials as results", async () => {
      const { client } = await connected(tokens.good);
      assert.deepEqual(
        (await client.listTools()).tools.map((tool) => tool.name),
        ["echo", "deploy", "whoami"],
      );
      const call = (tool, given) => client.callTool({ name: tool, arguments: given });
      assert.equal((await call("echo", { text: "hello" })).content[0].text, "hello");
      const denied = await call("deploy", { text: "production" });
      assert.deepEqual([denied.isError, denied._meta["kavachos/denial"].kind], [true, "approval-required"]);
      const unknown = await call("whoami", {});
      assert.equal(unknown._meta["kavachos/denial"].kind, "insufficient-scope");
      await client.close();
    });

    it("answers without a token with a challenge that leads to its metadata, for pages too", async () => {
      const origin = "https://page.example";
      const refused = await post({}, { authorization: "", origin });
      assert.equal(refused.status, 401);
      const challenge = refused.headers.get("www-authenticate");
      assert.match(challenge, new RegExp(`resource_metadata="https://tools.example${METADATA}"`));
      assert.equal(refused.headers.get("access-control-allow-origin"), "*");
      const metadata = await app.fetch(METADATA);
      assert.equal((await metadata.json()).resource, RESOURCE);
      assert.equal(metadata.headers.get("access-control-allow-origin"), "*");
      const headers = { origin, "access-control-request-method": "POST" };
      assert.equal((await app.fetch("/mcp", { method: "OPTIONS", headers })).status, 204);
      assert.equal(await (await app.fetch("/")).text(), "open");
    });

    it("lets pages read what the server answers", async () => {
      const pong = await post({ jsonrpc: "2.0", id: 1, method: "ping" }, { origin: "https://page.example" });
      assert.match(pong.headers.get("access-control-expose-headers"), /Mcp-Session-Id/);
      await pong.body?.cancel();
    });

    it("executes nothing that it cannot read", async () => {
      const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "echo", arguments: { text: "a" } } };
      const batch = await post([call], { "mcp-protocol-version": "2025-11-25" });
      assert.equal(batch.status, 400);
      assert.equal((await post({ ...call, Method: "x" })).status, 400);
      assert.equal((await post(call, { "content-type": "text/plain" })).status, 415);
    });

    it("refuses a body that is too large, and goes on", async () => {
      const refused = await post({ jsonrpc: "2.0", id: 1, method: "ping", params: { pad: "a".repeat(1_200_000) } });
      assert.ok([413, 500].includes(refused.status), `${refused.status}`); // Parsers have limits too.
      assert.equal((await app.fetch("/")).status, 200);
    });
  });
}

describe("a session on the transport for Node.js", () => {
  it("belongs to whom it was made for, and tools do not see the token", async () => {
    const app = await express(() => [], { tools: { whoami: null } })();
    try {
      const headers = (token, more) => ({
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        authorization: `Bearer ${token}`,
        ...more,
      });
      const send = (body, token, more) =>
        app.fetch("/mcp", { method: "POST", headers: headers(token, more), body: JSON.stringify(body) });
      const clientInfo = { name: "test", version: "1.0.0" };
      const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo };
      const made = await send({ jsonrpc: "2.0", id: 1, method: "initialize", params }, tokens.good);
      const id = made.headers.get("mcp-session-id");
      assert.ok(id);
      await made.body.cancel();
      const whoami = { jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "whoami", arguments: {} } };
      assert.equal((await send(whoami, tokens.other, { "mcp-session-id": id })).status, 404);
      const text = await (await send(whoami, tokens.good, { "mcp-session-id": id })).text();
      assert.match(text, /agent:[\da-f]{64}/);
      assert.doesNotMatch(text, /authorization/i);
    } finally {
      await app.stop();
    }
  });
});

describe("the middleware for Express", () => {
  it("says that a parser has eaten the body, and executes nothing", async () => {
    const eaten = (req, _res, go) => req.on("end", go).resume();
    const app = await express(() => [eaten])();
    const headers = { "content-type": "application/json", authorization: `Bearer ${tokens.good}` };
    const response = await app.fetch("/mcp", { method: "POST", headers, body: "{}" });
    assert.equal(response.status, 500);
    assert.match(
      (await response.json()).error,
      /^the body was read before the guard.*put the guard before what reads it$/,
    );
    await app.stop();
  });

  it("filters lists of a server of web requests alone", async () => {
    assert.throws(() => node.mcpGuard(kavach, { ...OPTIONS, filterTools: true }), {
      code: "INVALID_ARGUMENT",
      message: /^options\.filterTools needs/,
    });
    const app = await express(() => [], { filterTools: true }, onWeb)();
    const headers = {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      authorization: `Bearer ${tokens.good}`,
    };
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });
    const text = await (await app.fetch("/mcp", { method: "POST", headers, body })).text();
    assert.match(text, /"echo"/);
    assert.doesNotMatch(text, /"whoami"/);
    await app.stop();
  });

  it("reports a wrong option with the first request", async () => {
    const app = await express(() => [], { server: "a b" })();
    const response = await app.fetch("/mcp", { method: "POST" });
    assert.deepEqual([response.status, /^options\.server must be/.test((await response.json()).error)], [500, true]);
    await app.stop();
  });

  it("stops what a client no longer waits for", async () => {
    let stopped;
    const isStopped = new Promise((resolve) => {
      stopped = resolve;
    });
    const streaming = (request) => {
      request.signal.addEventListener("abort", () => stopped("aborted"));
      const start = (controller) => controller.enqueue(new TextEncoder().encode(": hello\n\n"));
      return new Response(new ReadableStream({ start }), { headers: { "content-type": "text/event-stream" } });
    };
    const app = await express(() => [], {}, streaming)();
    const headers = { accept: "text/event-stream", authorization: `Bearer ${tokens.good}` };
    const reader = (await app.fetch("/mcp", { headers })).body.getReader();
    await reader.read();
    await reader.cancel();
    assert.equal(await isStopped, "aborted");
    await app.stop();
  });
});
