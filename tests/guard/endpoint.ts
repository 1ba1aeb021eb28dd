// A small MCP endpoint (Streamable HTTP, without sessions and streams), with tools to list and to call, for `guard`. It does not know who may
// call them.

/** A JSON-RPC call: of a tool with its arguments, or of another method. */
export interface Call {
  /** `undefined` for a notification, which has no answer. */
  id: string | number | null | undefined;
  method: string;
  tool?: string;
  arguments?: Record<string, unknown>;
  /** For `initialize`: the version that the client asks for. */
  version?: unknown;
}

/** The versions of MCP whose requests this endpoint understands, the latest first. */
const VERSIONS = ["2025-11-25", "2025-06-18", "2025-03-26"];

type Tool = { description: string; run(given: Record<string, unknown>): string };

const tools = new Map<string, Tool>([
  ["echo", { description: "Repeats `text`.", run: ({ text }) => String(text) }],
  ["add", { description: "Adds `a` and `b`.", run: ({ a, b }) => String(Number(a) + Number(b)) }],
  ["deploy", { description: "Deploys to `stage`.", run: ({ stage }) => `deployed to ${stage}` }],
]);

/**
 * The question of a call, for the guard: `execute` on `mcp:tools:<name>` for a tool, or `read` on `mcp:tools` for all else. An
 * agent that may not list the tools may not connect either.
 */
export function ruleOf({ tool, arguments: given }: Call) {
  if (tool === undefined) return { action: "read", resource: "mcp:tools" };
  return { action: "execute", resource: `mcp:tools:${tool}`, arguments: given };
}

/** Reads a call from the request's body; or answers it, if it is none. */
export async function readCall(request: Request): Promise<Call | Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { Allow: "POST" } });
  const body: unknown = await request.json().catch(() => undefined);
  if (!isObject(body)) return failed(null, -32700, "The body is no JSON object.");
  const id = typeof body.id === "string" || typeof body.id === "number" ? body.id : null;
  const { method } = body;
  if (typeof method !== "string") return failed(id, -32600, "method must be a string.");
  if (body.id === undefined && method.startsWith("notifications/")) return { id: undefined, method };
  if (method === "initialize")
    return { id, method, version: isObject(body.params) ? body.params.protocolVersion : undefined };
  if (method === "ping" || method === "tools/list") return { id, method };
  if (method !== "tools/call") return failed(id, -32601, "There is no such method.");
  const { params } = body;
  if (!isObject(params) || typeof params.name !== "string") return failed(id, -32602, "params.name must be a string.");
  const given = params.arguments ?? {};
  if (!isObject(given)) return failed(id, -32602, "params.arguments must be an object.");
  return { id, method, tool: params.name, arguments: given };
}

/** Carries the call out. */
export function run({ id, method, tool: name, arguments: given = {}, version }: Call): Response {
  if (id === undefined) return new Response(null, { status: 202 });
  const answer = (result: object) => Response.json({ jsonrpc: "2.0", id, result });
  if (method === "ping") return answer({});
  if (method === "initialize") {
    const protocolVersion = VERSIONS.find((known) => known === version) ?? VERSIONS[0];
    return answer({
      protocolVersion,
      capabilities: { tools: {} },
      serverInfo: { name: "guarded-tools", version: "1.0.0" },
    });
  }
  if (name === undefined) {
    const inputSchema = { type: "object" };
    return answer({ tools: [...tools].map(([name, { description }]) => ({ name, description, inputSchema })) });
  }
  const tool = tools.get(name);
  if (!tool) return failed(id, -32602, "There is no such tool.");
  return answer({ content: [{ type: "text", text: tool.run(given) }] });
}

/** Where MCP clients look up how this endpoint is protected (RFC 9728). */
export const METADATA = "/.well-known/oauth-protected-resource";

/** What they find there. */
export function metadata(url: URL): Response {
  return Response.json({ resource: new URL("/mcp", url).href, bearer_methods_supported: ["header"] });
}

function failed(id: Call["id"], code: number, message: string): Response {
  return Response.json({ jsonrpc: "2.0", id, error: { code, message } }, { status: 400 });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
