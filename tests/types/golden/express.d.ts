import type { KavachClient } from "./index.js";

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
 * Makes a middleware that lets a request through only if its agent may do what the rule says. `res.locals.kavach` then is what the guard
 * granted. Every other request gets the response of `guard` in `kavachos-wasm/guard`, and no handler after it runs.
 *
 * The body is not read. No header of a proxy is read, either.
 *
 * @param kavach the client, or a function of the request that returns it. Let the function keep the client.
 * @param rule what to ask the server; `null` if a valid token is enough. Its functions receive `req` and `res`.
 * @param options those of `protect`. The functions `cors`, `permissions` and `onRefusal` receive `req` instead of a web request.
 * @returns the middleware
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong or has a name that is not known
 * @example
 * ```ts
 * app.get("/repos", guard(kavach, { action: "read", resource: "mcp:github:repos" }), (_req, res) => {
 *   res.json({ audit: res.locals.kavach.decision.auditId });
 * });
 * ```
 */
export function guard<R extends NodeRequest = NodeRequest>(
  kavach: ClientOf<Authorizer, R>,
  rule: GuardRule<R>,
  options?: ProtectOptions<[], R> | null,
): NodeMiddleware<Granted, R>;

/**
 * Makes a middleware that lets a request through only if it comes from a signed-in person. `res.locals.kavach` then has the `user` and
 * the `session`. Every other request gets the response of `guardSession` in `kavachos-wasm/guard`, which is loaded with the first request.
 *
 * Behind a proxy, name the public origin in `origins`.
 *
 * @param kavach the client, or a function of the request that returns it. It needs no credentials.
 * @param options those of `guardSession`. `onRefusal` receives `req` instead of a web request.
 * @returns the middleware. With a wrong argument it fails, for every request.
 * @example
 * ```ts
 * app.get("/me", guardSession(kavach), (_req, res) => {
 *   res.json({ hello: res.locals.kavach.user.email });
 * });
 * ```
 */
export function guardSession<R extends NodeRequest = NodeRequest>(
  kavach: ClientOf<KavachClient, R>,
  options?: SessionGuardOptions<R> | null,
): NodeMiddleware<SessionGranted, R>;

/**
 * Makes a middleware in front of an MCP server. `req.auth` and `req.body` then are what `handleRequest` of the official SDK takes: who
 * calls, and the message that was decided. The token is removed from the headers. `kavachos-wasm/mcp` is loaded with the first request.
 *
 * It reads the body. If a parser has read it before, the guard decides about what the parser left in `req.body`, or in `req.rawBody`, and
 * fails if there is nothing. Mount `metadata` for all paths, too: clients look for it outside of the path of the MCP server.
 *
 * @param kavach the client, or a function of the first request that returns it
 * @param options those of `mcpGuard` in `kavachos-wasm/mcp`, or a function of the first request that returns them
 * @param handler an MCP server that answers a web request. Without it, the next middleware answers.
 * @returns the middleware. With a wrong option it fails, for every request.
 * @throws {KavachError} INVALID_ARGUMENT when `options.filterTools` is set without a handler
 * @example
 * ```ts
 * const mcp = mcpGuard(kavach, { resource: "https://tools.example/mcp", server: "tools" });
 * app.use(mcp.metadata);
 * app.all("/mcp", mcp, async (req, res) => {
 *   const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
 *   await makeServer().connect(transport);
 *   await transport.handleRequest(req, res, req.body);
 * });
 * ```
 */
export function mcpGuard<R extends NodeRequest = NodeRequest>(
  kavach: ClientOf<Authorizer, R>,
  options: McpGuardOptions | ((req: R) => McpGuardOptions | Promise<McpGuardOptions>),
  handler?: (request: Request, granted: McpGranted) => Response | Promise<Response>,
): McpMiddleware<R>;

/** The middleware in front of an MCP server. */
export interface McpMiddleware<R extends NodeRequest = NodeRequest> extends NodeMiddleware<McpGranted, R> {
  /** Serves the metadata of the resource (RFC 9728) at its well-known paths, and lets all other requests through. */
  readonly metadata: (req: NodeRequest, res: NodeResponse, next?: NodeNext) => Promise<true | undefined>;
}

/** A middleware for servers of Node.js. In Express, `res.locals.kavach` has a type in the handlers beside it. */
export interface NodeMiddleware<Result, R extends NodeRequest = NodeRequest> {
  /**
   * Guards a request of any server of Node.js.
   *
   * @param req the request
   * @param res the response. If the request is refused, the refusal is sent by it.
   * @param next called if the request is let through, or with an error. Without it, the promise rejects with the error.
   * @returns what the guard granted, or `undefined` if the response has been sent
   */
  (req: R, res: NodeResponse, next?: NodeNext): Promise<Result | undefined>;
  /**
   * Guards a request of Express.
   *
   * @param req the request
   * @param res the response, whose `locals.kavach` becomes what the guard granted
   * @param next called if the request is let through, or with an error
   * @returns what the guard granted, or `undefined` if the response has been sent
   */
  (req: R, res: NodeResponse & { locals: KavachLocals<Result> }, next: NodeNext): Promise<Result | undefined>;
}

/** Calls the next middleware, or the one for errors. */
// biome-ignore lint/suspicious/noExplicitAny: as the types of Express declare it
export type NodeNext = (error?: any) => void;

/** The client, or a function of the request that returns it. */
export type ClientOf<Client, R> = Client | ((req: R) => Client | Promise<Client>);

/** The part of a request of Node.js that the guards read: of HTTP/1 or HTTP/2, of Express, or the `raw` one of Fastify. */
export interface NodeRequest {
  /** The method. */
  readonly method?: string | undefined;
  /** The path and the query. */
  readonly url?: string | undefined;
  /** The headers, by their names in lower case. */
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  /** The headers as they were sent. */
  readonly rawHeaders?: string[] | undefined;
}

/** The part of a response of Node.js that the guards use. */
export interface NodeResponse {
  /** The status. */
  statusCode: number;
}

/** What a guard adds to `res.locals`. */
export type KavachLocals<Result> = {
  /** What the guard granted. */
  kavach: Result;
};
