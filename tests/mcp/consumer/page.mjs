// A page with the official MCP client on `kavachos-wasm/mcp-client`: what it can do is called from outside.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { createMcpClient } from "kavachos-wasm/mcp-client";

const url = new URLSearchParams(globalThis.location.hash.slice(1)).get("tools") ?? localStorage.getItem("tools");
localStorage.setItem("tools", url);
const redirectUrl = `${globalThis.location.origin}/callback`;
const mcp = createMcpClient({ url, redirectUrl, storage: "local", clientName: "A page", scopes: ["mcp:read"] });

const told = (promise) => promise.catch(({ name, code, reason }) => ({ name, code, reason }));
globalThis.app = {
  connect: () => told(mcp.connect().then(({ authorized }) => authorized)),
  complete: () => told(mcp.complete()),
  token: () => told(mcp.token().then((token) => token ?? null)),
  async call(name, given) {
    const client = new Client({ name: "page", version: "1.0.0" });
    try {
      await client.connect(new StreamableHTTPClientTransport(new URL(url), mcp.transport));
      return (await client.callTool({ name, arguments: given })).content[0].text;
    } catch (error) {
      return error.constructor.name;
    } finally {
      await client.close().catch(() => {});
    }
  },
};
globalThis.isReady = true;
