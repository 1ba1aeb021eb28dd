import type { KavachClient } from "./index.js";

import type { Context, Env, MiddlewareHandler } from "hono";
import type {
  Authorizer,
  Granted,
  GuardRule,
  ProtectOptions,
  SessionGranted,
  SessionGuardOptions,
} from "./guard.js";
import type { McpGranted, McpGuardOptions } from "./mcp.js";

/**
 * Makes a middleware that lets a request through only if its agent may do what the rule says. `c.var.kavach` then is what the guard
 * granted. Every other request gets the response of `guard` in `kavachos-wasm/guard`, and no handler after it runs.
 *
 * @param kavach the client, or a function of the context that returns it. Let the function keep the client.
 * @param rule what to ask the server; `null` if a valid token is enough. Its functions receive the context.
 * @param options those of `protect`. The functions `cors`, `permissions` and `onRefusal` receive the context instead of the request.
 * @returns the middleware
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong or has a name that is not known
 * @example
 * ```ts
 * app.get("/repos/:name", guard(kavach, { action: "read", resource: (c) => `mcp:github:${c.req.param("name")}` }), (c) =>
 *   c.json({ audit: c.var.kavach.decision.auditId }),
 * );
 * ```
 */
export function guard<E extends Env = Env>(
  kavach: ClientOf<Authorizer, E>,
  rule: GuardRule<HonoContext<E>>,
  options?: ProtectOptions<[], HonoContext<E>> | null,
): MiddlewareHandler<{ Variables: KavachVariables<Granted> }>;

/**
 * Makes a middleware that lets a request through only if it comes from a signed-in person. `c.var.kavach` then has the `user` and
 * the `session`. Every other request gets the response of `guardSession` in `kavachos-wasm/guard`, which is loaded with the first request.
 *
 * @param kavach the client, or a function of the context that returns it. It needs no credentials.
 * @param options those of `guardSession`. `onRefusal` receives the context instead of the request.
 * @returns the middleware. With a wrong argument it rejects, for every request.
 * @example
 * ```ts
 * app.get("/me", guardSession(kavach), (c) => c.json({ hello: c.var.kavach.user.email }));
 * ```
 */
export function guardSession<E extends Env = Env>(
  kavach: ClientOf<KavachClient, E>,
  options?: SessionGuardOptions<HonoContext<E>> | null,
): MiddlewareHandler<{ Variables: KavachVariables<SessionGranted> }>;

/**
 * Makes a middleware in front of an MCP server. `c.req.raw` then is the request with the bytes that were decided and without the token,
 * and `c.var.kavach` is what `handleRequest` of the official SDK takes beside it. `kavachos-wasm/mcp` is loaded with the first request.
 *
 * Mount `metadata` for all paths, too: clients look for it outside of the path of the MCP server.
 *
 * @param kavach the client, or a function of the context of the first request that returns it
 * @param options those of `mcpGuard` in `kavachos-wasm/mcp`, or a function of the context of the first request that returns them
 * @returns the middleware. With a wrong argument it rejects, for every request.
 * @example
 * ```ts
 * const mcp = mcpGuard(kavach, { resource: "https://tools.example/mcp", server: "tools" });
 * app.use(mcp.metadata);
 * app.all("/mcp", mcp, (c) => serve(c.req.raw, c.var.kavach));
 * ```
 */
export function mcpGuard<E extends Env = Env>(
  kavach: ClientOf<Authorizer, E>,
  options: McpGuardOptions | ((c: HonoContext<E>) => McpGuardOptions | Promise<McpGuardOptions>),
): McpMiddleware;

/** The middleware in front of an MCP server. */
export type McpMiddleware = MiddlewareHandler<{
  /** What the guard adds to `c.var`. */
  Variables: KavachVariables<McpGranted>;
}> & {
  /** Serves the metadata of the resource (RFC 9728) at its well-known paths, and lets all other requests through. */
  readonly metadata: MiddlewareHandler;
};

/** The client, or a function of the context that returns it. */
export type ClientOf<Client, E extends Env> = Client | ((c: HonoContext<E>) => Client | Promise<Client>);

/** The context as rules and options receive it, on any path. */
// biome-ignore lint/suspicious/noExplicitAny: the path is not known here, so `c.req.param` accepts any name
export type HonoContext<E extends Env = Env> = Context<E, any>;

/** What a guard adds to `c.var`. */
export interface KavachVariables<Result> {
  /** What the guard granted. */
  kavach: Result;
}
