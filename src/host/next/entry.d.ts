import type {
  Authorizer,
  Granted,
  GuardRule,
  ProtectOptions,
  SessionGranted,
  SessionGuarded,
  SessionGuardOptions,
} from "kavachos-wasm/guard";
import type { SessionRequest } from "kavachos-wasm/guard-session";
import type { McpGranted, McpGuardOptions } from "kavachos-wasm/mcp";

/**
 * Wraps a route handler, so that it runs only for requests whose agent may do what the rule says. Every other request gets the response
 * of `guard` in `kavachos-wasm/guard`.
 *
 * @param kavach the client, or a function of the request that returns it
 * @param rule what to ask the server; `null` if a valid token is enough. Its functions receive the request.
 * @param handler the route handler: it receives the request, what was granted, and the context with `params`
 * @param options those of `protect`
 * @returns the route handler to export as `GET`, `POST`, …
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong or has a name that is not known
 * @example
 * ```ts
 * export const GET = guard(kavach, { action: "read", resource: "mcp:github:repos" }, (_request, { decision }) =>
 *   Response.json({ audit: decision.auditId }),
 * );
 * ```
 */
export function guard<Rest extends unknown[] = [], R extends Request = Request>(
  kavach: Authorizer | ((request: R, ...rest: Rest) => Authorizer | Promise<Authorizer>),
  rule: GuardRule<R>,
  handler: (request: R, granted: Granted, ...rest: Rest) => Response | Promise<Response>,
  options?: ProtectOptions<Rest, R> | null,
): (request: R, ...rest: Rest) => Promise<Response>;

/**
 * Guards the routes behind a `proxy.ts`, which it lets through if the agent may do what the rule says. Guard the routes themselves as well:
 * Next.js recommends not to rely on a proxy alone.
 *
 * @param kavach the client, or a function of the request that returns it
 * @param rule what to ask the server; `null` if a valid token is enough. Its functions receive the request.
 * @param options those of `protect`
 * @returns the function to export as `proxy`
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong or has a name that is not known
 */
export function guard<R extends Request = Request>(
  kavach: Authorizer | ((request: R) => Authorizer | Promise<Authorizer>),
  rule: GuardRule<R>,
  options?: ProtectOptions<[], R> | null,
): (request: R) => Promise<Response>;

/**
 * Wraps a route handler, so that it runs only for signed-in people. Every other request gets the response of `guardSession` in
 * `kavachos-wasm/guard`, which is loaded with the first request.
 *
 * @param kavach the client, or a function of the request that returns it. It needs no credentials.
 * @param handler the route handler: it receives the request, the person, and the context with `params`
 * @param options those of `guardSession`. Return redirects from `onRefusal`: `redirect()` of Next.js throws, which is ignored there.
 * @returns the route handler to export as `GET`, `POST`, …
 * @example
 * ```ts
 * export const GET = guardSession(kavach, (_request, { user }) => Response.json({ hello: user.email }));
 * ```
 */
export function guardSession<Rest extends unknown[] = [], R extends Request = Request>(
  kavach: KavachClient | ((request: R, ...rest: Rest) => KavachClient | Promise<KavachClient>),
  handler: (request: R, granted: SessionGranted, ...rest: Rest) => Response | Promise<Response>,
  options?: SessionGuardOptions<R> | null,
): (request: R, ...rest: Rest) => Promise<Response>;

/**
 * Guards the routes behind a `proxy.ts`, which it lets through for signed-in people.
 *
 * @param kavach the client, or a function of the request that returns it. It needs no credentials.
 * @param options those of `guardSession`
 * @returns the function to export as `proxy`: it resolves to `undefined` for a request that goes on
 */
export function guardSession<R extends Request = Request>(
  kavach: KavachClient | ((request: R) => KavachClient | Promise<KavachClient>),
  options?: SessionGuardOptions<R> | null,
): (request: R) => Promise<Response | undefined>;

/**
 * Finds out who looks at a server component, a layout, or calls a server action.
 *
 * Other than the guard of routes, it does not compare origins: components change nothing, and Next.js does that for actions.
 *
 * @param kavach the client. It needs no credentials.
 * @param headers those of the request: `await headers()` of `next/headers`
 * @param options those of `guardSession`
 * @returns `{ ok: true, user, session, … }`, or `{ ok: false, reason }`. An outage is `reason: "unavailable"`, and nobody is signed out by it.
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong or has a name that is not known
 * @example
 * ```ts
 * const person = await checkSession(kavach, await headers());
 * if (!person.ok) redirect("/sign-in");
 * ```
 */
export function checkSession(
  kavach: KavachClient,
  headers: SessionRequest["headers"],
  options?: SessionGuardOptions | null,
): Promise<SessionGuarded>;

/**
 * Makes the route handler of a guarded MCP server. Export it as `GET`, `POST`, `DELETE` and `OPTIONS`. `kavachos-wasm/mcp` is loaded with
 * the first request.
 *
 * Export `metadata` in `app/.well-known/oauth-protected-resource/[[...path]]/route.ts` as `GET` and `OPTIONS`, too.
 *
 * @param kavach the client, or a function of the first request that returns it
 * @param options those of `mcpGuard` in `kavachos-wasm/mcp`, or a function of the first request that returns them
 * @param handler the MCP server: it gets a request with the bytes that were decided and without the token, and who calls
 * @returns the route handler. With a wrong argument it rejects, for every request.
 * @example
 * ```ts
 * const handle = mcpGuard(kavach, { resource: "https://tools.example/mcp", server: "tools" }, serve);
 * export { handle as DELETE, handle as GET, handle as OPTIONS, handle as POST };
 * ```
 */
export function mcpGuard(
  kavach: Authorizer | ((request: Request) => Authorizer | Promise<Authorizer>),
  options: McpGuardOptions | ((request: Request) => McpGuardOptions | Promise<McpGuardOptions>),
  handler: (request: Request, granted: McpGranted) => Response | Promise<Response>,
): McpRoute;

/** The route handler of a guarded MCP server. */
export interface McpRoute {
  /**
   * Handles a request.
   *
   * @param request the request
   * @returns the response
   */
  (request: Request): Promise<Response>;
  /** Serves the metadata of the resource (RFC 9728), and answers 404 for all other paths. */
  readonly metadata: (request: Request) => Promise<Response>;
}
