declare global {
    interface SymbolConstructor {
        readonly dispose: unique symbol;
    }
}

/**
 * A client of one KavachOS server.
 *
 * Making a client does no I/O and starts no timer. One client carries any number of concurrent calls, and can be shared by all
 * requests of a server or an edge function. Methods are bound to their client: they can be destructured and passed as callbacks.
 *
 * Every method takes `CallOptions` as its last argument. A method returns a promise and never throws synchronously. Besides the
 * errors that it documents, it rejects with:
 *
 * - `KavachError` `INVALID_ARGUMENT` when an argument is wrong; nothing is sent then
 * - `KavachError` `TOKEN_UNAVAILABLE` when the token function fails
 * - `KavachError` `WASM_UNAVAILABLE` when the runtime cannot make the WebAssembly module
 * - `AuthenticationError`, `PermissionError`, `NotFoundError`, `RateLimitError`, `ServerError` by the status of the response
 * - `NetworkError` when there is no response, `TimeoutError` when there is none in time
 * - `DecodeError` when the response is not valid
 * - `signal.reason` when the signal of the call is aborted
 *
 * @example
 * ```ts
 * const kavach = new KavachClient({ baseUrl: "https://your-app.com/api/kavach", token: "kv_…" });
 * const { authorize, agents } = kavach;
 * const decision = await authorize(agentId, { action: "read", resource: "mcp:github:repos" });
 * if (!decision.allowed) console.log(decision.reason);
 * const found = await Promise.all(ids.map((id) => agents.get(id)));
 * ```
 */
export class KavachClient<V extends Vocabulary = Vocabulary, R extends AuthorizeRequest = RequestOf<V>> {
    /**
     * Makes a client.
     *
     * @param options - where the server is, and how to reach it
     * @throws {KavachError} `INVALID_ARGUMENT` when an option is missing, wrong or unknown
     * @throws {KavachError} `NOT_READY` when `kavachos-wasm/slim` is used before `ready()` resolves
     * @example
     * ```ts
     * new KavachClient({ baseUrl: "https://your-app.com/api/kavach", token: () => session.token, timeout: 10_000 });
     * ```
     */
    constructor(options: KavachClientOptions);
    /**
     * Makes a client for the server that the environment variables `KAVACHOS_URL` and `KAVACHOS_TOKEN` name. Nothing is read before.
     *
     * They are read by `process.env`, and by `Deno.env` where there is no `process.env`. Cloudflare Workers have them in `process.env`
     * with the flag `nodejs_compat`; otherwise pass `env.KAVACHOS_URL` as the option.
     *
     * @param options - the other options; `baseUrl` and `token` override the environment
     * @returns the client
     * @throws {KavachError} `INVALID_ARGUMENT` when `KAVACHOS_URL` is not set, or when an option is wrong or unknown
     * @example
     * ```ts
     * const kavach = KavachClient.fromEnv({ timeout: 10_000 });
     * ```
     */
    static fromEnv<V extends Vocabulary = Vocabulary>(options?: Partial<KavachClientOptions> | null): KavachClient<V>;
    /** The base URL, as the client uses it. */
    readonly baseUrl: string;
    /** The dialect of the server: `"auto"` until the client has detected it. */
    readonly dialect: Dialect;
    /**
     * A counter of calls that can change decisions: `agents.update`, `revoke` and `rotate`, `delegation.create` and `revoke`.
     *
     * `count` grows when any client of the same base URL in this program starts or settles such a call. A cache of decisions is
     * valid only as long as `count` stays the same.
     */
    readonly mutations: { readonly count: number };
    /** Agents: create, read, update, rotate and revoke them, and decide about their requests. */
    readonly agents: Agents<R>;
    /** Users and sessions, and decisions about the agent that holds a token. */
    readonly auth: Auth<R>;
    /** The audit log. */
    readonly audit: Audit;
    /** Delegation of permissions between agents. */
    readonly delegation: Delegation;
    /** The registry of MCP servers. */
    readonly mcp: Mcp;
    /** Statistics for dashboards. */
    readonly dashboard: Dashboard;
    /**
     * Decides whether an agent may perform an action. The same as `agents.authorize`.
     *
     * The server records the decision in the audit log, and counts it towards `maxCallsPerHour`. A denial resolves; an outage
     * rejects.
     *
     * @param agentId - the id of the agent
     * @param request - the action, the resource and the arguments
     * @param options - the options of this call
     * @returns the decision; `reason` says why it is a denial
     * @throws {PermissionError} when the client's token may not ask
     * @throws {NetworkError} when the server is unreachable
     * @throws {ServerError} when the server fails
     * @example
     * ```ts
     * const decision = await kavach.authorize(agent.id, {
     *   action: "execute",
     *   resource: "mcp:deploy:production",
     *   arguments: { version: "1.2.3" },
     * });
     * if (!decision.allowed) throw new Error(decision.reason);
     * ```
     */
    authorize(agentId: string, request: R, options?: CallOptions): Promise<AuthorizeResult>;
    /**
     * Sends a request to a route that the client has no method for: a plugin's, or one of your own beside KavachOS.
     *
     * It goes through the same client: token, headers, timeouts, retries, redirect rules, hooks and redacted errors. The value of the
     * response is returned as the server sends it, unchecked and with its envelope.
     *
     * @param input - the method, the path and what is sent
     * @param options - the options of this call
     * @returns the JSON value of the response, `undefined` if it is empty; text, bytes or a stream by `responseType`
     * @throws {KavachError} `INVALID_ARGUMENT` when the path or another member is missing, wrong or unknown
     * @throws {NotFoundError} `ROUTE_NOT_FOUND` when the server has no such route
     * @throws {KavachError} the error that the server reports, by its status
     * @example
     * ```ts
     * const { data } = await kavach.request<{ data: { id: string } }>({
     *   method: "POST",
     *   path: "/approvals/:id/approve",
     *   params: { id: approvalId },
     *   body: { respondedBy: "user-123" },
     * });
     * ```
     */
    request(input: RequestInput & { responseType: "text" }, options?: CallOptions): Promise<string>;
    request(input: RequestInput & { responseType: "bytes" }, options?: CallOptions): Promise<Uint8Array>;
    request(input: RequestInput & { responseType: "stream" }, options?: CallOptions): Promise<ReadableStream<Uint8Array>>;
    request<T = unknown>(input: RequestInput, options?: CallOptions): Promise<T>;
    /**
     * Calls a method, and returns what is known of its response beside the value.
     *
     * @param call - a function that calls one method with the options that it receives
     * @returns the value as `data`, with the `status`, the `headers` and the `requestId` of the last response, and the duration
     * @throws what the method rejects with; an error has `status` and `requestId` itself
     * @example
     * ```ts
     * const { data, headers, requestId } = await kavach.withResponse((options) => kavach.agents.list({}, options));
     * console.log(data.length, requestId, headers?.get("x-ratelimit-remaining"));
     * ```
     */
    withResponse<T>(call: (options: CallOptions) => Promise<T>): Promise<WithResponse<T>>;
    /**
     * Says whether the server has a namespace or a method, by the dialect that the client has detected.
     *
     * A server can still lack a route of its dialect: a plugin that is not mounted rejects with `ROUTE_NOT_FOUND` or `NOT_SUPPORTED`.
     *
     * @param name - a namespace, `"mcp"`, or a method, `"agents.getEffectivePermissions"`
     * @returns `true` or `false`; `null` if that depends on the dialect, and `kavach.dialect` is still `"auto"`
     * @throws {KavachError} `INVALID_ARGUMENT` when there is no such namespace or method
     * @example
     * ```ts
     * if (kavach.supports("mcp") !== false) console.log(await kavach.mcp.list());
     * ```
     */
    supports(name: CapabilityName): boolean | null;
    /**
     * Returns what is safe to log.
     *
     * @returns the base URL and the dialect
     */
    toJSON(): { baseUrl: string; dialect: Dialect };
    /** Does nothing: a client holds no resource that must be freed. It exists so that `using` compiles. */
    [Symbol.dispose](): void;
}

/**
 * The options of a `KavachClient`: where its server is, and how to reach it.
 */
export interface KavachClientOptions {
    /**
     * The base URL of the API: `"https://your-app.com/api/kavach"`. In a browser it can be a path: `"/api/kavach"`.
     */
    baseUrl: string | URL;
    /**
     * The bearer token of an agent, a service or a session, or a function that returns it.
     */
    token?: TokenSource | null | undefined;
    /**
     * Headers to send with every request. The token overrides an `Authorization` header.
     */
    headers?: HeadersInput | null | undefined;
    /**
     * The time limit of one attempt, in milliseconds, until the whole body has arrived; `Infinity` for no limit. An attempt
     * that exceeds it fails with a `TimeoutError` `TIMEOUT`, and can be retried.
     *
     * @default 30000
     */
    timeout?: number | null | undefined;
    /**
     * The time limit of a whole call, in milliseconds, with all its attempts and the backoff between them. A call that
     * exceeds it rejects with a `TimeoutError` `DEADLINE_EXCEEDED`.
     *
     * @default Infinity
     */
    deadline?: number | null | undefined;
    /**
     * The maximum number of retries after transient failures; 0 for none. Requests that are not idempotent are retried only if
     * the server says that it did not execute them. A decision that is retried after an outage can be audited twice.
     *
     * @default 2
     */
    maxRetries?: number | null | undefined;
    /**
     * The function that sends requests, instead of the global `fetch`: a service binding, a proxy, a test double.
     */
    fetch?: ((url: string, init: RequestInit) => Promise<Response>) | null | undefined;
    /**
     * The `credentials` mode of `fetch`, for servers that use cookies. It is not set by default: some runtimes refuse it.
     */
    credentials?: "omit" | "same-origin" | "include" | null | undefined;
    /**
     * The `cache` mode of `fetch`. By default it is set only where the runtime accepts it.
     *
     * @default "no-store"
     */
    cache?: CacheMode | null | undefined;
    /**
     * Members that the host adds to the `init` of `fetch`: `next`, `cf`, `keepalive`, `priority`, `dispatcher`.
     */
    init?: FetchInit | null | undefined;
    /**
     * The maximum size of a response, in bytes; `Infinity` for no limit. A larger one rejects with a `DecodeError`
     * `RESPONSE_TOO_LARGE`. Streams have no limit.
     *
     * @default 67108864
     */
    maxResponseBytes?: number | null | undefined;
    /**
     * Names of permission and constraint members that are sent although this version does not know them, for newer
     * servers: a list, or `true` for all names.
     *
     * @default false
     */
    allowUnknown?: boolean | readonly string[] | null | undefined;
    /**
     * Whether concurrent calls share one pending call of an asynchronous token function. One user per client: if the token
     * function depends on the request, a shared token sends calls as another user.
     *
     * @default false
     */
    shareToken?: boolean | null | undefined;
    /**
     * The dialect of the server.
     *
     * @default "auto"
     */
    dialect?: Dialect | null | undefined;
    /**
     * The base URL of the e-mail routes (`auth.signUp`, `signIn`, `signOut`, `getSession`), if it is not `baseUrl`.
     */
    authUrl?: string | URL | null | undefined;
    /**
     * Whether tokens may be sent unencrypted to a `baseUrl` with `http:`. Otherwise the client warns about it.
     *
     * @default false
     */
    allowInsecure?: boolean | null | undefined;
    /**
     * Called before each attempt. Errors that it throws are ignored.
     */
    onRequest?: ((event: RequestEvent) => void) | null | undefined;
    /**
     * Called after each attempt, with the status, or with the error code if there was no response.
     */
    onResponse?: ((event: ResponseEvent) => void) | null | undefined;
    /**
     * Called before the backoff that precedes a retry.
     */
    onRetry?: ((event: RetryEvent) => void) | null | undefined;
    /**
     * Called when a call ends, before its promise settles: with the status, the error code and the duration of the whole call.
     * Calls whose arguments are refused are not reported. Errors that it throws are ignored.
     */
    onCallEnd?: ((event: CallEndEvent) => void) | null | undefined;
    /**
     * Begins each call, within a span for example: `openTelemetry(tracer)` of `kavachos-wasm/telemetry`.
     */
    tracer?: CallTracer | null | undefined;
    /**
     * A logger, which gets a line for each attempt (`debug`) and each retry (`warn`): `console`, for example.
     */
    logger?: Logger | null | undefined;
}

/**
 * The options of a single call. Each method takes them as its last argument.
 */
export interface CallOptions {
    /**
     * Aborts the call, which then rejects with `signal.reason`.
     */
    signal?: AbortSignal | null | undefined;
    /**
     * The time limit of one attempt, in milliseconds; that of the client by default.
     */
    timeout?: number | null | undefined;
    /**
     * The time limit of the whole call, in milliseconds; that of the client by default.
     */
    deadline?: number | null | undefined;
    /**
     * The maximum number of retries; that of the client by default.
     */
    maxRetries?: number | null | undefined;
    /**
     * Headers of this call. They override those of the client.
     */
    headers?: HeadersInput | null | undefined;
    /**
     * The bearer token of this call, or a function that returns it. It overrides that of the client.
     */
    token?: TokenSource | null | undefined;
    /**
     * The `cache` mode of `fetch`; that of the client by default.
     */
    cache?: CacheMode | null | undefined;
    /**
     * Members that the host adds to the `init` of `fetch`: `next`, `cf`, `keepalive`, `priority`, `dispatcher`. They
     * override those of the client.
     */
    init?: FetchInit | null | undefined;
    /**
     * The maximum size of a response, in bytes; `Infinity` for no limit. A larger one rejects with a `DecodeError`
     * `RESPONSE_TOO_LARGE`. That of the client by default.
     */
    maxResponseBytes?: number | null | undefined;
    /**
     * Names of permission and constraint members that are sent although this version does not know them, for newer
     * servers: a list, or `true` for all names. That of the client by default.
     */
    allowUnknown?: boolean | readonly string[] | null | undefined;
    /**
     * Called when the call ends, before its promise settles, like that of the client, and with the headers of the response.
     */
    onCallEnd?: ((event: CallEndEvent) => void) | null | undefined;
}

/**
 * A bearer token, or a function that returns one.
 *
 * The function is called for every attempt, in the async context of the caller, and once more after a 401. If it then
 * returns the same token, or none, the call is not repeated. `null` and `undefined` mean no token.
 *
 * @example
 * ```ts
 * const token: TokenSource = ({ reason }) => (reason === "unauthorized" ? session.refresh() : session.token);
 * ```
 */
export type TokenSource = string | ((context: TokenContext) => string | null | undefined | Promise<string | null | undefined>);

/**
 * The argument of a token function: why it is called, and for which call.
 */
export interface TokenContext {
    /**
     * `"initial"` before an attempt; `"unauthorized"` after a 401: refresh the token. If the function then returns the same
     * token, or none, the call is not repeated.
     */
    reason: "initial" | "unauthorized";
    /**
     * The method that was called: `"agents.create"`.
     */
    operation: string;
    /**
     * The token that the server refused; absent for `"initial"`.
     */
    previousToken?: string | undefined;
}

/**
 * The wire dialect of a server: `"sdk"` (that of the official SDKs), `"adapter"` (that of the shipped server adapters), or
 * `"auto"` (the client detects it).
 */
export type Dialect = "auto" | "sdk" | "adapter";

/** Agents: identities that hold permissions and a bearer token. Reached as `kavach.agents`. */
export class Agents<R extends AuthorizeRequest = AuthorizeRequest> {
    private constructor();
    /**
     * Creates an agent.
     *
     * The server shows the token of the new agent only here: store it.
     *
     * @param input - the owner, the name, the type and the permissions; `expiresAt` and `metadata` are optional
     * @param options - the options of this call
     * @returns the agent with its token
     * @throws {KavachError} `INVALID_ARGUMENT` when a member is missing, wrong or unknown
     * @throws {KavachError} with the server's code when it refuses, for example an unknown owner or too many agents
     * @example
     * ```ts
     * const agent = await kavach.agents.create({
     *   ownerId: "user-123",
     *   name: "github-reader",
     *   type: "autonomous",
     *   permissions: [read("mcp:github:*"), withApproval(execute("mcp:deploy:production"))],
     * });
     * ```
     */
    create(input: CreateAgentInput, options?: CallOptions): Promise<Agent>;
    /**
     * Lists agents.
     *
     * @param filters - which agents to return; all of them by default
     * @param options - the options of this call
     * @returns the agents; their `token` is an empty string
     * @throws {KavachError} `INVALID_ARGUMENT` when a filter is wrong or unknown
     * @example
     * ```ts
     * const agents = await kavach.agents.list({ userId: "user-123", status: "active" });
     * ```
     */
    list(filters?: AgentFilters | null, options?: CallOptions): Promise<Agent[]>;
    /**
     * Gets one agent. A revoked agent still exists: check its `status`.
     *
     * @param id - the id of the agent
     * @param options - the options of this call
     * @returns the agent, or `null` if it does not exist
     * @example
     * ```ts
     * const agent = await kavach.agents.get("agent-abc123");
     * ```
     */
    get(id: string, options?: CallOptions): Promise<Agent | null>;
    /**
     * Changes the name, the permissions, the expiry or the metadata of an agent.
     *
     * @param id - the id of the agent
     * @param input - the members to change; absent members stay unchanged
     * @param options - the options of this call
     * @returns the changed agent
     * @throws {NotFoundError} when the agent does not exist
     * @throws {KavachError} `INVALID_ARGUMENT` when a member is wrong or unknown
     * @example
     * ```ts
     * const agent = await kavach.agents.update("agent-abc123", { name: "better-name" });
     * ```
     */
    update(id: string, input: UpdateAgentInput, options?: CallOptions): Promise<Agent>;
    /**
     * Revokes an agent permanently: its token stops working, and every decision about it is a denial.
     *
     * @param id - the id of the agent
     * @param options - the options of this call
     * @returns nothing, also if the agent was revoked before
     * @throws {NotFoundError} when the agent does not exist
     * @example
     * ```ts
     * await kavach.agents.revoke("agent-abc123");
     * ```
     */
    revoke(id: string, options?: CallOptions): Promise<void>;
    /**
     * Gives an agent a new token. The old one stops working at once.
     *
     * The server shows the new token only here: store it.
     *
     * @param id - the id of the agent
     * @param options - the options of this call
     * @returns the agent with its new token
     * @throws {NotFoundError} when the agent does not exist
     * @throws {ServerError} when the agent is revoked or expired
     * @example
     * ```ts
     * const { token } = await kavach.agents.rotate("agent-abc123");
     * ```
     */
    rotate(id: string, options?: CallOptions): Promise<Agent>;
    /**
     * Decides whether an agent may perform an action. The same as `kavach.authorize`.
     *
     * @param id - the id of the agent
     * @param request - the action, the resource and the arguments
     * @param options - the options of this call
     * @returns the decision; `reason` says why it is a denial
     * @throws {PermissionError} when the client's token may not ask
     * @throws {NetworkError} when the server is unreachable
     * @throws {ServerError} when the server fails
     * @example
     * ```ts
     * const { allowed, reason } = await kavach.agents.authorize(agent.id, { action: "read", resource: "mcp:github:repos" });
     * ```
     */
    authorize(id: string, request: R, options?: CallOptions): Promise<AuthorizeResult>;
    /**
     * Returns the permissions of an agent: its own and those delegated to it. The same as `delegation.getEffectivePermissions`.
     *
     * @param id - the id of the agent
     * @param options - the options of this call
     * @returns the permissions
     * @throws {KavachError} `NOT_SUPPORTED` on servers of the `adapter` dialect
     * @example
     * ```ts
     * const permissions = await kavach.agents.getEffectivePermissions("agent-abc123");
     * ```
     */
    getEffectivePermissions(id: string, options?: CallOptions): Promise<Permission[]>;
}

/**
 * Users and sessions by e-mail and password, and decisions about the agent that holds a token. Reached as `kavach.auth`.
 *
 * If the e-mail routes are not served under `baseUrl`, set the client's option `authUrl`.
 */
export class Auth<R extends AuthorizeRequest = AuthorizeRequest> {
    private constructor();
    /**
     * Creates an account and signs in.
     *
     * The client does not keep the token of the session: pass it as the option `token`.
     *
     * @param input - the e-mail address and the password; `name` is optional
     * @param options - the options of this call
     * @returns the user, and a session with its token
     * @throws {KavachError} with the server's code when it refuses, for example `DUPLICATE_EMAIL` or `INVALID_PASSWORD`
     * @example
     * ```ts
     * const { user, session } = await kavach.auth.signUp({
     *   email: "user@example.com",
     *   password: "secure-password",
     *   name: "Alice",
     * });
     * ```
     */
    signUp(input: SignUpInput, options?: CallOptions): Promise<AuthResponse>;
    /**
     * Signs in.
     *
     * @param input - the e-mail address and the password
     * @param options - the options of this call
     * @returns the user, and a session with its token
     * @throws {AuthenticationError} when the address or the password is wrong
     * @example
     * ```ts
     * const { session } = await kavach.auth.signIn({ email: "user@example.com", password: "secure-password" });
     * ```
     */
    signIn(input: SignInInput, options?: CallOptions): Promise<AuthResponse>;
    /**
     * Ends a session.
     *
     * @param token - the token of the session; the client's token by default
     * @param options - the options of this call
     * @returns nothing
     * @throws {AuthenticationError} when there is no such session
     * @example
     * ```ts
     * await kavach.auth.signOut(session.token);
     * ```
     */
    signOut(token?: string | null, options?: CallOptions): Promise<void>;
    /**
     * Gets a session.
     *
     * @param token - the token of the session; the client's token by default
     * @param options - the options of this call
     * @returns the session, or `null` if it does not exist or has expired
     * @example
     * ```ts
     * const session = await kavach.auth.getSession(token);
     * if (session === null) location.assign("/sign-in");
     * ```
     */
    getSession(token?: string | null, options?: CallOptions): Promise<Session | null>;
    /**
     * Decides whether the agent that holds a token may perform an action.
     *
     * The client itself needs no token: this is the method for tools and edge functions that are called with an agent's token.
     * An unknown, revoked or expired token is a denial. Delegated permissions do not count.
     *
     * @param agentToken - the bearer token of the agent
     * @param request - the action, the resource and the arguments
     * @param options - the options of this call
     * @returns the decision; `reason` says why it is a denial
     * @throws {NetworkError} when the server is unreachable
     * @throws {ServerError} when the server fails
     * @example
     * ```ts
     * const decision = await kavach.auth.authorizeByToken("kv_agent_xyz", { action: "read", resource: "mcp:github:repos" });
     * ```
     */
    authorizeByToken(agentToken: string, request: R, options?: CallOptions): Promise<AuthorizeResult>;
}

/** The audit log: one entry for every decision, newest first. Reached as `kavach.audit`. */
export class Audit {
    private constructor();
    /**
     * Returns audit entries, newest first.
     *
     * @param filters - which entries to return; all of them by default, so set a `limit`
     * @param options - the options of this call
     * @returns the entries
     * @throws {KavachError} `INVALID_ARGUMENT` when a filter is wrong or unknown
     * @example
     * ```ts
     * const entries = await kavach.audit.query({ agentId: "agent-abc123", result: "allowed", limit: 50 });
     * for (const entry of entries) console.log(entry.timestamp, entry.action, entry.resource, entry.result);
     * ```
     */
    query(filters?: AuditFilters | null, options?: CallOptions): Promise<AuditEntry[]>;
    /**
     * Returns a page of audit entries, newest first, with the total number of matches.
     *
     * @param filters - which entries to return; `limit` and `offset` select the page
     * @param options - the options of this call
     * @returns the entries; `total` is absent on servers of the `adapter` dialect
     * @throws {KavachError} `INVALID_ARGUMENT` when a filter is wrong or unknown
     * @example
     * ```ts
     * const page = await kavach.audit.queryPaginated({ limit: 20, offset: 0 });
     * console.log(`${page.entries.length} of ${page.total ?? "many"}`);
     * ```
     */
    queryPaginated(filters?: AuditFilters | null, options?: CallOptions): Promise<PaginatedAuditLogs>;
    /**
     * Returns a page of audit entries as the bytes of the response, which are not validated. `kavachos-wasm/audit` reads them.
     *
     * @param filters - which entries to return
     * @param options - the options of this call
     * @returns the body of the response
     * @throws {KavachError} `INVALID_ARGUMENT` when a filter is wrong or unknown
     * @throws {DecodeError} `RESPONSE_TOO_LARGE` when the body exceeds `maxResponseBytes`
     * @example
     * ```ts
     * const bytes = await kavach.audit.queryBytes({ limit: 1000 });
     * ```
     */
    queryBytes(filters?: AuditFilters | null, options?: CallOptions): Promise<Uint8Array>;
    /**
     * Iterates over audit entries, newest first, in any number of pages.
     *
     * The iterator requests the first page when it is first pulled, and each later page while the one before it is consumed. At
     * most two pages are in memory, and no entry comes twice. Entries written after the first page are left out, except within a
     * second of it. `filters.limit` bounds the total, `filters.offset` skips entries, and `filters.actions` is applied here.
     * `break` and `return()` cancel the page in flight.
     *
     * @param filters - which entries to return; all of them by default
     * @param options - the options of each page, and `pageSize`
     * @returns an async iterator. Its `next()` rejects with the errors of `query`, and with `INVALID_ARGUMENT` when an argument is
     * wrong; the iteration then ends
     * @example
     * ```ts
     * for await (const entry of kavach.audit.iterate({ result: "denied" })) console.log(entry.resource, entry.reason);
     * const latest = await kavach.audit.iterate({ actions: ["write"] }).toArray({ limit: 100 });
     * ```
     */
    iterate(filters?: AuditFilters | null, options?: IterateOptions): AuditIterator;
    /**
     * Finds one audit entry, by the `auditId` of a decision for example.
     *
     * Servers have no route for that: the client reads the log newest first, page by page, until it finds the entry. Narrow the search
     * by filters: `agentId`, `since` and `until` save most pages.
     *
     * @param id - the id of the entry
     * @param filters - where to search; `limit` is 10,000 by default
     * @param options - the options of each page, and `pageSize`
     * @returns the entry, or `null` if it is not among those that were searched
     * @throws {KavachError} `INVALID_ARGUMENT` when a filter is wrong or unknown
     * @example
     * ```ts
     * const { auditId } = await kavach.authorize(agent.id, { action: "read", resource: "mcp:github:repos" });
     * const entry = auditId ? await kavach.audit.get(auditId, { agentId: agent.id }) : null;
     * ```
     */
    get(id: string, filters?: AuditFilters | null, options?: IterateOptions): Promise<AuditEntry | null>;
    /**
     * Exports audit entries as JSON or CSV text. Some servers stop at 10,000 rows.
     *
     * @param exportOptions - the format, and the time span
     * @param options - the options of this call
     * @returns the text of the response
     * @throws {KavachError} `INVALID_ARGUMENT` when an option is wrong or unknown
     * @throws {DecodeError} `RESPONSE_TOO_LARGE` when the text exceeds `maxResponseBytes`; use `exportStream` then
     * @example
     * ```ts
     * const csv = await kavach.audit.export({ format: "csv", since: "2024-01-01T00:00:00Z" });
     * ```
     */
    export(exportOptions?: ExportOptions | null, options?: CallOptions): Promise<string>;
    /**
     * Exports audit entries as JSON or CSV in a stream, for exports that are too large for memory.
     *
     * Until the response begins, the call is retried like `export`. From then on `options.timeout` applies to each chunk, and
     * `maxResponseBytes` does not apply. An incomplete transfer errors the stream with a `NetworkError` or a `TimeoutError`, so a
     * stream that closes is complete. Cancelling the stream or aborting `options.signal` stops the transfer.
     *
     * @param exportOptions - the format, and the time span
     * @param options - the options of this call
     * @returns a stream of bytes, once the response begins
     * @throws {KavachError} `INVALID_ARGUMENT` when an option is wrong or unknown
     * @example
     * ```ts
     * const stream = await kavach.audit.exportStream({ format: "csv" });
     * await stream.pipeTo(file.writable);
     * ```
     */
    exportStream(exportOptions?: ExportOptions | null, options?: CallOptions): Promise<ReadableStream<Uint8Array>>;
}

/** Delegation: an agent grants some of its permissions to another until an expiry. Reached as `kavach.delegation`. */
export class Delegation {
    private constructor();
    /**
     * Delegates permissions from one agent to another.
     *
     * One permission of the delegating agent must cover each delegated one: `covers` of `kavachos-wasm/permissions` checks that
     * beforehand. Servers drop the constraints of delegated permissions.
     *
     * @param input - the two agents, the permissions and the expiry; `maxDepth` is optional
     * @param options - the options of this call
     * @returns the delegation
     * @throws {KavachError} `INVALID_ARGUMENT` when a member is missing, wrong or unknown
     * @throws {ServerError} when a permission is not covered, on servers of the `adapter` dialect
     * @throws {KavachError} with status 400 when the chain would exceed `maxDepth`
     * @example
     * ```ts
     * const { covered } = covers(delegator.permissions, [read("mcp:github:repos")]);
     * const chain = await kavach.delegation.create({
     *   fromAgent: "agent-abc123",
     *   toAgent: "agent-def456",
     *   permissions: [read("mcp:github:repos")],
     *   expiresAt: "2030-12-31T00:00:00Z",
     *   maxDepth: 2,
     * });
     * ```
     */
    create(input: DelegateInput, options?: CallOptions): Promise<DelegationChain>;
    /**
     * Lists the delegations of an agent.
     *
     * Servers of the `adapter` dialect list what the agent delegates, not what is delegated to it, and include revoked ones.
     *
     * @param agentId - the id of the agent
     * @param options - the options of this call
     * @returns the delegations
     * @example
     * ```ts
     * const chains = await kavach.delegation.listChains("agent-abc123");
     * ```
     */
    listChains(agentId: string, options?: CallOptions): Promise<DelegationChain[]>;
    /**
     * Lists the delegations of all agents.
     *
     * Servers have no route for that: the client lists the agents, then the delegations of each, six agents at a time. It is one call
     * per agent, and rejects when one of them fails. An agent that is created meanwhile can be missing.
     *
     * @param filters - whose delegations to list: those of all agents by default
     * @param options - the options of each call
     * @returns the delegations, each once
     * @throws {KavachError} `INVALID_ARGUMENT` when a filter is wrong or unknown
     * @example
     * ```ts
     * const chains = await kavach.delegation.listAll({ userId: "user-123" });
     * ```
     */
    listAll(filters?: AgentFilters | null, options?: CallOptions): Promise<DelegationChain[]>;
    /**
     * Returns the permissions of an agent: its own and those delegated to it.
     *
     * @param agentId - the id of the agent
     * @param options - the options of this call
     * @returns the permissions
     * @throws {KavachError} `NOT_SUPPORTED` on servers of the `adapter` dialect
     * @example
     * ```ts
     * const permissions = await kavach.delegation.getEffectivePermissions("agent-def456");
     * ```
     */
    getEffectivePermissions(agentId: string, options?: CallOptions): Promise<Permission[]>;
    /**
     * Revokes a delegation, and all delegations that depend on it.
     *
     * @param id - the id of the delegation
     * @param options - the options of this call
     * @returns nothing
     * @throws {NotFoundError} when the delegation does not exist
     * @example
     * ```ts
     * await kavach.delegation.revoke(chain.id);
     * ```
     */
    revoke(id: string, options?: CallOptions): Promise<void>;
}

/**
 * The registry of MCP servers. Reached as `kavach.mcp`.
 *
 * Servers of the `adapter` dialect have no registry: every method rejects with a `KavachError` `NOT_SUPPORTED`.
 */
export class Mcp {
    private constructor();
    /**
     * Registers an MCP server.
     *
     * @param input - the name, the URL and the tools; `authRequired` and `rateLimit` are optional
     * @param options - the options of this call
     * @returns the registered server
     * @throws {KavachError} `INVALID_ARGUMENT` when a member is missing, wrong or unknown
     * @throws {KavachError} `NOT_SUPPORTED` on servers of the `adapter` dialect
     * @example
     * ```ts
     * const server = await kavach.mcp.register({
     *   name: "github",
     *   endpoint: "https://mcp.example.com/github",
     *   tools: ["search", "issues"],
     *   rateLimit: { rpm: 60 },
     * });
     * ```
     */
    register(input: RegisterMcpServerInput, options?: CallOptions): Promise<McpServer>;
    /**
     * Lists the registered MCP servers.
     *
     * @param options - the options of this call
     * @returns the servers
     * @throws {KavachError} `NOT_SUPPORTED` on servers of the `adapter` dialect
     * @example
     * ```ts
     * const servers = await kavach.mcp.list();
     * ```
     */
    list(options?: CallOptions): Promise<McpServer[]>;
    /**
     * Gets one MCP server.
     *
     * @param id - the id of the server
     * @param options - the options of this call
     * @returns the server, or `null` if it does not exist
     * @throws {KavachError} `NOT_SUPPORTED` on servers of the `adapter` dialect
     * @example
     * ```ts
     * const server = await kavach.mcp.get("mcp-abc123");
     * ```
     */
    get(id: string, options?: CallOptions): Promise<McpServer | null>;
}

/**
 * Grants executing a resource.
 *
 * @param resource - the resource pattern: `"mcp:github:*"` grants everything below `mcp:github`
 * @param constraints - conditions that a request must also meet
 * @returns a permission with the action `"execute"`
 * @throws {KavachError} `INVALID_ARGUMENT` when the resource is empty or a constraint is wrong or unknown
 * @example
 * ```ts
 * execute("mcp:deploy:staging");
 * ```
 */
export function execute(resource: string, constraints?: PermissionConstraintsInput | null): Permission;

/**
 * Grants reading, writing, executing and deleting a resource. Actions with other names are not granted; `"*"` would grant them.
 *
 * @param resource - the resource pattern: `"mcp:github:*"` grants everything below `mcp:github`
 * @param constraints - conditions that a request must also meet
 * @returns a permission with the actions `"read"`, `"write"`, `"execute"` and `"delete"`
 * @throws {KavachError} `INVALID_ARGUMENT` when the resource is empty or a constraint is wrong or unknown
 * @example
 * ```ts
 * fullAccess("mcp:sandbox:*");
 * ```
 */
export function fullAccess(resource: string, constraints?: PermissionConstraintsInput | null): Permission;

/**
 * Validates permissions from outside the program: a configuration file, a database.
 *
 * @param raw - an array, or JSON text that holds one
 * @param options - `allowUnknown`: `true`, or the names of permission and constraint members that are accepted although this
 *   version does not know them. By default they are refused: a misspelt constraint would not constrain.
 * @returns the permissions as a new array, without `null`s for absent members
 * @throws {KavachError} `INVALID_ARGUMENT` that names the first part that is wrong: `raw[1].actions must be an array of strings`
 * @example
 * ```ts
 * const permissions = parsePermissions('[{ "resource": "mcp:github:*", "actions": ["read"] }]');
 * ```
 */
export function parsePermissions(raw: unknown, options?: ParseOptions | null): Permission[];

/**
 * Limits how often a permission can be used.
 *
 * @param permission - a permission, which stays as it is
 * @param maxCallsPerHour - the maximum number of calls per hour, a whole number of 1 or more
 * @returns a copy with `maxCallsPerHour` among its constraints
 * @throws {KavachError} `INVALID_ARGUMENT` when the number or a member is missing, wrong or unknown
 * @example
 * ```ts
 * rateLimited(read("mcp:github:*"), 100);
 * ```
 */
export function rateLimited(permission: PermissionInput, maxCallsPerHour: number): Permission;

/**
 * Grants reading a resource.
 *
 * @param resource - the resource pattern: `"mcp:github:*"` grants everything below `mcp:github`
 * @param constraints - conditions that a request must also meet
 * @returns a permission with the action `"read"`
 * @throws {KavachError} `INVALID_ARGUMENT` when the resource is empty or a constraint is wrong or unknown
 * @example
 * ```ts
 * read("mcp:github:*"); // { resource: "mcp:github:*", actions: ["read"] }
 * ```
 */
export function read(resource: string, constraints?: PermissionConstraintsInput | null): Permission;

/**
 * Grants reading and writing a resource.
 *
 * @param resource - the resource pattern: `"mcp:github:*"` grants everything below `mcp:github`
 * @param constraints - conditions that a request must also meet
 * @returns a permission with the actions `"read"` and `"write"`
 * @throws {KavachError} `INVALID_ARGUMENT` when the resource is empty or a constraint is wrong or unknown
 * @example
 * ```ts
 * readWrite("mcp:github:issues", { ipAllowlist: ["10.0.0.0/8"] });
 * ```
 */
export function readWrite(resource: string, constraints?: PermissionConstraintsInput | null): Permission;

/**
 * Requires that a human approves each call.
 *
 * @param permission - a permission, which stays as it is
 * @returns a copy with `requireApproval: true` among its constraints
 * @throws {KavachError} `INVALID_ARGUMENT` when a member is missing, wrong or unknown
 * @example
 * ```ts
 * withApproval(execute("mcp:deploy:production"));
 * ```
 */
export function withApproval(permission: PermissionInput): Permission;

/**
 * Grants writing a resource.
 *
 * @param resource - the resource pattern: `"mcp:github:*"` grants everything below `mcp:github`
 * @param constraints - conditions that a request must also meet
 * @returns a permission with the action `"write"`
 * @throws {KavachError} `INVALID_ARGUMENT` when the resource is empty or a constraint is wrong or unknown
 * @example
 * ```ts
 * write("mcp:github:issues");
 * ```
 */
export function write(resource: string, constraints?: PermissionConstraintsInput | null): Permission;

/**
 * The base class of every error that this package throws or rejects with.
 *
 * The only exception is an aborted call, which rejects with `signal.reason`. `instanceof` also recognizes errors of another
 * installed copy of the package.
 *
 * @example
 * ```ts
 * try {
 *   await kavach.agents.rotate(id);
 * } catch (error) {
 *   if (error instanceof KavachError) console.error(error.code, error.operation, error.status, error.requestId);
 *   throw error;
 * }
 * ```
 */
export class KavachError extends Error {
    /**
     * Makes an error by hand, for example in a test.
     *
     * @param message - the message
     * @param options - the code, the HTTP status and the other members
     */
    constructor(message?: string, options?: KavachErrorOptions);
    /** The error code: one of this package or one of the server. */
    code: KavachErrorCode | (string & {});
    /** The method that was called: `"agents.create"`. */
    operation?: string | undefined;
    /** The HTTP method of the last attempt. */
    method?: string | undefined;
    /** The URL of the last attempt, without its query. */
    url?: string | undefined;
    /** The id that the server gave to the request, if its header (`x-request-id`, `request-id`, `cf-ray`, …) is readable. */
    requestId?: string | undefined;
    /** The HTTP status; absent if there was no response. The same as `statusCode`. */
    status?: number | undefined;
    /** The HTTP status; absent if there was no response. The same as `status`. */
    statusCode?: number | undefined;
    /** The number of requests that were sent; absent if none was. */
    attempts?: number | undefined;
    /** Further details from the server. */
    details?: unknown;
    /** A copy of the error that the host or your function threw, with secrets removed. Errors made by hand keep the given one. */
    cause?: KavachErrorCause | undefined;
    /**
     * Returns the members that are safe to log.
     *
     * @returns all members except the cause
     */
    toJSON(): Record<string, unknown>;
}

/** HTTP 401: the token is missing, wrong or expired. */
export class AuthenticationError extends KavachError {}

/** The response is not valid: it is not JSON, a required member is missing or of the wrong type, or it is too large. */
export class DecodeError extends KavachError {
    /** The JSON path of the part that is wrong: `$.permissions[2].resource`. */
    path?: string | undefined;
    /**
     * Returns the response, so that a token issued in it is not lost. It can hold secrets: no log, `toJSON` or inspector shows it.
     *
     * @returns the JSON value of the response; `undefined` if it was not JSON
     */
    answer(): unknown;
}

/**
 * The cause of a `KavachError`: a copy of the error that the host or your function threw. It has the name, the message, the
 * code and the causes of the original, with secrets removed and texts bounded, and no other members.
 */
export interface KavachErrorCause extends Error {
    /** The code of the original error: `"ECONNREFUSED"`, `"ENOTFOUND"`. */
    code?: string | undefined;
    /** The cause of the original error. */
    cause?: KavachErrorCause | undefined;
}

/**
 * The error codes that this package sets. Any other code comes from the server.
 *
 * - `INVALID_ARGUMENT`: nothing was sent; the message names the argument, what was expected and what it got
 * - `NOT_SUPPORTED`: the server's dialect has no such route, or the runtime lacks a feature that the message names
 * - `NOT_APPLIED`: the server answered success, and reading back shows that nothing changed; the message says what to look at
 * - `STORE_UNAVAILABLE`: a store of `kavachos-wasm/stores` did not answer, or not as its kind does
 * - `WASM_UNAVAILABLE`: the runtime cannot make the WebAssembly module; the message says why and what to do
 * - `NOT_READY`: `kavachos-wasm/slim` was used before `ready()` resolved
 * - `TOKEN_UNAVAILABLE`: the token function threw, rejected, returned no usable token or timed out
 * - `NETWORK_ERROR`: the server is unreachable, or the connection broke
 * - `TIMEOUT`: an attempt exceeded `timeout`
 * - `DEADLINE_EXCEEDED`: the call exceeded `deadline`
 * - `INVALID_RESPONSE`: the `fetch` function returned something other than a `Response`
 * - `RESPONSE_TOO_LARGE`: the response exceeded `maxResponseBytes`
 * - `DECODE_ERROR`: the response is not JSON, or a required member is missing or of the wrong type
 * - `AMBIGUOUS_CSV`: a CSV export can be read in more than one way; ask for `format: "json"`
 * - `CROSS_ORIGIN_REDIRECT`: the server redirected to another origin, which was not followed
 * - `REDIRECTED`: a redirect that the request cannot follow
 * - `TOO_MANY_REDIRECTS`: more than five redirects in a row
 * - `ROUTE_NOT_FOUND`: the server has no such route; the message names it
 * - `INVALID_TOKEN`: an access token is malformed, not signed by a known key, of another issuer, or not valid yet
 * - `TOKEN_EXPIRED`: an access token has expired
 * - `INVALID_AUDIENCE`: an access token is for another resource
 * - `INSUFFICIENT_SCOPE`: an access token lacks a scope; where a guard says so, `details` has those required and those present
 * - `DISCOVERY_FAILED`: an MCP server, or its authorization server, has no usable metadata; the message says why, or where it was looked for
 * - `REGISTRATION_FAILED`: an authorization server did not register a public client
 * - `AUTHORIZATION_FAILED`: an authorization server issued no code or no token; `reason` has its error, such as `access_denied`
 * - `STATE_MISMATCH`: an answer of an authorization server belongs to no authorization that was begun here
 * - `ISSUER_MISMATCH`: an answer or a document is of another issuer than the one that was asked
 * - `PASSKEY_EXISTS`: this device has a passkey of the person already
 * - `PASSKEY_CANCELLED`: the person or the browser gave up, or another call took its place
 * - `PASSKEY_FAILED`: the browser could not make or use a passkey; the message says why
 * - `INVALID_WEBHOOK`: a webhook was refused; `reason` says why
 * - `API_ERROR`: the server reported an error without a code
 * - `INTERNAL`: a bug in this package; the client continues to work
 * - `AUTHENTICATION_ERROR`, `PERMISSION_ERROR`, `NOT_FOUND`, `RATE_LIMITED`, `SERVER_ERROR`, `KAVACH_ERROR`: the defaults of errors that are made by hand
 */
export type KavachErrorCode =
| "AMBIGUOUS_CSV"
| "API_ERROR"
| "AUTHENTICATION_ERROR"
| "AUTHORIZATION_FAILED"
| "CROSS_ORIGIN_REDIRECT"
| "DEADLINE_EXCEEDED"
| "DECODE_ERROR"
| "DISCOVERY_FAILED"
| "INSUFFICIENT_SCOPE"
| "INTERNAL"
| "INVALID_ARGUMENT"
| "INVALID_AUDIENCE"
| "INVALID_RESPONSE"
| "INVALID_TOKEN"
| "INVALID_WEBHOOK"
| "ISSUER_MISMATCH"
| "KAVACH_ERROR"
| "NETWORK_ERROR"
| "NOT_APPLIED"
| "NOT_FOUND"
| "NOT_READY"
| "NOT_SUPPORTED"
| "PASSKEY_CANCELLED"
| "PASSKEY_EXISTS"
| "PASSKEY_FAILED"
| "PERMISSION_ERROR"
| "RATE_LIMITED"
| "REDIRECTED"
| "REGISTRATION_FAILED"
| "RESPONSE_TOO_LARGE"
| "ROUTE_NOT_FOUND"
| "SERVER_ERROR"
| "STATE_MISMATCH"
| "STORE_UNAVAILABLE"
| "TIMEOUT"
| "TOKEN_EXPIRED"
| "TOKEN_UNAVAILABLE"
| "TOO_MANY_REDIRECTS"
| "WASM_UNAVAILABLE";

/** What `new KavachError(message, options)` takes, to make an error by hand, for example in a test. */
export interface KavachErrorOptions {
    /** The error code; that of the class by default. */
    code?: KavachErrorCode | (string & {}) | undefined;
    /** The HTTP status. The error has it as `status` and as `statusCode`. */
    statusCode?: number | undefined;
    /** The HTTP status, by its other name. */
    status?: number | undefined;
    /** The method that was called: `"agents.create"`. */
    operation?: string | undefined;
    /** The HTTP method. */
    method?: string | undefined;
    /** The URL, without its query. */
    url?: string | undefined;
    /** The id that the server gave to the request. */
    requestId?: string | undefined;
    /** Further details from the server. */
    details?: unknown;
    /** How long to wait before a retry, in seconds. */
    retryAfter?: number | undefined;
    /** The number of requests that were sent. */
    attempts?: number | undefined;
    /** The JSON path of the part of the response that is wrong. */
    path?: string | undefined;
    /** The response, for `answer()` of a `DecodeError`. */
    answer?: unknown;
    /** The error that caused this one. */
    cause?: unknown;
}

/** There is no response: the server is unreachable, or the connection broke. */
export class NetworkError extends KavachError {}

/** HTTP 404: the thing does not exist, or the route does not (code `ROUTE_NOT_FOUND`). */
export class NotFoundError extends KavachError {}

/** HTTP 403 that is not a decision: the token lacks the right to make the call. A denied `authorize` resolves instead. */
export class PermissionError extends KavachError {}

/** HTTP 429: too many requests. */
export class RateLimitError extends KavachError {
    /** How long to wait, in seconds, if the server says so and, across origins, exposes `Retry-After`. */
    retryAfter?: number | undefined;
}

/** HTTP 5xx: the server failed. */
export class ServerError extends KavachError {
    /** How long to wait, in seconds, if the server says so. */
    retryAfter?: number | undefined;
}

/** There is no response in time: see the options `timeout` and `deadline`. */
export class TimeoutError extends NetworkError {}

/**
 * What `account.delete` has deleted.
 */
export interface AccountDeletion {
    /**
     * The number of agents.
     */
    deletedAgents: number;
    /**
     * The number of sessions.
     */
    deletedSessions: number;
    /**
     * The number of delegation chains.
     */
    deletedDelegations: number;
    /**
     * The number of API keys.
     */
    deletedApiKeys: number;
    /**
     * The number of audit entries that are anonymous now.
     */
    anonymizedAuditLogs: number;
}

/**
 * What a server knows of a user: the result of `account.export`. It holds whatever the server sends, and more members may come.
 */
export interface AccountExport {
    /**
     * The user.
     */
    user: Record<string, unknown>;
    /**
     * The user's agents.
     */
    agents?: Record<string, unknown>[] | null | undefined;
    /**
     * The user's sessions.
     */
    sessions?: Record<string, unknown>[] | null | undefined;
    /**
     * The audit entries.
     */
    auditLogs?: Record<string, unknown>[] | null | undefined;
    /**
     * The delegation chains.
     */
    delegations?: Record<string, unknown>[] | null | undefined;
    /**
     * The organizations.
     */
    organizations?: Record<string, unknown>[] | null | undefined;
    /**
     * The API keys, without the keys themselves.
     */
    apiKeys?: Record<string, unknown>[] | null | undefined;
    /**
     * The time of the export, in ISO 8601.
     */
    exportedAt?: string | null | undefined;
}

/**
 * A user as administrators see them.
 */
export interface AdminUser {
    /**
     * The user's id, which the other methods take.
     */
    id: string;
    /**
     * The e-mail address.
     */
    email: string;
    /**
     * Whether the user is banned. A ban ends sessions and revokes agents; servers still let the user sign in again.
     */
    banned: boolean;
    /**
     * The display name.
     */
    name?: string | null | undefined;
    /**
     * The reason of the ban.
     */
    banReason?: string | null | undefined;
    /**
     * The end of the ban, in ISO 8601; absent if it has none.
     */
    banExpiresAt?: string | null | undefined;
    /**
     * The number of the user's agents.
     */
    agentCount?: number | null | undefined;
    /**
     * The time of registration, in ISO 8601.
     */
    createdAt?: string | null | undefined;
}

/**
 * The filters of `users.list`.
 */
export interface AdminUserFilters {
    /**
     * How many users a page has.
     */
    limit?: number | null | undefined;
    /**
     * How many users to skip.
     */
    offset?: number | null | undefined;
    /**
     * Part of the name or e-mail address.
     */
    search?: string | null | undefined;
}

/**
 * A page of `users.list`.
 */
export interface AdminUserPage {
    /**
     * The users of this page.
     */
    users: AdminUser[];
    /**
     * The number of users that match, on all pages.
     */
    total: number;
}

/**
 * An agent identity.
 */
export interface Agent {
    /**
     * The agent's id, which the other methods take.
     */
    id: string;
    /**
     * The user who owns the agent.
     */
    ownerId: string;
    /**
     * The display name.
     */
    name: string;
    /**
     * How the agent acts.
     */
    type: AgentType;
    /**
     * The agent's bearer token, `kv_…`. Only `create` and `rotate` return it, once: store it. Elsewhere it is an empty
     * string.
     */
    token: string;
    /**
     * The agent's permissions. The first one that matches a request decides it.
     */
    permissions: Permission[];
    /**
     * Whether the agent is active, revoked or expired.
     */
    status: AgentStatus;
    /**
     * The time of creation, in ISO 8601.
     */
    createdAt: string;
    /**
     * The time of the last change, in ISO 8601.
     */
    updatedAt: string;
    /**
     * The expiry of its token, in ISO 8601; absent if it does not expire.
     */
    expiresAt?: string | null | undefined;
    /**
     * The agent's tenant, on servers with tenants.
     */
    tenantId?: string | null | undefined;
    /**
     * The metadata that was stored with the agent.
     */
    metadata?: Record<string, unknown> | null | undefined;
}

/**
 * The filters of `agents.list`. Without filters it returns all agents.
 */
export interface AgentFilters {
    /**
     * Only agents of this user.
     */
    userId?: string | null | undefined;
    /**
     * Only agents with this status.
     */
    status?: KnownAgentStatus | null | undefined;
    /**
     * Only agents of this type.
     */
    type?: KnownAgentType | null | undefined;
}

/**
 * The number of agents, in all and by status.
 */
export interface AgentStats {
    /**
     * All agents.
     */
    total: number;
    /**
     * Those that are active.
     */
    active: number;
    /**
     * Those that are revoked.
     */
    revoked: number;
    /**
     * Those whose token has expired.
     */
    expired: number;
}

/**
 * The status of an agent. Newer servers may send other values.
 */
export type AgentStatus = KnownAgentStatus | (string & {});

/**
 * How an agent acts. Newer servers may send other values.
 */
export type AgentType = KnownAgentType | (string & {});

/**
 * An API key, without the key itself.
 */
export interface ApiKey {
    /**
     * The id, which `apiKeys.revoke` and `rotate` take.
     */
    id: string;
    /**
     * The user who owns the key.
     */
    userId: string;
    /**
     * The display name.
     */
    name: string;
    /**
     * The first characters of the key, by which a user recognizes it.
     */
    prefix: string;
    /**
     * What the key may do; `"*"` stands for everything.
     */
    permissions: string[];
    /**
     * The time of creation, in ISO 8601.
     */
    createdAt: string;
    /**
     * The expiry, in ISO 8601; absent if the key never expires.
     */
    expiresAt?: string | null | undefined;
    /**
     * The last use, in ISO 8601.
     */
    lastUsedAt?: string | null | undefined;
}

/**
 * An entry of the audit log: one recorded decision.
 */
export interface AuditEntry {
    /**
     * The entry's id: the `auditId` of the decision.
     */
    id: string;
    /**
     * The id of the agent that the decision is about.
     */
    agentId: string;
    /**
     * The id of the user who owns that agent.
     */
    userId: string;
    /**
     * The requested action.
     */
    action: string;
    /**
     * The requested resource.
     */
    resource: string;
    /**
     * The arguments of the request.
     */
    parameters: Record<string, unknown>;
    /**
     * The result of the decision.
     */
    result: AuditResult;
    /**
     * The duration of the decision, in milliseconds.
     */
    durationMs: number;
    /**
     * The time of the decision, in ISO 8601; servers truncate it to the second.
     */
    timestamp: string;
    /**
     * Why the request was denied, in an English sentence.
     */
    reason?: string | null | undefined;
    /**
     * The cost of the call in tokens, if it was reported.
     */
    tokensCost?: number | null | undefined;
}

/**
 * The filters of audit queries. Without filters they return all entries.
 */
export interface AuditFilters {
    /**
     * Only decisions about this agent.
     */
    agentId?: string | null | undefined;
    /**
     * Only decisions about agents of this user.
     */
    userId?: string | null | undefined;
    /**
     * Only entries at or after this time, as a `Date` or in ISO 8601.
     */
    since?: string | Date | null | undefined;
    /**
     * Only entries at or before this time, as a `Date` or in ISO 8601.
     */
    until?: string | Date | null | undefined;
    /**
     * Only decisions about these actions. Some servers apply this filter after paging: a page can then be short or empty
     * although more entries match.
     */
    actions?: readonly string[] | null | undefined;
    /**
     * Only decisions with this result.
     */
    result?: KnownAuditResult | null | undefined;
    /**
     * The maximum number of entries.
     */
    limit?: number | null | undefined;
    /**
     * The number of entries to skip. Some servers require `limit` with it.
     */
    offset?: number | null | undefined;
}

/** An async iterator over entries of the audit log, newest first. `audit.iterate` returns it. */
export interface AuditIterator extends AsyncIterableIterator<AuditEntry> {
    /**
     * Ends the iteration and cancels the page in flight. `break` calls it.
     *
     * @param value - ignored
     * @returns the end of the iteration: `{ done: true }`
     */
    return(value?: unknown): Promise<IteratorResult<AuditEntry, undefined>>;
    /**
     * Iterates over the pages instead of the entries.
     *
     * @returns an async generator of pages; `break` cancels the page in flight
     * @example
     * ```ts
     * for await (const { entries, cursor } of kavach.audit.iterate({ agentId }).pages()) {
     *   await store(entries);
     *   await remember(cursor);
     * }
     * ```
     */
    pages(): AsyncGenerator<AuditPage, void, undefined>;
    /**
     * Collects the remaining entries.
     *
     * @param options - `limit`: the maximum number of entries; all of them by default
     * @returns the entries, newest first
     */
    toArray(options?: { limit?: number | null | undefined }): Promise<AuditEntry[]>;
}

/** A page of `AuditIterator.pages`. */
export interface AuditPage {
    /** The entries, newest first. With `filters.actions` there can be none. */
    entries: AuditEntry[];
    /** Where the next page begins, for the option `cursor`, in this program or another. */
    cursor: string;
}

/**
 * The result of a decision. Newer servers may send other values.
 */
export type AuditResult = KnownAuditResult | (string & {});

/**
 * The decisions of the last 24 hours. Servers count the newest 1,000 at most.
 */
export interface AuditStats {
    /**
     * The number of decisions.
     */
    last24h: number;
    /**
     * Those that allowed.
     */
    allowed: number;
    /**
     * Those that denied.
     */
    denied: number;
    /**
     * Those that a rate limit refused. Present servers always say 0, and count them as denied.
     */
    rateLimited: number;
}

/**
 * The result of `auth.signUp` and `auth.signIn`.
 */
export interface AuthResponse {
    /**
     * The signed-in user.
     */
    user: User;
    /**
     * The user's session, with its token.
     */
    session: Session & { token: string };
}

/** The decision that an agent may go ahead. */
export interface AuthorizeAllowed {
    /** The agent may go ahead. */
    allowed: true;
    /** The id of the audit entry that records this decision; an empty string if the server wrote none. */
    auditId: string;
    /** Why, in an English sentence, if the server says so. */
    reason?: string | null | undefined;
}

/** The decision that an agent may not go ahead. */
export interface AuthorizeDenied {
    /** The agent may not go ahead. */
    allowed: false;
    /** The id of the audit entry that records this decision; an empty string if the server wrote none. */
    auditId: string;
    /** Why not, in an English sentence; an empty string if the server gives no reason. */
    reason: string;
}

/**
 * A request to authorize: an action on a resource.
 */
export interface AuthorizeRequest {
    /**
     * The action, for example `"read"`. It is case-sensitive.
     */
    action: string;
    /**
     * The resource, for example `"mcp:github:repos"`.
     */
    resource: string;
    /**
     * The arguments of the action, a plain JSON object. Top-level strings are matched against `allowedArgPatterns`; all
     * arguments are recorded in the audit log.
     */
    arguments?: JsonObjectInput | null | undefined;
}

/**
 * The decision of the server. A denial is a value, not an error: check `allowed`.
 */
export type AuthorizeResult = AuthorizeAllowed | AuthorizeDenied;

/**
 * The input of `users.ban`.
 */
export interface BanUserInput {
    /**
     * The reason, which administrators see.
     */
    reason?: string | null | undefined;
    /**
     * The end of the ban, as a `Date` or in ISO 8601. Without it the ban has none.
     */
    expiresAt?: string | Date | null | undefined;
}

/**
 * The `cache` mode of `fetch`.
 */
export type CacheMode = "default" | "no-store" | "reload" | "no-cache" | "force-cache" | "only-if-cached";

/**
 * The event of `onCallEnd`. It holds no bodies, no request headers and no URLs, and so no secrets that were sent.
 */
export type CallEndEvent = {
    /** The number of the call within this client, starting at 1. All events of a call have the same number. */
    call: number;
    /** The method that was called: `"agents.create"`. */
    operation: string;
    /** The number of requests that were sent. */
    attempts: number;
    /** The duration of the whole call, in milliseconds, with its retries and the backoff between them. */
    durationMs: number;
    /** The status of the last response; absent if there was none. */
    status?: number | undefined;
    /** The id that the server gave to the last request, if its header is readable. */
    requestId?: string | undefined;
    /** The code of the error; `"ABORTED"` if the call was aborted; absent if the call succeeded. */
    code?: string | undefined;
    /** The headers of the last response. Only the option of a call receives them, not that of a client. */
    headers?: Headers | undefined;
};

/**
 * Which call begins.
 */
export interface CallEvent {
    /**
     * The number of the call within this client, starting at 1. All events of a call have the same number.
     */
    call: number;
    /**
     * The method that was called: `"agents.create"`.
     */
    operation: string;
}

/**
 * Hooks of one call, which a `CallTracer` observes it with.
 */
export type CallObserver = {
    /** Called before each attempt. */
    onRequest?: ((event: RequestEvent) => void) | null | undefined;
    /** Called after each attempt. */
    onResponse?: ((event: ResponseEvent) => void) | null | undefined;
    /** Called when the call ends. */
    onCallEnd?: ((event: CallEndEvent) => void) | null | undefined;
};

/**
 * A function that begins each call. It calls `begin` at once, and can have something active meanwhile: a span, for what the call starts.
 * The call begins in any case, and once; errors that the function throws are ignored.
 */
export type CallTracer = (event: CallEvent, begin: (observer?: CallObserver) => void) => void;

/** A namespace or a method, for `kavach.supports`. */
export type CapabilityName =
| "authorize"
| "agents"
| "auth"
| "audit"
| "delegation"
| "mcp"
| "dashboard"
| `${"agents" | "auth" | "audit" | "delegation" | "mcp" | "dashboard"}.${string}`;

/**
 * The input of `agents.create`.
 */
export interface CreateAgentInput {
    /**
     * The id of the user who owns the agent.
     */
    ownerId: string;
    /**
     * The display name.
     */
    name: string;
    /**
     * How the agent acts.
     */
    type: KnownAgentType;
    /**
     * The agent's permissions. The first one that matches a request decides it.
     */
    permissions: readonly PermissionInput[];
    /**
     * The expiry of its token, as a `Date` or in ISO 8601. Servers default to 24 hours.
     */
    expiresAt?: string | Date | null | undefined;
    /**
     * A plain JSON object to store with the agent.
     */
    metadata?: JsonObjectInput | null | undefined;
}

/**
 * The input of `apiKeys.create`.
 */
export interface CreateApiKeyInput {
    /**
     * The display name.
     */
    name: string;
    /**
     * What the key may do; `"*"` stands for everything.
     */
    permissions: readonly string[];
    /**
     * The expiry, as a `Date` or in ISO 8601. Servers default to 365 days.
     */
    expiresAt?: string | Date | null | undefined;
}

/**
 * The input of `organizations.create`.
 */
export interface CreateOrganizationInput {
    /**
     * The display name.
     */
    name: string;
    /**
     * The name in URLs: lower-case letters, digits and hyphens. No two organizations have the same.
     */
    slug: string;
    /**
     * A plain JSON object to store with it.
     */
    metadata?: JsonObjectInput | null | undefined;
}

/**
 * The result of `apiKeys.create` and `rotate`.
 */
export interface CreatedApiKey {
    /**
     * The key, `kos_…`. No other call returns it: store it.
     */
    key: string;
    /**
     * What is known of the key later on.
     */
    apiKey: ApiKey;
}

/**
 * Statistics for dashboards. Reached as `kavach.dashboard`.
 *
 * Servers of the `sdk` dialect have none: every method rejects with a `KavachError` `NOT_SUPPORTED`.
 */
export class Dashboard {
    private constructor();
    /**
     * Counts agents, their owners and the decisions of the last 24 hours.
     *
     * @param options - the options of this call
     * @returns the statistics. Servers count the newest 1,000 decisions at most, and count rate-limited ones as denied.
     * @throws {KavachError} `NOT_SUPPORTED` on servers of the `sdk` dialect
     * @example
     * ```ts
     * const { agents, audit } = await kavach.dashboard.stats();
     * console.log(`${agents.active} active agents, ${audit.denied} denials`);
     * ```
     */
    stats(options?: CallOptions): Promise<DashboardStats>;
}

/**
 * The result of `dashboard.stats`.
 */
export interface DashboardStats {
    /**
     * The number of agents.
     */
    agents: AgentStats;
    /**
     * The number of people.
     */
    users: UserStats;
    /**
     * The decisions of the last 24 hours.
     */
    audit: AuditStats;
}

/** `T` with readonly members and readonly arrays at every depth. */
export type DeepReadonly<T> = T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : T extends object
    ? { readonly [Name in keyof T]: DeepReadonly<T[Name]> }
    : T;

/**
 * The input of `delegation.create`.
 */
export interface DelegateInput {
    /**
     * The id of the delegating agent. Only its own permissions count, not those delegated to it.
     */
    fromAgent: string;
    /**
     * The id of the agent that receives the permissions.
     */
    toAgent: string;
    /**
     * The delegated permissions. One permission of the delegating agent must cover each of them. Servers drop their
     * constraints.
     */
    permissions: readonly PermissionInput[];
    /**
     * The expiry of the delegation, as a `Date` or in ISO 8601.
     */
    expiresAt: string | Date;
    /**
     * The maximum length of the delegation chain, this delegation included; 3 by default.
     */
    maxDepth?: number | null | undefined;
}

/**
 * One delegation of a chain: `fromAgent` delegates `permissions` to `toAgent`.
 */
export interface DelegationChain {
    /**
     * The delegation's id.
     */
    id: string;
    /**
     * The id of the delegating agent.
     */
    fromAgent: string;
    /**
     * The id of the agent that receives the permissions.
     */
    toAgent: string;
    /**
     * The delegated permissions.
     */
    permissions: Permission[];
    /**
     * The expiry of the delegation, in ISO 8601.
     */
    expiresAt: string;
    /**
     * The position in the chain: 1 for the first delegation.
     */
    depth: number;
    /**
     * The time of creation, in ISO 8601.
     */
    createdAt: string;
}

/**
 * The input of `account.delete`.
 */
export interface DeleteAccountInput {
    /**
     * What the user typed. Only `"delete my account"` is sent.
     */
    confirm: DeletionConfirmation;
    /**
     * Whether audit entries are kept, anonymized. Servers default to `true`.
     */
    keepAuditLogs?: boolean | null | undefined;
    /**
     * Whether the organizations of the user are deleted. Servers default to `false`.
     */
    deleteOrganizations?: boolean | null | undefined;
}

/**
 * What a user types to delete the account.
 */
export type DeletionConfirmation = "delete my account";

/**
 * The format of an export.
 */
export type ExportFormat = "json" | "csv";

/**
 * The options of `audit.export` and `audit.exportStream`.
 */
export interface ExportOptions {
    /**
     * The format; `"json"` by default.
     */
    format?: ExportFormat | null | undefined;
    /**
     * Only entries at or after this time, as a `Date` or in ISO 8601.
     */
    since?: string | Date | null | undefined;
    /**
     * Only entries at or before this time, as a `Date` or in ISO 8601.
     */
    until?: string | Date | null | undefined;
}

/**
 * Members that hosts add to the `init` of `fetch`: `next`, `cf`, `keepalive`, `priority`, `dispatcher`, and others.
 *
 * The client sets the method, the body, the headers, the signal and the redirect mode itself.
 *
 * @example
 * ```ts
 * new KavachClient({ baseUrl, init: { cf: { cacheTtl: 0 }, keepalive: true } });
 * ```
 */
export type FetchInit = (OwnInit & object) | (OwnInit & { readonly [name: string]: unknown });

/**
 * Request headers: an object, a `Headers`, or name and value pairs. A header whose value is `null` or `undefined` is not
 * sent.
 */
export type HeadersInput =
| { readonly [name: string]: string | null | undefined }
| Headers
| Iterable<readonly [name: string, value: string]>;

/**
 * The session that `users.impersonate` opens.
 */
export interface ImpersonationSession {
    /**
     * The bearer token of the session. Sign out with it to end the impersonation.
     */
    token: string;
    /**
     * The expiry that the server states, in ISO 8601. Servers state an hour, and accept the token for 7 days.
     */
    expiresAt: string;
}

/**
 * The input of `organizations.invite`.
 */
export interface InviteMemberInput {
    /**
     * The e-mail address of the person.
     */
    email: string;
    /**
     * The role that the person will have. Servers default to `"member"`.
     */
    role?: string | null | undefined;
}

/** The options of `audit.iterate`. `timeout` and `deadline` apply to each page. */
export interface IterateOptions extends CallOptions {
    /**
     * The number of entries per page.
     *
     * @default 1000
     */
    pageSize?: number | null | undefined;
    /**
     * Where to go on: the `cursor` of a page. Use the same filters. `filters.limit` counts from there, and `filters.offset` is ignored.
     *
     * @default the beginning
     */
    cursor?: string | null | undefined;
}

/**
 * A plain object that JSON carries unchanged: an object literal, or a value of any `interface` or `type`.
 *
 * Objects that JSON would change or drop are refused by the compiler, and with `INVALID_ARGUMENT` at run time, there at every
 * depth. Pass instead:
 *
 * - for a `Map`, `URLSearchParams`, `FormData` or `Headers`: `Object.fromEntries(value)`
 * - for a `Set`, an array or another iterable: a member with an array, `{ items: [...value] }`
 * - for a `Date`: a member with `date.toISOString()`; for a `URL`: a member with `url.href`
 * - for a `Promise`: its awaited value; for a `Blob`, `Request` or `Response`: its awaited text or JSON
 * - for an instance of a class: `{ ...value }`
 */
export type JsonObjectInput = (PlainObject & object) | (PlainObject & { readonly [name: string]: unknown });

/**
 * The statuses that agents can be listed by.
 */
export type KnownAgentStatus = "active" | "revoked" | "expired";

/**
 * The types that an agent can be created with.
 */
export type KnownAgentType = "autonomous" | "delegated" | "service";

/**
 * The results that entries can be queried by.
 */
export type KnownAuditResult = "allowed" | "denied" | "rate_limited";

/**
 * A logger: `console`, or any object that has these methods.
 */
export type Logger = {
    /** Receives a line for each attempt. */
    debug?: ((line: string) => void) | null | undefined;
    /** Receives a line for each retry. */
    warn?: ((line: string) => void) | null | undefined;
};

/**
 * The rate limit of an MCP server.
 */
export interface McpRateLimit {
    /**
     * The maximum number of requests per minute.
     */
    rpm: number;
}

/**
 * A registered MCP server.
 */
export interface McpServer {
    /**
     * The server's id.
     */
    id: string;
    /**
     * The display name.
     */
    name: string;
    /**
     * The URL of the server.
     */
    endpoint: string;
    /**
     * The names of its tools.
     */
    tools: string[];
    /**
     * Whether callers must be authorized.
     */
    authRequired: boolean;
    /**
     * The time of registration, in ISO 8601.
     */
    createdAt: string;
}

/**
 * The input of `organizations.setRole`.
 */
export interface MemberRoleInput {
    /**
     * The new role.
     */
    role: string;
}

/** Any value but a function. `Advice` is what the compiler prints for a function. */
export type NotAFunction<Advice extends string> =
| string
| number
| boolean
| null
| undefined
| (object & { readonly [Symbol.hasInstance]?: Advice | undefined });

/**
 * An organization.
 */
export interface Organization {
    /**
     * The id, which the other methods take.
     */
    id: string;
    /**
     * The display name.
     */
    name: string;
    /**
     * The name in URLs.
     */
    slug: string;
    /**
     * The user who made it.
     */
    ownerId: string;
    /**
     * The time of creation, in ISO 8601.
     */
    createdAt: string;
    /**
     * The metadata that was stored with it.
     */
    metadata?: Record<string, unknown> | null | undefined;
    /**
     * The time of the last change, in ISO 8601.
     */
    updatedAt?: string | null | undefined;
}

/**
 * An invitation to an organization. Servers have no route to accept it: the host's own code does.
 */
export interface OrganizationInvitation {
    /**
     * The id, for the host's own code.
     */
    id: string;
    /**
     * The organization.
     */
    orgId: string;
    /**
     * The e-mail address of the invited person, in lower case.
     */
    email: string;
    /**
     * The role that the person will have.
     */
    role: string;
    /**
     * The status: `"pending"` after `invite`.
     */
    status: string;
    /**
     * The expiry, in ISO 8601.
     */
    expiresAt: string;
    /**
     * The user who invited.
     */
    invitedBy?: string | null | undefined;
    /**
     * The time of the invitation, in ISO 8601.
     */
    createdAt?: string | null | undefined;
}

/**
 * A member of an organization. Servers send neither names nor e-mail addresses.
 */
export interface OrganizationMember {
    /**
     * The id of the membership.
     */
    id: string;
    /**
     * The organization.
     */
    orgId: string;
    /**
     * The user, whose id `setRole` and `removeMember` take.
     */
    userId: string;
    /**
     * The role: `"owner"`, `"admin"`, `"member"`, or one that the host has configured.
     */
    role: string;
    /**
     * The time of joining, in ISO 8601.
     */
    joinedAt: string;
}

/** The members of the `init` of `fetch` that the client sets itself. The literal types are advice, which the compiler prints. */
export interface OwnInit {
    /** Set by the client. */
    readonly method?: "set by the client" | undefined;
    /** Set by the client. */
    readonly body?: "set by the client" | undefined;
    /** Set by the client: use the option `headers`. */
    readonly headers?: "set by the client: use the option `headers`" | undefined;
    /** Set by the client: use the option `signal` of a call. */
    readonly signal?: "set by the client: use the option `signal` of a call" | undefined;
    /** Set by the client. */
    readonly redirect?: "set by the client" | undefined;
}

/**
 * A page of the audit log.
 */
export interface PaginatedAuditLogs {
    /**
     * The entries, newest first.
     */
    entries: AuditEntry[];
    /**
     * The total number of matching entries, if the server counts them.
     */
    total?: number | null | undefined;
}

/**
 * The options of `parsePermissions`.
 */
export interface ParseOptions {
    /**
     * Names of permission and constraint members that are accepted although this version does not know them: a list, or
     * `true` for all names.
     *
     * @default false
     */
    allowUnknown?: boolean | readonly string[] | null | undefined;
}

/**
 * A grant of actions on the resources that match a pattern.
 */
export interface Permission {
    /**
     * The resource pattern: segments separated by `:`. A `*` segment matches all remaining segments:
     * `mcp:github:*` matches `mcp:github` and everything below it.
     */
    resource: string;
    /**
     * The granted actions, for example `["read"]`. `"*"` grants every action.
     */
    actions: string[];
    /**
     * Conditions that a request must also meet. The server checks them in the order of their declaration.
     */
    constraints?: PermissionConstraints | null | undefined;
}

/**
 * Conditions on a permission. A request must meet all of them.
 */
export interface PermissionConstraints {
    /**
     * The maximum number of calls per hour on one requested resource. Calls that a later constraint denies count too.
     */
    maxCallsPerHour?: number | null | undefined;
    /**
     * JavaScript regular expressions, not anchored. Every top-level string argument must match all of them.
     */
    allowedArgPatterns?: string[] | null | undefined;
    /**
     * Whether a human must approve each call. The server then denies, with a reason that says so.
     */
    requireApproval?: boolean | null | undefined;
    /**
     * The time of day in which calls are allowed, in the server's time zone.
     */
    timeWindow?: TimeWindow | null | undefined;
    /**
     * The addresses that calls may come from: IP addresses, or IPv4 ranges such as `10.0.0.0/8`.
     */
    ipAllowlist?: string[] | null | undefined;
}

/** The constraints of a permission as an input: readonly at every depth. */
export type PermissionConstraintsInput = DeepReadonly<PermissionConstraints>;

/**
 * A permission as an input: readonly at every depth, so that an `as const` policy and frozen arrays are accepted.
 *
 * It has the members of `Permission`. To type a constraint that only newer servers know, augment `PermissionConstraints`, and
 * let the name through with the option `allowUnknown`.
 *
 * @example
 * ```ts
 * const ROLES = { reader: [{ resource: "mcp:github:*", actions: ["read"] }] } as const;
 * await kavach.agents.create({ ownerId, name: "reader", type: "autonomous", permissions: ROLES.reader });
 * ```
 */
export type PermissionInput = DeepReadonly<Permission>;

/** What tells a plain object from instances of built-in classes. The literal types are advice, which the compiler prints. */
export interface PlainObject {
    readonly [Symbol.iterator]?: "not iterable: pass Object.fromEntries(value), or a member with an array" | undefined;
    readonly [Symbol.asyncIterator]?: "not a stream: pass a member with what it yields" | undefined;
    readonly then?: NotAFunction<"not a promise: await it"> | undefined;
    readonly [Symbol.toPrimitive]?: "not a Date: pass a member with date.toISOString()" | undefined;
    readonly toJSON?: NotAFunction<"not an object with toJSON: pass what that returns"> | undefined;
    readonly arrayBuffer?: NotAFunction<"not a Blob, Request or Response: await its text or JSON"> | undefined;
    readonly addEventListener?: NotAFunction<"not an AbortSignal or another EventTarget"> | undefined;
    readonly [Symbol.hasInstance]?: "not a function: pass what it returns" | undefined;
    readonly [Symbol.match]?: "not a RegExp: pass a member with its source" | undefined;
    readonly [Symbol.toStringTag]?: "not an instance of a built-in class: pass a member with its text or bytes" | undefined;
}

/**
 * The input of `mcp.register`.
 */
export interface RegisterMcpServerInput {
    /**
     * The display name.
     */
    name: string;
    /**
     * The URL of the server.
     */
    endpoint: string;
    /**
     * The names of its tools.
     */
    tools: readonly string[];
    /**
     * Whether callers must be authorized; `true` by default.
     */
    authRequired?: boolean | null | undefined;
    /**
     * The rate limit of the server.
     */
    rateLimit?: McpRateLimit | null | undefined;
}

/**
 * The event of `onRequest`. It holds no headers and no bodies, and so no secrets.
 */
export interface RequestEvent {
    /**
     * The number of the call within this client, starting at 1. All events of a call have the same number.
     */
    call: number;
    /**
     * The method that was called: `"agents.create"`.
     */
    operation: string;
    /**
     * The HTTP method.
     */
    method: string;
    /**
     * The URL, with its query.
     */
    url: string;
    /**
     * The number of the attempt within the call, starting at 1.
     */
    attempt: number;
}

/**
 * The input of `kavach.request`: a route that the client has no method for.
 */
export interface RequestInput {
    /**
     * The path, relative to the base URL: `"/tools/:id"`. A `:name` stands for the parameter of that name.
     */
    path: string;
    /**
     * The HTTP method.
     *
     * @default "GET"
     */
    method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | null | undefined;
    /**
     * The parameters in the path. They are encoded.
     */
    params?: Record<string, string | number> | null | undefined;
    /**
     * The parameters of the query. An array becomes one parameter per item; `null` and `undefined` are left out.
     */
    query?: Record<string, string | number | boolean | readonly (string | number | boolean)[] | null | undefined> | null | undefined;
    /**
     * The body, a plain JSON value.
     */
    body?: unknown;
    /**
     * What the path is relative to: `"api"` for `baseUrl`, `"auth"` for `authUrl`.
     *
     * @default "api"
     */
    base?: "api" | "auth" | null | undefined;
    /**
     * Whether executing the request twice has the effect of executing it once. It then is retried like a GET.
     *
     * @default `true` for GET, PUT and DELETE
     */
    idempotent?: boolean | null | undefined;
    /**
     * What the body of the response is read as: a JSON value, text, a `Uint8Array` or a `ReadableStream`.
     *
     * @default "json"
     */
    responseType?: ResponseType | null | undefined;
}

/** A request with the words of a vocabulary. */
export type RequestOf<V extends Vocabulary> = Vocabulary extends V
    ? AuthorizeRequest
    : AuthorizeRequest & {
    /** One of the actions of the vocabulary. */
    readonly action: V["actions"];
    /** One of its resources. */
    readonly resource: V["resources"];
};

/**
 * The event of `onResponse`. `durationMs` is the duration of the attempt; `code` is the error code if there was no response.
 */
export type ResponseEvent = RequestEvent & {
    /** The status of the response; absent if there was none. */
    status?: number | undefined;
    /** The code of the error, if there was no response. */
    code?: string | undefined;
    /** The duration of the attempt, in milliseconds. */
    durationMs: number;
};

/**
 * What the body of a response is read as.
 */
export type ResponseType = "json" | "text" | "bytes" | "stream";

/**
 * The event of `onRetry`. `delayMs` is the backoff before the next attempt.
 */
export type RetryEvent = RequestEvent & {
    /** The status of the response; absent if there was none. */
    status?: number | undefined;
    /** The code of the error, if there was no response. */
    code?: string | undefined;
    /** The backoff before the next attempt, in milliseconds. */
    delayMs: number;
};

/**
 * A session of a signed-in user. Servers differ in which optional members they send.
 */
export interface Session {
    /**
     * The id of the signed-in user.
     */
    userId: string;
    /**
     * The session's id.
     */
    id?: string | null | undefined;
    /**
     * The session's bearer token, which the option `token` takes.
     */
    token?: string | null | undefined;
    /**
     * The expiry of the session, in ISO 8601.
     */
    expiresAt?: string | null | undefined;
    /**
     * The time of the sign-in, in ISO 8601.
     */
    createdAt?: string | null | undefined;
}

/**
 * The input of `auth.signIn`.
 */
export interface SignInInput {
    /**
     * The e-mail address of the account.
     */
    email: string;
    /**
     * The password of the account.
     */
    password: string;
}

/**
 * The input of `auth.signUp`.
 */
export interface SignUpInput {
    /**
     * The e-mail address to sign in with.
     */
    email: string;
    /**
     * The password; servers require 8 to 128 characters.
     */
    password: string;
    /**
     * The display name.
     */
    name?: string | null | undefined;
}

/**
 * The session of a signed-in user, as far as servers say.
 */
export interface SignedInSession {
    /**
     * The id of the session.
     */
    id?: string | null | undefined;
    /**
     * The expiry, in ISO 8601.
     */
    expiresAt?: string | null | undefined;
}

/**
 * A signed-in user, as far as servers say.
 */
export interface SignedInUser {
    /**
     * The user's id, which is the `ownerId` of their agents.
     */
    id: string;
    /**
     * The e-mail address.
     */
    email?: string | null | undefined;
    /**
     * The display name.
     */
    name?: string | null | undefined;
}

/**
 * A time window within a day, both ends included. A window over midnight (`22:00` to `06:00`) never matches on the server.
 */
export interface TimeWindow {
    /**
     * The first minute, as `HH:MM`.
     */
    start: string;
    /**
     * The last minute, as `HH:MM`.
     */
    end: string;
}

/**
 * The code that `twoFactor.verify`, `disable` and `backupCodes` take.
 */
export interface TwoFactorCodeInput {
    /**
     * The code of the authenticator app, or a backup code. A string: codes may begin with 0.
     */
    code: string;
}

/**
 * The result of `twoFactor.enroll`. It is shown once: let the user keep the backup codes.
 */
export interface TwoFactorEnrollment {
    /**
     * The secret in base32, for users who type it.
     */
    secret: string;
    /**
     * The `otpauth:` URI for a QR code. It holds the secret: draw the code on the page, not with a service.
     */
    uri: string;
    /**
     * Codes that work once each, if the user loses the authenticator.
     */
    backupCodes: string[];
}

/**
 * The result of `twoFactor.status`.
 */
export interface TwoFactorStatus {
    /**
     * Whether two-factor authentication is on.
     */
    enabled: boolean;
}

/**
 * The result of `twoFactor.verify`.
 */
export interface TwoFactorVerification {
    /**
     * Whether the code is right.
     */
    valid: boolean;
    /**
     * Whether this code completed the enrollment: two-factor authentication is on from now on.
     */
    activated?: boolean | null | undefined;
    /**
     * Whether the code was a backup code, which is spent now.
     */
    usedBackupCode?: boolean | null | undefined;
}

/**
 * The input of `agents.update`. Members that are absent, `undefined` or `null` stay unchanged.
 */
export interface UpdateAgentInput {
    /**
     * The new display name.
     */
    name?: string | null | undefined;
    /**
     * The new permissions, which replace all present ones.
     */
    permissions?: readonly PermissionInput[] | null | undefined;
    /**
     * The new expiry of its token, as a `Date` or in ISO 8601.
     */
    expiresAt?: string | Date | null | undefined;
    /**
     * The new metadata, which replaces the present metadata.
     */
    metadata?: JsonObjectInput | null | undefined;
}

/**
 * A person with an account.
 */
export interface User {
    /**
     * The user's id, which is the `ownerId` of their agents.
     */
    id: string;
    /**
     * The e-mail address.
     */
    email: string;
    /**
     * The time of registration, in ISO 8601.
     */
    createdAt: string;
    /**
     * The display name, if there is one.
     */
    name?: string | null | undefined;
}

/**
 * The number of people.
 */
export interface UserStats {
    /**
     * The number of different owners of agents.
     */
    total: number;
}

/**
 * The actions and the resources of one's own, which a client can be typed with. `npx kavachos-wasm types policy.json` writes one.
 *
 * @example
 * ```ts
 * const kavach = new KavachClient<{ actions: "read" | "execute"; resources: `mcp:${string}` }>({ baseUrl });
 * ```
 */
export interface Vocabulary {
    /** The actions that requests can name. */
    actions: string;
    /** The resources that requests can name. */
    resources: string;
}

/** The value of a call, and what is known of its response. `kavach.withResponse` returns it. */
export interface WithResponse<T> extends CallEndEvent {
    /** The value that the method resolves to. */
    data: T;
}
