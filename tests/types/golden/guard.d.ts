import type { AuthorizeRequest, AuthorizeResult, CallOptions, JsonObjectInput, PermissionInput } from "./index.js";

/**
 * Decides whether a request may proceed: reads its bearer token, asks the server, and builds the response if the request is refused.
 *
 * The guard always fails closed: a missing or malformed token, an unreachable server, an answer that is not a decision, or a
 * rule that throws refuses the request. The server decides for the token (`auth.authorizeByToken`), so each call is
 * audited and counted towards `maxCallsPerHour`. The client itself needs no token.
 *
 * It settles within `options.deadline`, even if a rule, a client or a function in the options never settles.
 *
 * @param kavach the client, or a `DecisionCache` in front of one
 * @param request the incoming request. Only a token in the header `Authorization: Bearer …` counts.
 * @param rule what to ask the server; `null` if a valid token is enough
 * @param options how to ask and how to refuse
 * @returns `{ ok: true, decision, token }`, or `{ ok: false, reason, response }` with the response to send
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong whatever the request, or has a name that is not known
 * @throws `signal.reason` when `options.signal` is aborted
 * @example
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
 * Wraps a fetch handler, so that it runs only for requests that are allowed.
 *
 * The handler receives the request, the decision and token (`{ decision, token }`), and the runtime's extra arguments:
 * `env` and `ctx` of a Worker, `info` of Deno. Their types are inferred from the handler. Every other request gets the response
 * of `guard`. Set `cors` if browsers call the handler: their preflights carry no token and are refused otherwise.
 *
 * @param kavach the client, or a function of the request and the extra arguments that returns it. Let the function keep the client.
 * @param rule what to ask the server; `null` if a valid token is enough
 * @param handler the handler to wrap
 * @param options how to ask and how to refuse
 * @returns the wrapped handler. It rejects only with what the handler throws, or with `signal.reason`.
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong or has a name that is not known
 * @example
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
 * Requests that are equal but for the order of their members are asked once, and so are audited and counted once, unless
 * `options.dedupe` is `false`.
 *
 * @param kavach the client, or a `DecisionCache` in front of one
 * @param agent an agent's id, asked with the client's own token, or `{ token }` with the agent's
 * @param requests what to ask
 * @param options how to ask
 * @returns an array in the order of `requests`: for each `{ decision }`, or `{ error }`. A denial is a decision. A request that is
 * invalid is an `{ error }` in its place.
 * @throws {KavachError} INVALID_ARGUMENT when another argument is wrong or has a name that is not known
 * @throws `signal.reason` when `options.signal` is aborted
 * @example
 * ```ts
 * const outcomes = await authorizeMany(kavach, { token }, tools.map((tool) => ({ action: "execute", resource: `mcp:${tool}` })));
 * const usable = tools.filter((_, index) => outcomes[index]?.decision?.allowed);
 * ```
 */
export function authorizeMany(
  kavach: Authorizer,
  agent: string | { readonly token: string },
  requests: readonly AuthorizeRequest[],
  options?: AuthorizeManyOptions | null,
): Promise<AuthorizeOutcome[]>;

/**
 * Keeps decisions for a short time, so that the same question is not sent again.
 *
 * Pass the result to `guard`, `protect` or `authorizeMany` instead of the client. A decision from the cache is **neither audited
 * nor counted**, and has `source: "cache"`. Only decisions that no constraint affects are kept: denials because no permission
 * matches, or because the token or agent is not valid; and allowed requests, if `permissions` returns valid permissions
 * without constraints. Failures are never kept, nor are calls with options such as `headers` or `init`.
 *
 * A key is the SHA-256 hash of whose token asks, the agent or token it asks about, and the request: one caller never sees the
 * decision of another. A decision made with a token that was refreshed during the call is not kept. An authorizer that
 * is not a `KavachClient` counts as one caller, and its changes are not noticed.
 *
 * The cache is emptied when any client of the same `baseUrl` in this process calls `agents.update`, `agents.revoke`, `agents.rotate`,
 * `delegation.create` or `delegation.revoke`, and again when that call settles. Changes made elsewhere take effect when the entry
 * expires. The age of an entry begins when the question is sent, and a clock that is put back does not prolong it.
 *
 * @param kavach the client
 * @param options what to keep, and for how long
 * @returns an authorizer that takes the place of the client
 * @throws {KavachError} INVALID_ARGUMENT when an option is wrong or has a name that is not known
 * @throws {KavachError} NOT_SUPPORTED when the runtime has no `crypto.subtle` (Node.js 18)
 * @example
 * ```ts
 * const cached = decisionCache(kavach, { allowTtl: 2_000, permissions: ({ token }) => permissionsByToken.get(token) });
 * const checked = await guard(cached, request, { action: "read", resource: "mcp:github:repos" });
 * ```
 */
export function decisionCache(kavach: Authorizer, options?: DecisionCacheOptions | null): DecisionCache;

export {
  guardSession,
  type SessionCredential,
  type SessionGranted,
  type SessionGuarded,
  type SessionGuardOptions,
  type SessionJwtOptions,
  type SessionRefused,
  sessionFrom,
} from "./guard-session.js";

/** What the guard asks for decisions: a `KavachClient`, a `DecisionCache`, or an object with the same two methods. */
export interface Authorizer {
  /**
   * Decides about an agent by its id.
   *
   * @param agentId the agent
   * @param request what the agent wants to do
   * @param options for this call
   * @returns the decision; a denial resolves
   */
  authorize(agentId: string, request: AuthorizeRequest, options?: CallOptions): Promise<AuthorizeResult>;
  /** The method that takes a token. */
  readonly auth: {
    /**
     * Decides about the agent that holds a token.
     *
     * @param agentToken the agent's token
     * @param request what the agent wants to do
     * @param options for this call
     * @returns the decision; a denial resolves
     */
    authorizeByToken(agentToken: string, request: AuthorizeRequest, options?: CallOptions): Promise<AuthorizeResult>;
  };
}

/** The part of a `Request` that the guard reads. */
export interface GuardedRequest {
  /** The headers of the request. */
  readonly headers: {
    /**
     * Returns a header.
     *
     * @param name in any case
     * @returns its value, or `null` if the request does not have it
     */
    get(name: string): string | null;
  };
  /** For `cors`: a preflight has the method `OPTIONS`. */
  readonly method?: string | undefined;
}

/**
 * The question that a request stands for: an action on a resource, and its arguments if constraints depend on them.
 *
 * Each part may be a function of the request, and so may the whole. Functions are called only if the request has a token. To
 * read the body, use `request.clone()`.
 *
 * - A `Response` that a function returns or throws refuses the request and is sent as it is, whatever its status.
 * - A `SyntaxError`, as `request.json()` throws it, is answered 400 `invalid_request`; so are arguments that JSON would change.
 *   Any other error is answered 503.
 * - `null` asks only whether the token is valid. The server has no route for that, so the guard asks for the action
 *   `"validate"` on `"kavachos:token"`: the server writes an audit entry, and usually denies because no permission grants it, which
 *   shows that the token is valid. Any other denial refuses the request.
 *
 * @example
 * ```ts
 * const rule: GuardRule = {
 *   action: "execute",
 *   resource: ({ url }) => `mcp:tools:${new URL(url).pathname.slice(1)}`,
 *   arguments: async (request) => (await request.clone().json()).arguments,
 * };
 * ```
 */
export type GuardRule<R = Request> =
  | GuardRuleParts<R>
  | ((request: RuleRequest<R>) => AuthorizeRequest | Response | null | Promise<AuthorizeRequest | Response | null>)
  | null;

/** A rule in parts. Other names are refused. */
export interface GuardRuleParts<R = Request> {
  /** The action: `"read"`, `"execute"`. */
  readonly action: GuardPart<R, string>;
  /** The resource: `"mcp:github:repos"`. */
  readonly resource: GuardPart<R, string>;
  /** The arguments of the action: a plain JSON object. */
  readonly arguments?: GuardPart<R, GuardArguments> | undefined;
}

/** A part of a rule: a value, or a function of the request. */
export type GuardPart<R, T> = T | ((request: RuleRequest<R>) => T | Response | Promise<T | Response>);

/** The request as a rule receives it. Its `json()` resolves to `any` with every library of types. */
export type RuleRequest<R> = R extends { json(): Promise<unknown>; clone(): unknown } ? JsonRequest<R> : R;

/** A request whose body is JSON of any kind. */
export type JsonRequest<R> = {
  /**
   * Reads the body as JSON.
   *
   * @returns the parsed body
   * @throws {SyntaxError} when the body is not JSON, which the guard answers with 400
   */
  // biome-ignore lint/suspicious/noExplicitAny: as the DOM types declare it
  json(): Promise<any>;
  /**
   * Copies the request, so that the handler can still read the body.
   *
   * @returns the copy
   */
  clone(): JsonRequest<R>;
} & R;

/** The arguments of an action, if it has any. */
export type GuardArguments = JsonObjectInput | null | undefined;

/** A decision, and who made it. */
export type GuardDecision = AuthorizeResult & {
  /** `"server"`, `"cache"`, or `"local"` for a decision made here, whose `auditId` is empty. */
  source: "server" | "cache" | "local";
  /** Set if the rule was `null`: the token is valid, and nothing else was decided. */
  tokenOnly?: true | undefined;
};

/** The result of a guard. */
export type Guarded = Granted | Refused;

/** The request is allowed. */
export interface Granted {
  /** `true`: the request is allowed. */
  ok: true;
  /** The decision. */
  decision: GuardDecision;
  /** The agent that holds the token, where the server's decision says it. Present servers do not. */
  agentId?: string | undefined;
  /** The caller's bearer token. It is not enumerable: not printed, not serialized, and not copied by `{ ...granted }`. */
  readonly token: string;
}

/** The request is refused. */
export interface Refused {
  /** `false`: send `response`. */
  ok: false;
  /**
   * The reason for the refusal.
   *
   * - `"missing_token"`: 401. No `Authorization` header, or another scheme than `Bearer`.
   * - `"malformed_token"`: 401. The header does not hold one bearer token.
   * - `"denied"`: 403 for a denial; 401 if the token is unknown, revoked or expired.
   * - `"rate_limited"`: 429. `maxCallsPerHour` is used up, or the server limits calls.
   * - `"invalid_request"`: 400. The rule could not read the request, or its arguments are not plain JSON.
   * - `"request_too_large"`: 413. The arguments are larger than `argumentsLimit`.
   * - `"refused"`: the rule returned or threw a `Response`.
   * - `"preflight"`: 204. A preflight was answered; see `cors`.
   * - `"unavailable"`: 503. There is no decision.
   */
  reason:
    | "missing_token"
    | "malformed_token"
    | "denied"
    | "rate_limited"
    | "invalid_request"
    | "request_too_large"
    | "refused"
    | "preflight"
    | "unavailable";
  /**
   * The response to send: problem details (RFC 9457), never cached.
   *
   * Its `code` is the reason above. Its `type` is `urn:kavachos:problem:` and one of `missing-token`, `malformed-token`, `invalid-token`,
   * `insufficient-scope`, `approval-required`, `arguments-not-allowed`, `outside-time-window`, `address-not-allowed`, `denied`,
   * `rate-limited`, `invalid-request`, `request-too-large` or `unavailable`. Its `detail` is the reason of the decision, for callers
   * whose token is valid; no response shows more of the server or of an error.
   *
   * `WWW-Authenticate` is set only where another token would help (RFC 6750), `Retry-After` where the server sends it.
   */
  response: Response;
  /** The decision, if there is one. */
  decision?: GuardDecision | undefined;
  /** What went wrong, for your log: a `KavachError`, or what a function of yours threw. */
  error?: unknown;
}

/**
 * How a guard asks, and how it refuses. `timeout`, `maxRetries`, `headers`, `cache`, `init` and the other call options apply to
 * the call to the server. Unknown names are refused.
 */
export interface GuardOptions<R = Request> extends Omit<CallOptions, "token"> {
  /**
   * How long the guard may take, in milliseconds, with everything it calls. It then refuses with 503, and aborts the call to the
   * server. With `onUnavailable: "local"`, the server has four fifths of the time, and the local decision the rest.
   *
   * @default 60_000
   */
  deadline?: number | null | undefined;
  /**
   * The protection space, for `WWW-Authenticate`.
   *
   * @default "KavachOS"
   */
  realm?: string | null | undefined;
  /**
   * The absolute URL of the protected resource metadata (RFC 9728), for MCP clients.
   *
   * @default none: the challenge names no metadata
   */
  resourceMetadata?: string | URL | null | undefined;
  /**
   * The scopes that a token needs, separated by spaces, for `WWW-Authenticate` (MCP 2025-11-25): or a function of what the rule
   * asks. The function is called where that is known: not for a missing token, unless `action` and `resource` are strings.
   *
   * @default none: the challenge names no scope
   */
  scope?: string | ((asked: AuthorizeRequest) => string | null | undefined) | null | undefined;
  /**
   * The origins whose pages may call: an origin such as `"https://app.example"`, a list of them, a function that returns `true` for
   * those, or `"*"`. Preflights are then answered before the token is read, refusals expose `WWW-Authenticate` and `Retry-After`,
   * and `protect` lets those pages read what the handler returns. Credentials mode is not supported: the token is a bearer token.
   *
   * @default none: preflights are refused, and responses have no CORS headers
   */
  cors?: string | readonly string[] | ((origin: string, request: R) => boolean | Promise<boolean>) | null | undefined;
  /**
   * How many bytes the arguments may have as JSON. Larger ones are refused with 413 before the server is asked.
   *
   * @default 65_536
   */
  argumentsLimit?: number | null | undefined;
  /**
   * What to do if the server cannot be reached: refuse (`"deny"`), or decide here (`"local"`), with `permissions` and `evaluate`.
   *
   * Only an outage is decided here: a network failure, a timeout, or 502, 503 or 504. Anything else that the server answers
   * refuses the request. A decision that needs what is not known here, such as a rate or an address, is refused with 503.
   *
   * @default "deny"
   */
  onUnavailable?: "deny" | "local" | null | undefined;
  /**
   * The last known permissions of the agent that holds the token, or nothing if the token is not known to be valid: during an
   * outage, nothing else checks it. Required by `onUnavailable: "local"`, and used only there.
   *
   * @example
   * ```ts
   * const options = { onUnavailable: "local", evaluate, permissions: (token: string) => permissionsByToken.get(token) };
   * ```
   */
  permissions?: ((token: string, request: R) => KnownPermissions | Promise<KnownPermissions>) | null | undefined;
  /**
   * The function `evaluate` of `kavachos-wasm/permissions`. It receives exactly the request that is sent. Required by
   * `onUnavailable: "local"`, and used only there.
   */
  evaluate?: ((permissions: readonly PermissionInput[], request: AuthorizeRequest) => LocalDecision) | null | undefined;
}

/** Permissions, or nothing if they are not known. */
export type KnownPermissions = readonly PermissionInput[] | null | undefined;

/** What `evaluate` of `kavachos-wasm/permissions` returns. */
export interface LocalDecision {
  /** Whether the permissions allow the request. */
  allowed: boolean;
  /** The reason for a denial. */
  reason?: string | undefined;
  /** What the decision needs that is not known here, such as a rate. Then the request is refused with 503. */
  needs?: readonly string[] | undefined;
}

/** The options of `protect`. */
export interface ProtectOptions<Rest extends unknown[] = [], R = Request> extends GuardOptions<R> {
  /**
   * Called for each refusal but a preflight, with the arguments of the handler: to log `error`, or to return another response. If
   * it throws, or does not settle within what is left of the deadline, the prepared response is sent.
   *
   * @example
   * ```ts
   * const options = { onRefusal: ({ reason, error }: Refused) => console.warn(reason, error) };
   * ```
   */
  onRefusal?:
    | ((
        refused: Refused,
        request: R,
        ...rest: Rest
      ) => Response | null | undefined | Promise<Response | null | undefined>)
    | ((refused: Refused, request: R, ...rest: Rest) => void | Promise<void>)
    | null | undefined;
}

/** How `authorizeMany` asks. The call options apply to each call. Unknown names are refused. */
export interface AuthorizeManyOptions extends Omit<CallOptions, "token"> {
  /**
   * How many calls are sent at once.
   *
   * @default 6
   */
  concurrency?: number | null | undefined;
  /**
   * Whether equal requests are asked once.
   *
   * @default true
   */
  dedupe?: boolean | null | undefined;
}

/** The outcome of one of many requests. */
export type AuthorizeOutcome =
  | {
      /** The decision. */
      decision: GuardDecision;
      /** Absent: there is a decision. */
      error?: undefined;
    }
  | {
      /** Absent: there is no decision. */
      decision?: undefined;
      /** The reason why there is no decision: what `authorize` rejected with. */
      error: unknown;
    };

/** What a `DecisionCache` keeps, and for how long. Unknown names are refused. */
export interface DecisionCacheOptions {
  /**
   * How long an allowed request is kept, in milliseconds: at most 5,000, or 0 for never.
   *
   * @default 1_000
   */
  allowTtl?: number | null | undefined;
  /**
   * How long a denial is kept, in milliseconds, or 0 for never.
   *
   * @default 1_000
   */
  denyTtl?: number | null | undefined;
  /**
   * How many decisions are kept. The least recently used one is dropped first.
   *
   * @default 1_000
   */
  max?: number | null | undefined;
  /**
   * A store with strong consistency, of `kavachos-wasm/stores`, by which many isolates share decisions.
   *
   * Before a decision is served, the store is asked whether a change was announced (`announceChanges`): an allow is never served after
   * that. While the store is slow or gone, the server decides, and only denials are served from the cache.
   *
   * @default none: changes made elsewhere take effect when an entry expires
   */
  store?: DecisionStore | null | undefined;
  /** The permissions of the agent, or nothing if they are not known. Without this option no allowed request is kept. */
  permissions?:
    | ((
        agent: { token: string; agentId?: undefined } | { agentId: string; token?: undefined },
      ) => KnownPermissions | Promise<KnownPermissions>)
    | null | undefined;
}

/** A `Store` of `kavachos-wasm/stores`. */
export interface DecisionStore {
  /** Each reader sees what was written before. */
  readonly consistency: "strong";
  /**
   * Reads a value.
   *
   * @param key the key
   * @returns the value, or `null`
   */
  get(key: string): Promise<string | null>;
  /**
   * Writes a value.
   *
   * @param key the key
   * @param value the value
   * @param seconds when it expires
   * @returns nothing, once it is acknowledged
   */
  put(key: string, value: string, seconds: number): Promise<void>;
  /**
   * Writes a value unless there is one.
   *
   * @param key the key
   * @param seconds when it expires
   * @returns whether it was written
   */
  add(key: string, seconds: number): Promise<boolean>;
}

/** An authorizer that keeps decisions for a short time. */
export interface DecisionCache extends Authorizer {
  /**
   * Decides about an agent by its id, from the cache if the decision is kept.
   *
   * @param agentId the agent
   * @param request what the agent wants to do
   * @param options for this call
   * @returns the decision, with `source: "cache"` if it was kept; a denial resolves
   * @throws {KavachError} INVALID_ARGUMENT when the request is invalid
   */
  authorize(agentId: string, request: AuthorizeRequest, options?: CallOptions): Promise<GuardDecision>;
  /** The method that takes a token. */
  readonly auth: {
    /**
     * Decides about the agent that holds a token, from the cache if the decision is kept.
     *
     * @param agentToken the agent's token
     * @param request what the agent wants to do
     * @param options for this call
     * @returns the decision, with `source: "cache"` if it was kept; a denial resolves
     * @throws {KavachError} INVALID_ARGUMENT when the request is invalid
     */
    authorizeByToken(agentToken: string, request: AuthorizeRequest, options?: CallOptions): Promise<GuardDecision>;
  };
  /** Drops all decisions. Decisions in flight are not kept either. */
  clear(): void;
  /** The number of decisions that are kept. */
  readonly size: number;
}
