// The official MCP client at an endpoint behind the guard: it steps up to another token only where one would help.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Project } from "../matrix/project.mjs";
import { startServer } from "../suite/server.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const entry = process.env.KAVACHOS_PACKAGE;
const { KavachClient, execute, rateLimited, read, withApproval } = await import(entry);
const { guard } = await import(new URL("./guard.js", entry));

describe("an MCP client", () => {
  let server;
  let http;
  let sessions;
  let kavach;
  let origin;
  const tokens = {};
  before(async () => {
    server = await startServer("--dialect", "sdk");
    kavach = new KavachClient({ baseUrl: server.baseUrl });
    const make = async (name, permissions) => {
      tokens[name] = (await kavach.agents.create({ ownerId: "user-123", name, type: "autonomous", permissions })).token;
    };
    await make("good", [
      ...[
        read("mcp:tools"),
        rateLimited(execute("mcp:tools:add"), 1),
        execute("mcp:tools:echo", { allowedArgPatterns: ["^ok$"] }),
      ],
      withApproval(execute("mcp:tools:deploy")),
    ]);
    await make("narrow", [read("mcp:tools")]);
    await make("none", [read("mcp:other")]);
    tokens.unknown = "kv_unknown";
    tokens.anonymous = "";

    const endpoint = await bundled();
    http = createServer((incoming, outgoing) => {
      respond(endpoint, incoming).then(async (response) => {
        outgoing.writeHead(response.status, Object.fromEntries(response.headers));
        outgoing.end(Buffer.from(await response.arrayBuffer()));
      });
    });
    await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${http.address().port}`;
    const packages = { "@modelcontextprotocol/sdk": "1.32.2" };
    const made = new Project({ name: "guard-mcp", source: join(here, "consumer"), packages }, {});
    await made.prepare();
    const calls = [
      ["allowed", "echo", { text: "ok" }],
      ["arguments", "echo", { text: "not ok" }],
      ["counted", "add", { a: 1, b: 2 }],
      ["limited", "add", { a: 1, b: 2 }],
      ["approval", "deploy", { stage: "production" }],
    ];
    const given = { url: `${origin}/mcp`, tokens, calls };
    sessions = JSON.parse(await made.exec("node", ["mcp.mjs", JSON.stringify(given)]));
  });
  after(async () => {
    http?.closeAllConnections();
    http?.close();
    await server?.stop();
  });

  // As the Worker and the Deno function do it.
  async function respond({ METADATA, metadata, readCall, ruleOf, run }, incoming) {
    const url = new URL(incoming.url, origin);
    if (url.pathname === METADATA) return metadata(url);
    if (url.pathname !== "/mcp") return new Response(null, { status: 404 });
    const chunks = await incoming.toArray();
    const body = incoming.method === "POST" ? Buffer.concat(chunks) : undefined;
    const request = new Request(url, { method: incoming.method, headers: incoming.headers, body });
    const call = await readCall(request);
    if (call instanceof Response) return call;
    const options = { resourceMetadata: new URL(METADATA, url), scope: ({ resource }) => resource };
    const checked = await guard(kavach, request, ruleOf(call), options);
    return checked.ok ? run(call) : checked.response;
  }

  it("connects, lists and calls", () => {
    const { connect, list, allowed, counted } = sessions.good;
    assert.equal(connect.outcome, "connected");
    assert.deepEqual(list.outcome, ["echo", "add", "deploy"]);
    assert.deepEqual([allowed.outcome, counted.outcome], ["ok", "3"]);
  });

  for (const [label, status, type] of [
    ["arguments", 403, "arguments-not-allowed"],
    ["limited", 429, "rate-limited"],
    ["approval", 403, "approval-required"],
  ])
    it(`gets the reason, and asks for no other token: ${label}`, () => {
      const { outcome, seen, events } = sessions.good[label];
      assert.deepEqual([outcome.error, outcome.code], ["StreamableHTTPError", status]);
      assert.ok(outcome.message.includes(`"urn:kavachos:problem:${type}"`), outcome.message);
      assert.deepEqual([seen, events], [[`POST /mcp ${status}`], []]);
    });

  for (const [name, label, error, scope] of [
    ["narrow", "allowed", "insufficient_scope", "mcp:tools:echo"],
    ["none", "connect", "insufficient_scope", "mcp:tools"],
    ["unknown", "connect", "invalid_token", "mcp:tools"],
    ["anonymous", "connect", undefined, "mcp:tools"],
  ])
    it(`looks for another token where one would help: ${name}`, () => {
      const { seen, events } = sessions[name][label];
      const resourceMetadataUrl = `${origin}/.well-known/oauth-protected-resource`;
      const challenge = { resourceMetadataUrl, scope, ...(error ? { error } : {}) };
      assert.deepEqual(events[0], challenge);
      assert.ok(seen.includes("GET /.well-known/oauth-protected-resource 200"), seen.join());
    });

  it("says that its body cannot be read", async () => {
    const headers = { authorization: `Bearer ${tokens.good}`, "content-type": "application/json" };
    const response = await fetch(`${origin}/mcp`, { method: "POST", headers, body: "{not json" });
    assert.deepEqual([response.status, (await response.json()).error.code], [400, -32700]);
  });
});

async function bundled() {
  const source = fileURLToPath(new URL("./endpoint.ts", import.meta.url));
  const { outputFiles } = await build({ entryPoints: [source], bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
