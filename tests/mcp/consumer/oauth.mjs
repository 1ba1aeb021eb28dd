// The official MCP client, with OAuth from the first request on. Prints what comes of each step, as JSON.
//
//   node oauth.mjs <what to do, as JSON>
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const { url, cookie } = JSON.parse(process.argv[2]);
const stored = {};
const save = (name) => (value) => {
  stored[name] = value;
};
const seen = [];
let code;

const provider = {
  redirectUrl: "http://localhost:9/callback",
  clientMetadata: {
    redirect_uris: ["http://localhost:9/callback"],
    client_name: "test",
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
    scope: "mcp:read offline_access",
  },
  clientInformation: () => stored.client,
  saveClientInformation: save("client"),
  tokens: () => stored.tokens,
  saveTokens: save("tokens"),
  codeVerifier: () => stored.verifier,
  saveCodeVerifier: save("verifier"),
  // The browser of a user who is signed in already.
  async redirectToAuthorization(address) {
    seen.push(`authorize ${address.searchParams.get("scope")} for ${address.searchParams.get("resource")}`);
    const response = await fetch(address, { headers: { cookie }, redirect: "manual" });
    code = new URL(response.headers.get("location")).searchParams.get("code");
  },
};

const results = {};
let client;
let transport;
async function connect() {
  await client?.close().catch(() => {});
  client = new Client({ name: "test", version: "1.0.0" });
  transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider });
  await client.connect(transport);
}
async function step(name, run) {
  seen.length = 0;
  const outcome = await run().catch((error) => ({ error: error.constructor.name, message: error.message }));
  results[name] = { outcome, seen: [...seen] };
}
const call = (name, given = {}) => client.callTool({ name, arguments: given });

await step("without a token", connect);
await step("with the code", () => transport.finishAuth(code).then(connect));
await step("list", async () => (await client.listTools()).tools.map(({ name }) => name));
await step("whoami", () => call("whoami"));
await step("echo", () => call("echo", { text: "hello" }));
await step("deploy", () => call("deploy", { stage: "production" }));
await step("add, which needs a scope", () => call("add", { a: 1, b: 2 }));
await step("with the next code", () => transport.finishAuth(code).then(connect));
await step("add", () => call("add", { a: 1, b: 2 }));
results.token = stored.tokens.access_token;
await client.close().catch(() => {});
console.log(JSON.stringify(results));
