// A small MCP endpoint: JSON-RPC over HTTP, with tools to list and to call. It knows nothing about who may call them; the
// Worker and the Deno function beside it do.

/** What a caller wants: a tool and its arguments, or the list of tools. */
export interface Call {
  id: string | number | null;
  tool?: string;
  arguments?: Record<string, unknown>;
}

type Tool = { description: string; run(given: Record<string, unknown>): string };

const tools = new Map<string, Tool>([
  ["echo", { description: "Repeats `text`.", run: ({ text }) => String(text) }],
  ["add", { description: "Adds `a` and `b`.", run: ({ a, b }) => String(Number(a) + Number(b)) }],
  ["deploy", { description: "Deploys to `stage`.", run: ({ stage }) => `deployed to ${stage}` }],
]);

/** What the call does, for the guard: `execute` on `mcp:tools:<name>`, or `read` on `mcp:tools`. */
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
  if (body.method === "tools/list") return { id };
  if (body.method !== "tools/call") return failed(id, -32601, "There are the methods tools/list and tools/call.");
  const { params } = body;
  if (!isObject(params) || typeof params.name !== "string") return failed(id, -32602, "params.name must be a string.");
  const given = params.arguments ?? {};
  if (!isObject(given)) return failed(id, -32602, "params.arguments must be an object.");
  return { id, tool: params.name, arguments: given };
}

/** Carries the call out. */
export function run({ id, tool: name, arguments: given = {} }: Call): Response {
  if (name === undefined) {
    const listed = [...tools].map(([name, { description }]) => ({
      name,
      description,
      inputSchema: { type: "object" },
    }));
    return Response.json({ jsonrpc: "2.0", id, result: { tools: listed } });
  }
  const tool = tools.get(name);
  if (!tool) return failed(id, -32602, "There is no such tool.");
  return Response.json({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text: tool.run(given) }] } });
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
