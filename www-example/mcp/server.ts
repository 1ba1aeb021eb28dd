// An MCP server on the official SDK. It does not know who may call its tools: the guard in front of it does.
// Deno looks for the types of the SDK by the names in its manifest, which have no extension.
// @ts-types="@modelcontextprotocol/sdk/server/mcp"
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
// @ts-types="@modelcontextprotocol/sdk/server/webStandardStreamableHttp"
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { McpGranted } from "kavachos-wasm/mcp";
import { z } from "zod";

function makeServer(): McpServer {
  const server = new McpServer({ name: "guarded-tools", version: "1.0.0" });
  const text = (text: string) => ({ content: [{ type: "text" as const, text }] });
  server.registerTool(
    "echo",
    { description: "Repeats `text`.", inputSchema: { text: z.string() } },
    ({ text: given }) => text(given),
  );
  server.registerTool(
    "add",
    { description: "Adds `a` and `b`.", inputSchema: { a: z.number(), b: z.number() } },
    ({ a, b }) => text(`${a + b}`),
  );
  server.registerTool(
    "deploy",
    { description: "Deploys to `stage`.", inputSchema: { stage: z.string() } },
    ({ stage }) => text(`deployed to ${stage}`),
  );
  // Who calls, and what was decided, comes from the guard.
  server.registerTool("whoami", { description: "Says who calls." }, ({ authInfo }) =>
    text(JSON.stringify({ client: authInfo?.clientId, user: authInfo?.extra?.userId, scopes: authInfo?.scopes })),
  );
  return server;
}

/**
 * Serves without sessions, as edge functions do: each request has a server of its own. One server for several requests would mix up
 * the answers to callers whose messages have equal ids.
 */
export async function stateless(request: Request, granted: McpGranted): Promise<Response> {
  // There is no stream to listen to, and no session to end.
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { Allow: "POST" } });
  const transport = new WebStandardStreamableHTTPServerTransport();
  await makeServer().connect(transport);
  return transport.handleRequest(request, granted);
}

const MOST_SESSIONS = 1_000;

/** Serves with sessions, which live in the memory of this process. The guard knows whose they are. */
export function withSessions() {
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();
  return async (request: Request, granted: McpGranted): Promise<Response> => {
    const id = request.headers.get("mcp-session-id");
    const known = id === null ? undefined : sessions.get(id);
    if (known) return known.handleRequest(request, granted);
    if (id !== null || sessions.size >= MOST_SESSIONS) return new Response(null, { status: id === null ? 503 : 404 });
    const transport: WebStandardStreamableHTTPServerTransport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (made) => void sessions.set(made, transport),
      onsessionclosed: (ended) => void sessions.delete(ended),
    });
    await makeServer().connect(transport);
    return transport.handleRequest(request, granted);
  };
}
