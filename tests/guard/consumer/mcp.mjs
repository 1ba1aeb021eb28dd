// The official MCP client, against an endpoint behind the guard. Prints what results from each session, as JSON.

import { extractWWWAuthenticateParams } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const { url, tokens, calls } = JSON.parse(process.argv[2]);

// What an OAuth client would do next: any of it is an attempt to get another token.
function provider(token, events) {
  const saved = (name) => () => void events.push(name);
  return {
    redirectUrl: "http://localhost/callback",
    clientMetadata: { redirect_uris: ["http://localhost/callback"], client_name: "test" },
    clientInformation: () => undefined,
    saveClientInformation: saved("register"),
    tokens: () => (token ? { access_token: token, token_type: "Bearer" } : undefined),
    saveTokens: saved("tokens"),
    codeVerifier: () => "verifier",
    saveCodeVerifier: saved("verifier"),
    redirectToAuthorization: saved("redirect"),
    invalidateCredentials: saved("invalidate"),
  };
}

async function session(token) {
  const events = [];
  const seen = [];
  const watched = async (input, init) => {
    const response = await fetch(input, init);
    const { pathname } = new URL(input);
    seen.push(`${init?.method ?? "GET"} ${pathname} ${response.status}`);
    if (response.headers.has("www-authenticate")) events.push(extractWWWAuthenticateParams(response));
    return response;
  };
  const client = new Client({ name: "test", version: "1.0.0" });
  const results = {};
  const step = async (name, run) => {
    seen.length = 0;
    events.length = 0;
    const outcome = await run().catch((error) => ({
      error: error.constructor.name,
      code: error.code,
      message: error.message,
    }));
    results[name] = { outcome, seen: [...seen], events: [...events] };
  };
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    authProvider: provider(token, events),
    fetch: watched,
  });
  await step("connect", () => client.connect(transport).then(() => "connected"));
  if (results.connect.outcome === "connected") {
    await step("list", async () => (await client.listTools()).tools.map(({ name }) => name));
    for (const [label, name, given] of calls)
      await step(label, async () => (await client.callTool({ name, arguments: given })).content[0].text);
  }
  await client.close().catch(() => {});
  return results;
}

const sessions = {};
for (const [name, token] of Object.entries(tokens)) sessions[name] = await session(token);
console.log(JSON.stringify(sessions));
