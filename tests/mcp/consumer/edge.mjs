// A user's way through the client of MCP servers, in any runtime: resolves to what each step came to.
import { createMcpClient } from "kavachos-wasm/mcp-client";

export async function way({ url, cookie, token }) {
  const kept = new Map();
  const storage = { getItem: async (key) => kept.get(key), setItem: async (key, value) => void kept.set(key, value) };
  const options = { url, redirectUrl: "http://127.0.0.1:9/callback", scopes: ["mcp:read"], storage };
  const first = await createMcpClient(options).connect();
  const response = await fetch(first.url, { headers: { cookie }, redirect: "manual" });
  // Another isolate takes the answer.
  const mcp = createMcpClient(options);
  const results = { authorized: first.authorized };
  results.completed = await mcp.complete(response.headers.get("location"));
  results.status = (await mcp.fetch(url, { method: "POST", body: "{}" })).status;
  const before = await mcp.token();
  const { expires } = JSON.parse([...kept.values()][0]).tokens;
  while (Date.now() < expires) await new Promise((resolve) => setTimeout(resolve, 50));
  const after = await Promise.all([mcp.token(), mcp.token()]);
  results.refreshed = after[0] !== before && typeof after[0] === "string";
  results.again = (await mcp.complete(response.headers.get("location")).catch(({ code }) => code)) ?? null;
  results.foreign = await mcp.fetch(new URL("/other", url)).catch(({ code }) => code);
  results.agent = (await createMcpClient({ url, token }).fetch(url)).status;
  return results;
}
