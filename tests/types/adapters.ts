// The types of the adapters for frameworks and of guarded tools. This file is compiled, never run, as surface.ts is.
import { Hono } from "hono";
import { KavachClient } from "kavachos-wasm";
import * as node from "kavachos-wasm/express";
import type { Granted, SessionGranted } from "kavachos-wasm/guard";
import * as hono from "kavachos-wasm/hono";
import type { McpGranted } from "kavachos-wasm/mcp";
import * as next from "kavachos-wasm/next";
import { guardTools, isDenial, type ToolDenial } from "kavachos-wasm/tools";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<_Claim extends true>(): void {}

const kavach = new KavachClient({ baseUrl: "https://app.example" });
const rule = { action: "read", resource: "r" };
const mcp = { resource: "https://tools.example/mcp", server: "tools" };

export function inHono(): Hono {
  const app = new Hono();
  app.get("/a/:name", hono.guard(kavach, { action: "read", resource: (c) => `r:${c.req.param("name")}` }), (c) => {
    is<Equal<typeof c.var.kavach, Granted>>();
    return c.text(c.var.kavach.token);
  });
  app.get("/b", hono.guardSession(kavach, { onRefusal: (_refused, c) => c.redirect("/sign-in") }), (c) => {
    is<Equal<typeof c.var.kavach, SessionGranted>>();
    return c.text(c.var.kavach.user.id);
  });
  const guarded = hono.mcpGuard(kavach, () => mcp);
  app.use(guarded.metadata);
  app.all("/mcp", guarded, (c) => {
    is<Equal<typeof c.var.kavach, McpGranted>>();
    return c.text(c.var.kavach.authInfo.clientId);
  });
  // @ts-expect-error: a misspelt option
  hono.guard(kavach, rule, { onRefused: () => {} });
  // @ts-expect-error: the name of the server is missing
  hono.mcpGuard(kavach, { resource: "https://tools.example/mcp" });
  return app;
}

interface Request4 extends node.NodeRequest {
  params: { name: string };
}
export async function inNode(req: Request4, res: node.NodeResponse): Promise<void> {
  const guard = node.guard(kavach, { action: "read", resource: (asked: Request4) => asked.params.name });
  const granted = await guard(req, res);
  is<Equal<typeof granted, Granted | undefined>>();
  const person = await node.guardSession(kavach, { origins: ["https://app.example"] })(req, res, () => {});
  is<Equal<typeof person, SessionGranted | undefined>>();
  const guarded = node.mcpGuard(kavach, mcp, async (_request, { authInfo }) => new Response(authInfo.clientId));
  const found = await guarded(req, res);
  is<Equal<typeof found, McpGranted | undefined>>();
  await guarded.metadata(req, res, () => {});
  // @ts-expect-error: not a request of Node.js
  await guard(new Request("https://app.example"), res);
}

export async function inNext(request: Request, headers: Headers): Promise<Response | undefined> {
  type Context = { params: Promise<{ name: string }> };
  const GET = next.guard(kavach, rule, async (_request, { decision }, { params }: Context) =>
    Response.json([decision.auditId, (await params).name]),
  );
  is<Equal<Parameters<typeof GET>, [request: Request, context: Context]>>();
  const me = next.guardSession(kavach, (_request: Request, { user }: SessionGranted) => Response.json(user));
  const proxy = next.guardSession(kavach, {
    onRefusal: (_refused, asked) => Response.redirect(new URL("/in", asked.url)),
  });
  const passed = await proxy(request);
  is<Equal<typeof passed, Response | undefined>>();
  const route = next.mcpGuard(kavach, mcp, (_asked, { authInfo }) => new Response(authInfo.clientId));
  await route.metadata(request);
  const person = await next.checkSession(kavach, headers);
  if (!person.ok) return person.response;
  return (await me(request)) ?? (await route(request));
}

export function ofModels(output: unknown): string {
  const tools = { search: { execute: (input: { text: string }) => input.text } };
  const guarded = guardTools(tools, kavach, {
    ...{ agent: { token: "kv_" }, server: "assistant", denials: "throw" },
    tools: { search: ({ arguments: input }) => ({ resource: `r:${input?.text}` }) },
    onRefusal: ({ kind, tool }) => console.warn(kind, tool),
  });
  is<Equal<typeof guarded, typeof tools>>();
  // @ts-expect-error: for whom?
  guardTools(tools, kavach, { server: "assistant" });
  // @ts-expect-error: agents have no scopes
  guardTools(tools, kavach, { agent: "a", server: "s", tools: { search: { scopes: ["a"] } } });
  if (!isDenial(output)) return "";
  is<Equal<typeof output, ToolDenial>>();
  return output.content[0].text;
}
