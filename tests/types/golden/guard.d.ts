import type { AuthorizeRequest, AuthorizeResult, CallOptions, Permission } from "./index.js";

/**
 * Decides whether a request may go through: takes its bearer token, asks the server, and has the answer ready if not.
 *
 * Resolves to `{ ok: true, decision, token }`, or to `{ ok: false, reason, response }`, whose `response` is to be returned as
 * it is. **Whatever goes wrong, the request does not get through**: no token, two tokens, a token elsewhere than in
 * the header `Authorization: Bearer …` (the scheme in upper or lower case, RFC 7235), an unreachable server, an answer
 * that is no decision, a rule that throws. There is no option to allow then.
 *
 * The decision is the server's, made for the token (`auth.authorizeByToken`): audited, and counted towards
 * `maxCallsPerHour`. The client needs no token of its own.
 *
 * Rejects with `INVALID_ARGUMENT` if an argument is wrong whatever the request, and with `signal.reason` if `options.signal`
 * is aborted.
 *
 * ```ts
 * const checked = await guard(kavach, request, { action: "execute", resource: "mcp:deploy:production" });
 * if (!checked.ok) return checked.response;
 * ```
 */
export function guard<R extends GuardedRequest = Request>(
  kavach: Authorizer,
  request: R,
  rule: GuardRule<R>,
  options?: GuardOptions<R> | null,
): Promise<Guarded>;

/**
 * Wraps a fetch handler, so that it runs only for requests that may go through.
 *
 * The handler gets the request, then what was granted (`{ decision, token }`), then whatever else the runtime passes:
 * `env` and `ctx` of a Worker, `info` of Deno. Everyone else gets the response that `guard` has for them. `kavach` may be a
 * function of the request and the rest, for a Worker that makes its client of `env`: let it keep the client. The types of
 * the rest can be written down once: `protect<[Env, ExecutionContext]>(…)`.
 *
 * Throws `INVALID_ARGUMENT` at once if an argument is wrong. The wrapped handler rejects only with what the handler throws, or
 * with `signal.reason`. It also refuses a browser's preflight (`OPTIONS`), which carries no token: answer that before.
 *
 * ```ts
 * Deno.serve(protect(kavach, { action: "read", resource: "mcp:notes:all" }, (request, { decision }) => {
 *   return Response.json({ audit: decision.auditId });
 * }));
 * ```
 */
export function protect<Rest extends unknown[] = [], R extends GuardedRequest = Request>(
  kavach: Authorizer | ((request: R, ...rest: Rest) => Authorizer | Promise<Authorizer>),
  rule: GuardRule<R>,
  handler: (request: R, granted: Granted, ...rest: Rest) => Response | Promise<Response>,
  options?: ProtectOptions<Rest, R> | null,
): (request: R, ...rest: Rest) => Promise<Response>;

/**
 * Asks for many decisions about one agent, a few at a time.
 *
 * `agent` is an agent's id (asked with the client's own token), or `{ token }` with the agent's. Resolves to an array in the
 * order of `requests`: for each `{ decision }`, or `{ error }` if there is none; a denial is a decision. Requests that are
 * the same but for the order of their members are asked once, and so are audited and counted once, unless `dedupe` is
 * `false`. An abort stops all of it: it rejects with `signal.reason`.
 *
 * Rejects with `INVALID_ARGUMENT` if an argument is wrong; a single request that is wrong is an `{ error }` in its place.
 *
 * ```ts
 * const outcomes = await authorizeMany(kavach, { token }, tools.map((tool) => ({ action: "execute", resource: `mcp:${tool}` })));
 * const usable = tools.filter((_, index) => outcomes[index]?.decision?.allowed);
 * ```
 */
export function authorizeMany(
  kavach: Authorizer,
  agent: string | { token: string },
  requests: readonly AuthorizeRequest[],
  options?: AuthorizeManyOptions | null,
): Promise<AuthorizeOutcome[]>;

/**
 * Keeps decisions for a moment, so that the same question is not sent again. Give what it returns to `guard`, `protect` or
 * `authorizeMany` in place of the client.
 *
 * A decision that comes from the cache is **neither audited nor counted**, and says `source: "cache"`. Only decisions that
 * no constraint has a say in are kept: denials because no permission matches, or the token or agent is not valid any more;
 * and what is allowed, if `permissions` says what the agent holds and none of it has constraints. Failures are never kept, nor
 * calls with `headers` or a `token` of their own.
 *
 * It is emptied by `agents.update`, `revoke` and `rotate` and `delegation.create` and `revoke` of this client, when called and
 * when settled: those methods of this one client are replaced to notice. What is changed by anyone else shows when the time
 * is over. Keys are SHA-256 hashes of token (or id) and request.
 *
 * Throws `INVALID_ARGUMENT` for wrong options, `NOT_SUPPORTED` where the runtime has no `crypto.subtle` (Node.js 18).
 *
 * ```ts
 * const cached = decisionCache(kavach, { allowTtl: 2_000, permissions: ({ token }) => permissionsByToken.get(token) });
 * const checked = await guard(cached, request, { action: "read", resource: "mcp:github:repos" });
 * ```
 */
export function decisionCache(kavach: Authorizer, options?: DecisionCacheOptions | null): DecisionCache;

/** What asks for decisions: a `KavachClient`, or a `DecisionCache` in front of one. */
export interface Authorizer {
  /** Decides about an agent by its id. */
  authorize(agentId: string, request: AuthorizeRequest, options?: CallOptions): Promise<AuthorizeResult>;
  /** Decides about the agent that holds a token. */
  readonly auth: {
    authorizeByToken(agentToken: string, request: AuthorizeRequest, options?: CallOptions): Promise<AuthorizeResult>;
  };
}

/** The part of a `Request` that a guard looks at. */
export interface GuardedRequest {
  readonly headers: { get(name: string): string | null };
}

/**
 * What is asked: an action on a resource, with arguments if constraints look at them. Each may be a function of the request,
 * and so may the whole. Functions are called only if there is a token; one that needs the body reads a `request.clone()`.
 */
export type GuardRule<R = Request> = GuardRuleParts<R> | ((request: R) => AuthorizeRequest | Promise<AuthorizeRequest>);

/** A rule in parts. */
export interface GuardRuleParts<R = Request> {
  /** What is to be done: `"read"`, `"execute"`. */
  action: string | ((request: R) => string | Promise<string>);
  /** What it is to be done to: `"mcp:github:repos"`. */
  resource: string | ((request: R) => string | Promise<string>);
  /** What it is to be done with. */
  arguments?: GuardArguments | ((request: R) => GuardArguments | Promise<GuardArguments>);
}

/** The arguments of a call, if it has any. */
export type GuardArguments = Record<string, unknown> | null | undefined;

/** A decision, and where it comes from. */
export interface GuardDecision extends AuthorizeResult {
  /** The `"server"`, a `"cache"`, or made here (`"local"`, whose `auditId` is empty). */
  source: "server" | "cache" | "local";
}

/** What has come of a guard. */
export type Guarded = Granted | Refused;

/** The request may go through. */
export interface Granted {
  ok: true;
  /** The decision. */
  decision: GuardDecision;
  /** The caller's bearer token. It is not enumerable: neither printed nor serialised nor copied by `{ ...granted }`. */
  readonly token: string;
}

/** The request may not go through. */
export interface Refused {
  ok: false;
  /**
   * Why not. `"missing_token"`: 401 without an error, also for another scheme than `Bearer`. `"malformed_token"`: 401, what
   * the header holds is not one bearer token. `"denied"`: 403 for a decision, 401 if the token is unknown, revoked or expired.
   * `"rate_limited"`: 429, by `maxCallsPerHour` or by the server's own limit. `"unavailable"`: 503, there is no decision.
   */
  reason: "missing_token" | "malformed_token" | "denied" | "rate_limited" | "unavailable";
  /**
   * The answer to the caller: problem details (RFC 9457) with `code`, the reason as above, `WWW-Authenticate` where another
   * token would help (RFC 6750), `Retry-After` where it is known, never cached. Its `detail` is the reason of the decision, for
   * those whose token is valid; nobody sees more of the server or of an error.
   */
  response: Response;
  /** The decision, if there is one. */
  decision?: GuardDecision;
  /** What went wrong, if something has: a `KavachError`, or what a function of yours has thrown. For your log. */
  error?: unknown;
}

/** How a guard answers and what it falls back to; `signal`, `timeout`, `deadline`, `maxRetries` and `headers` are for the call to the server. */
export interface GuardOptions<R = Request> extends Omit<CallOptions, "token"> {
  /** What is protected, for `WWW-Authenticate`; `"KavachOS"` if left out. */
  realm?: string | null;
  /** Where the metadata of the protected resource is (RFC 9728), for MCP clients. An absolute URL. */
  resourceMetadata?: string | URL | null;
  /**
   * What to do where the server gives no decision: `"deny"` (the default), or decide here (`"local"`), with `permissions`
   * and `evaluate`. What cannot be known here, such as a rate or an address, is then still refused with 503.
   */
  onUnavailable?: "deny" | "local" | null;
  /**
   * The permissions of the agent that holds the token, as last known, or nothing if the token is not known to be valid:
   * with the server away, nobody else looks at it. For `onUnavailable: "local"`.
   */
  permissions?: ((token: string, request: R) => KnownPermissions | Promise<KnownPermissions>) | null;
  /** The function `evaluate` of `kavachos-wasm/permissions`. For `onUnavailable: "local"`. */
  evaluate?: ((permissions: readonly Permission[], request: AuthorizeRequest) => LocalDecision) | null;
}

/** Permissions, or nothing if they are not known. */
export type KnownPermissions = readonly Permission[] | null | undefined;

/** What `evaluate` of `kavachos-wasm/permissions` returns. */
export interface LocalDecision {
  allowed: boolean;
  reason?: string;
  needs?: readonly string[];
}

/** The options of `protect`. */
export interface ProtectOptions<Rest extends unknown[] = [], R = Request> extends GuardOptions<R> {
  /**
   * Called for each refusal, with what the handler would have got: to log `error`, or to return another response in place of
   * the one that is ready. If it throws, that one is sent.
   */
  onRefusal?:
    | ((
        refused: Refused,
        request: R,
        ...rest: Rest
      ) => Response | null | undefined | Promise<Response | null | undefined>)
    | ((refused: Refused, request: R, ...rest: Rest) => void | Promise<void>)
    | null;
}

/** How `authorizeMany` asks; the rest is for each call, as always. */
export interface AuthorizeManyOptions extends Omit<CallOptions, "token"> {
  /** How many calls are on their way at once; 6 if left out. */
  concurrency?: number | null;
  /** Whether requests that are the same are asked once; `true` if left out. */
  dedupe?: boolean | null;
}

/** What has come of one of many requests. */
export type AuthorizeOutcome =
  | { decision: GuardDecision; error?: undefined }
  | { decision?: undefined; error: unknown };

/** What a `DecisionCache` keeps, and how long. */
export interface DecisionCacheOptions {
  /** How long a decision that allows is kept, in milliseconds: at most 5,000; 1,000 if left out, 0 for never. */
  allowTtl?: number | null;
  /** How long a denial is kept, in milliseconds; 1,000 if left out, 0 for never. */
  denyTtl?: number | null;
  /** How many decisions are kept; 1,000 if left out. The one that was not used for longest goes first. */
  max?: number | null;
  /** What the agent holds, or nothing if that is not known. Without it no decision that allows is kept. */
  permissions?:
    | ((
        agent: { token: string; agentId?: undefined } | { agentId: string; token?: undefined },
      ) => KnownPermissions | Promise<KnownPermissions>)
    | null;
}

/** Decisions that are kept for a moment: takes the place of a client for `guard`, `protect` and `authorizeMany`. */
export interface DecisionCache extends Authorizer {
  authorize(agentId: string, request: AuthorizeRequest, options?: CallOptions): Promise<GuardDecision>;
  readonly auth: {
    authorizeByToken(agentToken: string, request: AuthorizeRequest, options?: CallOptions): Promise<GuardDecision>;
  };
  /** Forgets all decisions. */
  clear(): void;
  /** How many decisions are kept. */
  readonly size: number;
}
