// A client for the official conformance tests: they start it with the URL of an MCP server as its last argument.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { createMcpClient } from "kavachos-wasm/mcp-client";

const url = process.argv.at(-1);
const { client_id: clientId, client_secret: clientSecret } = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? "{}");

// What is known of a server where a client is registered with it beforehand.
const metadata = new URL("/.well-known/oauth-protected-resource/mcp", url);
const issuer = clientId && (await (await fetch(metadata)).json()).authorization_servers[0];

let asked;
const mcp = createMcpClient({
  url,
  redirectUrl: "http://localhost:3000/callback",
  clientMetadataUrl: "https://conformance-test.local/client-metadata.json",
  redirect: (to) => {
    asked = to;
  },
  ...(clientId && { clientId, clientSecret, issuer }),
});

let client;
async function step(run) {
  for (let visits = 0; visits < 4; visits++) {
    try {
      return await run();
    } catch (error) {
      if (error.constructor.name !== "UnauthorizedError") throw error;
      const response = await fetch(asked, { redirect: "manual" });
      await mcp.complete(response.headers.get("location"));
    }
  }
  throw new Error("the user was asked four times");
}

await step(async () => {
  client = new Client({ name: "conformance", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), mcp.transport));
});
await step(() => client.listTools());
await step(() => client.callTool({ name: "test-tool", arguments: {} }));
await client.close();
