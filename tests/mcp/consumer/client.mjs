// The official MCP client of a version, at guarded tools. Prints what comes of each step, as JSON.
//
//   node client.mjs <package of the SDK> <what to do, as JSON>
const [sdk, given] = process.argv.slice(2);
// Looking for metadata is the first step towards another token.
const events = [];
const plainFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const { pathname } = new URL(input.url ?? input);
  if (pathname !== "/mcp") events.push(pathname);
  return plainFetch(input, init);
};
const { Client } = await import(`${sdk}/client/index.js`);
const { StreamableHTTPClientTransport } = await import(`${sdk}/client/streamableHttp.js`);
const { url, sessions } = JSON.parse(given);

// What an OAuth client would do next: any of it is an attempt to get another token.
function provider(token) {
  const saved = (name) => () => void events.push(name);
  return {
    redirectUrl: "http://localhost/callback",
    clientMetadata: { redirect_uris: ["http://localhost/callback"], client_name: "test" },
    clientInformation: () => ({ client_id: "static" }),
    tokens: () => (token ? { access_token: token, token_type: "Bearer" } : undefined),
    saveTokens: saved("tokens"),
    codeVerifier: () => "verifier",
    saveCodeVerifier: saved("verifier"),
    redirectToAuthorization: saved("redirect"),
    invalidateCredentials: saved("invalidate"),
  };
}

async function session({ token, calls }) {
  const results = {};
  const client = new Client({ name: "test", version: "1.0.0" });
  const step = async (name, run) => {
    events.length = 0;
    const outcome = await run().catch((error) => ({
      error: error.constructor.name,
      code: error.code,
      message: error.message,
    }));
    results[name] = { outcome, events: [...events] };
  };
  const transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider(token) });
  await step("connect", () => client.connect(transport).then(() => transport.protocolVersion ?? "connected"));
  if (typeof results.connect.outcome === "string") {
    await step("list", async () => (await client.listTools()).tools.map(({ name }) => name));
    for (const [label, name, args] of calls) await step(label, () => client.callTool({ name, arguments: args }));
    await step("ping", () => client.ping());
  }
  await client.close().catch(() => {});
  return results;
}

const all = {};
for (const [name, one] of Object.entries(sessions)) all[name] = await session(one);
console.log(JSON.stringify(all));
