// The official MCP client on `kavachos-wasm/mcp-client`. Prints the result of each step, as JSON.
//
//   node mcp-client.mjs <what to do, as JSON>
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { createMcpClient } from "kavachos-wasm/mcp-client";

const { url, cookie, mount, token } = JSON.parse(process.argv[2]);
const redirectUrl = "http://localhost:9/callback";
const results = {};
const sent = [];
const redirects = [];

const plainFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const { origin, pathname } = new URL(input.url ?? input);
  sent.push(`${init?.method ?? "GET"} ${origin === new URL(url).origin ? "" : origin}${pathname}`);
  return plainFetch(input, init);
};

async function step(name, run) {
  sent.length = redirects.length = 0;
  const outcome = await run().catch((error) => ({
    error: error.constructor.name,
    code: error.code,
    message: error.message,
  }));
  results[name] = {
    outcome,
    sent: [...sent],
    redirects: redirects.map(({ searchParams }) => searchParams.get("scope")),
  };
}

// The browser of a user who is signed in already.
async function visit(address) {
  const response = await plainFetch(address, { headers: { cookie }, redirect: "manual" });
  return response.headers.get("location");
}

let client;
const connect = async (transport) => {
  await client?.close().catch(() => {});
  client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(transport);
};
const call = (name, given = {}) => client.callTool({ name, arguments: given });
const names = async () => (await client.listTools()).tools.map(({ name }) => name);

if (token) {
  const agent = createMcpClient({ url, token });
  await step("connect", () => connect(new StreamableHTTPClientTransport(new URL(url), agent.transport)));
  await step("list", names);
  await step("echo", () => call("echo", { text: "hello" }));
  await step("deploy", () => call("deploy", { stage: "production" }));
  const unknown = createMcpClient({ url, token: `${token}0` });
  await step("unknown", () => connect(new StreamableHTTPClientTransport(new URL(url), unknown.transport)));
} else {
  const mcp = createMcpClient({ url, redirectUrl, mount, scopes: ["mcp:read"], redirect: (to) => redirects.push(to) });
  const made = () => new StreamableHTTPClientTransport(new URL(url), mcp.transport);
  let asked;
  await step("without a token", () => connect(made()));
  [asked] = redirects;
  const answer = await visit(asked);
  await step("finishAuth", () => made().finishAuth(new URL(answer).searchParams.get("code")));
  await step("complete", () => mcp.complete(answer));
  await step("connect", () => connect(made()));
  await step("list", names);
  await step("echo", () => call("echo", { text: "hello" }));
  await step("deploy", () => call("deploy", { stage: "production" }));
  await step("add, which needs a scope", () => call("add", { a: 1, b: 2 }));
  [asked] = redirects;
  await step("complete again", async () => mcp.complete(await visit(asked)));
  await step("connect again", () => connect(made()));
  await step("add", () => call("add", { a: 1, b: 2 }));
  await step("provider alone", () =>
    connect(new StreamableHTTPClientTransport(new URL(url), { authProvider: mcp.provider })),
  );
  await step("echo by it", () => call("echo", { text: "hello" }));
  results.token = await mcp.token();
  await mcp.disconnect();
  await step("after disconnect", () => connect(made()));
}
await client.close().catch(() => {});
console.log(JSON.stringify(results));
