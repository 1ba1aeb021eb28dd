declare global {
    interface SymbolConstructor {
        readonly dispose: unique symbol;
    }
}

/**
 * A client of one KavachOS server.
 *
 * It is cheap to make and to keep: making one sends nothing, starts no timer and needs no `free()`. One client can
 * carry any number of calls at once, and can be shared between the requests of an edge function.
 *
 * ```ts
 * const kavach = new KavachClient({ baseUrl: "https://your-app.com/api/kavach", token: "kv_…" });
 * const decision = await kavach.authorize(agentId, { action: "read", resource: "mcp:github:repos" });
 * if (!decision.allowed) console.log(decision.reason);
 * ```
 */
export class KavachClient {
    [Symbol.dispose](): void;
    /**
     * Decides whether an agent may do something. The same as `agents.authorize`.
     *
     * The server records the decision in the audit log, and counts it towards `maxCallsPerHour`.
     *
     * Resolves to the decision. **A denial is a value** (`allowed: false` with a `reason`), not an error. It rejects
     * only where there is no decision: `PermissionError` if the client's token may not ask, `NetworkError` and
     * `ServerError` if the server could not answer. So guard with `if (!decision.allowed)`, and let errors stop you.
     *
     * ```ts
     * const decision = await kavach.authorize(agent.id, {
     *   action: "execute",
     *   resource: "mcp:deploy:production",
     *   arguments: { version: "1.2.3" },
     * });
     * ```
     */
    authorize(agentId: string, request: AuthorizeRequest, options?: CallOptions): Promise<AuthorizeResult>;
    /**
     * Makes a client.
     *
     * Throws a `KavachError` with code `INVALID_ARGUMENT` that names the option that is missing or wrong.
     *
     * ```ts
     * new KavachClient({ baseUrl: "https://your-app.com/api/kavach", token: () => session.token, timeout: 10_000 });
     * ```
     */
    constructor(options: KavachClientOptions);
    /**
     * Agents: create, list, get, update, revoke and rotate them, and decide what they may do.
     */
    readonly agents: Agents;
    /**
     * The audit log: every decision, newest first.
     */
    readonly audit: Audit;
    /**
     * People: sign up, in and out. And agents that act with their own token.
     */
    readonly auth: Auth;
    /**
     * Delegation: agents that lend permissions to agents.
     */
    readonly delegation: Delegation;
    /**
     * The registry of MCP servers. Servers of the `adapter` dialect have none: its methods reject with `NOT_SUPPORTED`.
     */
    readonly mcp: Mcp;
}

/**
 * How a `KavachClient` reaches its server.
 */
export interface KavachClientOptions {
    /**
     * Where the API is served, for example `"https://your-app.com/api/kavach"`. In a browser it may be a path such as `"/api/kavach"`.
     */
    baseUrl: string;
    /**
     * The bearer token of an agent, a service or a session, or a function that returns one.
     */
    token?: TokenSource | null;
    /**
     * Headers to send with every request. A token takes precedence over an `Authorization` header here.
     */
    headers?: Record<string, string> | Headers | null;
    /**
     * How long one attempt may take, its body included, in milliseconds. 30,000 if left out; `Infinity` for no limit.
     * What is late is a `TimeoutError` with the code `TIMEOUT`, and may be tried again.
     */
    timeout?: number | null;
    /**
     * How long a whole call may take, with all its attempts and the waits between them, in milliseconds. No limit if left out.
     * A call that is late rejects with a `TimeoutError` with the code `DEADLINE_EXCEEDED`.
     */
    deadline?: number | null;
    /**
     * How often a request may be repeated after a passing failure, where that is sound. 2 if left out; 0 for never.
     * What would happen twice is only repeated if the server says that it has not happened. A decision may be asked for
     * again after an outage, and then be audited twice.
     */
    maxRetries?: number | null;
    /**
     * The function to send requests with, in place of the global `fetch`: a service binding, a proxy, a test double.
     */
    fetch?: ((url: string, init: RequestInit) => Promise<Response>) | null;
    /**
     * The `credentials` mode to give to `fetch`, for servers that use cookies. Left to `fetch` if left out.
     */
    credentials?: "omit" | "same-origin" | "include" | null;
    /**
     * The dialect to speak; `"auto"` if left out.
     */
    dialect?: Dialect | null;
    /**
     * Where the e-mail routes (`auth.signUp`, `signIn`, `signOut`, `getSession`) are served, if not under `baseUrl`.
     */
    authUrl?: string | null;
    /**
     * Says that tokens may travel unencrypted to a `baseUrl` with `http:`, of which the client warns otherwise.
     */
    allowInsecure?: boolean | null;
    /**
     * Called before each attempt. What it throws is ignored.
     */
    onRequest?: ((event: RequestEvent) => void) | null;
    /**
     * Called after each attempt, with the status or, if there was no answer, the code of the failure.
     */
    onResponse?: ((event: ResponseEvent) => void) | null;
    /**
     * Called before the wait that precedes another attempt.
     */
    onRetry?: ((event: RetryEvent) => void) | null;
    /**
     * Gets a line for each attempt (`debug`) and each retry (`warn`); `console` will do.
     */
    logger?: Logger | null;
}

/**
 * What a single call can be told; each method takes it as its last argument.
 */
export interface CallOptions {
    /**
     * Aborts the call: it rejects with `signal.reason`.
     */
    signal?: AbortSignal | null;
    /**
     * How long one attempt may take, its body included, in milliseconds.
     */
    timeout?: number | null;
    /**
     * How long the whole call may take, in milliseconds.
     */
    deadline?: number | null;
    /**
     * How often this call may be repeated after a passing failure.
     */
    maxRetries?: number | null;
    /**
     * Headers for this call, over those of the client.
     */
    headers?: Record<string, string> | Headers | null;
    /**
     * The bearer token for this call, over that of the client.
     */
    token?: TokenSource | null;
}

/**
 * A bearer token, or a function that returns one. The function is called for every attempt (once for all that wait for
 * it at the same time), and once more if the server answers 401.
 */
export type TokenSource = string | (() => string | null | undefined | Promise<string | null | undefined>);

/**
 * Which of the two wire dialects to speak: `"sdk"` (what the official SDKs speak), `"adapter"`
 * (what the shipped server adapters speak), or `"auto"` (find out).
 */
export type Dialect = "auto" | "sdk" | "adapter";

/**
 * Agents: identities that hold permissions and a bearer token. Reached as `kavach.agents`.
 */
export class Agents {
    private constructor();
    [Symbol.dispose](): void;
    /**
     * Decides whether an agent may do something; see `kavach.authorize`.
     *
     * ```ts
     * const { allowed, reason } = await kavach.agents.authorize(agent.id, { action: "read", resource: "mcp:github:repos" });
     * ```
     */
    authorize(id: string, request: AuthorizeRequest, options?: CallOptions): Promise<AuthorizeResult>;
    /**
     * Creates an agent.
     *
     * Resolves to the agent **with its token, which the server shows this once**: store it.
     * Rejects with `INVALID_ARGUMENT` if a field is missing or wrong, with the server's own code if it refuses
     * (an unknown owner, too many agents for one owner).
     *
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
     * Returns what an agent may do, by its own right and by delegation. The same as `delegation.getEffectivePermissions`.
     *
     * Rejects with `NOT_SUPPORTED` on servers of the `adapter` dialect, which have no such route.
     *
     * ```ts
     * const permissions = await kavach.agents.getEffectivePermissions("agent-abc123");
     * ```
     */
    getEffectivePermissions(id: string, options?: CallOptions): Promise<Permission[]>;
    /**
     * Gets one agent.
     *
     * Resolves to the agent, or to `null` if there is none of that id. A revoked agent is still there: look at `status`.
     *
     * ```ts
     * const agent = await kavach.agents.get("agent-abc123");
     * ```
     */
    get(id: string, options?: CallOptions): Promise<Agent | null>;
    /**
     * Lists agents.
     *
     * Resolves to all agents that match the filters, or all there are. Their `token` is an empty string.
     *
     * ```ts
     * const agents = await kavach.agents.list({ userId: "user-123", status: "active" });
     * ```
     */
    list(filters?: AgentFilters | null, options?: CallOptions): Promise<Agent[]>;
    /**
     * Revokes an agent for good: its token stops working, every decision about it is a denial.
     *
     * Resolves to nothing, also if it was revoked before. Rejects with `NotFoundError` if there is none of that id.
     *
     * ```ts
     * await kavach.agents.revoke("agent-abc123");
     * ```
     */
    revoke(id: string, options?: CallOptions): Promise<void>;
    /**
     * Gives an agent a new token. The old one stops working at once.
     *
     * Resolves to the agent **with its new token, which the server shows this once**: store it.
     * Rejects with `NotFoundError` if there is none of that id, `ServerError` if it is revoked or expired.
     *
     * ```ts
     * const { token } = await kavach.agents.rotate("agent-abc123");
     * ```
     */
    rotate(id: string, options?: CallOptions): Promise<Agent>;
    /**
     * Changes an agent's name, permissions, end of life or metadata.
     *
     * Resolves to the changed agent. What is left out, or `null`, stays as it is. Rejects with `NotFoundError` if
     * there is none of that id.
     *
     * ```ts
     * const agent = await kavach.agents.update("agent-abc123", { name: "better-name" });
     * ```
     */
    update(id: string, input: UpdateAgentInput, options?: CallOptions): Promise<Agent>;
}

/**
 * People: accounts and sessions by e-mail and password. And agents that act with their own token. Reached as `kavach.auth`.
 *
 * If the e-mail routes are not served under `baseUrl`, say where with the client's option `authUrl`.
 */
export class Auth {
    private constructor();
    [Symbol.dispose](): void;
    /**
     * Decides whether the agent that holds `agentToken` may do something.
     *
     * The agent's own token is all it takes: this is the call for a tool or an edge function that was handed one.
     * Resolves to the decision; an unknown, revoked or expired token is a denial, see `kavach.authorize`.
     * Delegated permissions do not count here.
     *
     * ```ts
     * const decision = await kavach.auth.authorizeByToken("kv_agent_xyz", { action: "read", resource: "mcp:github:repos" });
     * ```
     */
    authorizeByToken(agentToken: string, request: AuthorizeRequest, options?: CallOptions): Promise<AuthorizeResult>;
    /**
     * Returns the session of `token`, or of the client's own token.
     *
     * Resolves to the session, or to `null` if it does not exist or has ended.
     *
     * ```ts
     * const session = await kavach.auth.getSession(token);
     * if (session === null) location.assign("/sign-in");
     * ```
     */
    getSession(token?: string | null, options?: CallOptions): Promise<Session | null>;
    /**
     * Signs in.
     *
     * Resolves to the user and a session with its token. Rejects with `AuthenticationError` if the address or the
     * password is wrong.
     *
     * ```ts
     * const { session } = await kavach.auth.signIn({ email: "user@example.com", password: "secure-password" });
     * ```
     */
    signIn(input: SignInInput, options?: CallOptions): Promise<AuthResponse>;
    /**
     * Ends a session: that of `token`, or that of the client's own token.
     *
     * Resolves to nothing. Rejects with `AuthenticationError` if the server finds no session to end.
     *
     * ```ts
     * await kavach.auth.signOut(session.token);
     * ```
     */
    signOut(token?: string | null, options?: CallOptions): Promise<void>;
    /**
     * Opens an account and signs in.
     *
     * Resolves to the user and a session with its token. The client does not keep the token: pass it on as `token`.
     * Rejects with the server's own code if it refuses the address or the password (`DUPLICATE_EMAIL`, `INVALID_PASSWORD`).
     *
     * ```ts
     * const { user, session } = await kavach.auth.signUp({
     *   email: "user@example.com",
     *   password: "secure-password",
     *   name: "Alice",
     * });
     * ```
     */
    signUp(input: SignUpInput, options?: CallOptions): Promise<AuthResponse>;
}

/**
 * The audit log: one entry for every decision, newest first. Reached as `kavach.audit`.
 */
export class Audit {
    private constructor();
    [Symbol.dispose](): void;
    /**
     * Writes audit entries out as JSON or CSV, as a stream: for exports that are too large to hold.
     *
     * Resolves to a `ReadableStream` of bytes once the answer begins; until then it is retried, and rejects, as `export` does.
     * From then on `options.timeout` is for each chunk that you wait for. A transfer that breaks off ends the stream with a
     * `NetworkError`, one that is late with a `TimeoutError`: a stream that closes is whole. Cancelling it, or aborting
     * `options.signal`, stops the transfer.
     *
     * ```ts
     * const stream = await kavach.audit.exportStream({ format: "csv" });
     * await stream.pipeTo(file.writable);
     * ```
     */
    exportStream(exportOptions?: ExportOptions | null, options?: CallOptions): Promise<ReadableStream<Uint8Array>>;
    /**
     * Writes audit entries out as JSON or CSV.
     *
     * Resolves to the text as the server sent it. Some servers stop at 10,000 rows.
     *
     * ```ts
     * const csv = await kavach.audit.export({ format: "csv", since: "2024-01-01T00:00:00Z" });
     * ```
     */
    export(exportOptions?: ExportOptions | null, options?: CallOptions): Promise<string>;
    /**
     * Iterates over all entries that match the filters, newest first, however many there are.
     *
     * Returns an async iterator, which asks for a page when it is first pulled, and from then on for the next one while you
     * work on the present one: at most two pages are in memory. What is written meanwhile is left out, but for the last second
     * before and the first after it was pulled; no entry comes twice. `filters.limit` bounds the total and `filters.offset`
     * skips entries. `filters.actions` is applied here, as some servers apply it to pages they have cut before. `break` and
     * `return()` cancel what is in flight. Errors of `query`, and `INVALID_ARGUMENT` for bad arguments, reject the pending
     * `next()` and end the iterator; what `options.signal` aborts rejects with its reason.
     *
     * ```ts
     * for await (const entry of kavach.audit.iterate({ result: "denied" })) console.log(entry.resource, entry.reason);
     * const latest = await kavach.audit.iterate({ actions: ["write"] }).toArray({ limit: 100 });
     * ```
     */
    iterate(filters?: AuditFilters | null, options?: IterateOptions): AuditIterator;
    /**
     * Returns a page of audit entries as the bytes that the server sent.
     *
     * Resolves to the body of a successful answer, unread: its form is not checked. It is what `kavachos-wasm/audit` reads.
     *
     * ```ts
     * const bytes = await kavach.audit.queryBytes({ limit: 1000 });
     * ```
     */
    queryBytes(filters?: AuditFilters | null, options?: CallOptions): Promise<Uint8Array>;
    /**
     * Returns a page of audit entries, newest first, with the total where the server counts it.
     *
     * Resolves to `{ entries, total? }`; servers of the `adapter` dialect give no total.
     *
     * ```ts
     * const page = await kavach.audit.queryPaginated({ limit: 20, offset: 0 });
     * console.log(`${page.entries.length} of ${page.total ?? "many"}`);
     * ```
     */
    queryPaginated(filters?: AuditFilters | null, options?: CallOptions): Promise<PaginatedAuditLogs>;
    /**
     * Returns audit entries, newest first.
     *
     * Resolves to all entries that match the filters. Give a `limit`: logs grow.
     *
     * ```ts
     * const entries = await kavach.audit.query({ agentId: "agent-abc123", result: "allowed", limit: 50 });
     * for (const entry of entries) console.log(entry.timestamp, entry.action, entry.resource, entry.result);
     * ```
     */
    query(filters?: AuditFilters | null, options?: CallOptions): Promise<AuditEntry[]>;
}

/**
 * Delegation: an agent lends part of its permissions to another. Reached as `kavach.delegation`.
 */
export class Delegation {
    private constructor();
    [Symbol.dispose](): void;
    /**
     * Lends permissions from one agent to another, until a moment you set.
     *
     * Resolves to the new link. Each permission must be covered by one permission of the lender's own; where it is
     * not, servers of the `adapter` dialect answer 500 (`ServerError`): `covers` of `kavachos-wasm/permissions` says so
     * beforehand, and what is lacking. A chain that gets too long is refused with 400. Servers drop constraints from lent
     * permissions.
     *
     * ```ts
     * const { covered } = covers(lender.permissions, [read("mcp:github:repos")]);
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
     * Returns what an agent may do, by its own right and by delegation.
     *
     * Rejects with `NOT_SUPPORTED` on servers of the `adapter` dialect, which have no such route.
     *
     * ```ts
     * const permissions = await kavach.delegation.getEffectivePermissions("agent-def456");
     * ```
     */
    getEffectivePermissions(agentId: string, options?: CallOptions): Promise<Permission[]>;
    /**
     * Lists the links of an agent.
     *
     * Resolves to an array. Servers of the `adapter` dialect list what the agent lends, not what it borrows, and
     * keep revoked links in the list.
     *
     * ```ts
     * const chains = await kavach.delegation.listChains("agent-abc123");
     * ```
     */
    listChains(agentId: string, options?: CallOptions): Promise<DelegationChain[]>;
    /**
     * Ends a link, and with it all links that start at the borrower.
     *
     * Resolves to nothing. Rejects with `NotFoundError` if there is none of that id.
     *
     * ```ts
     * await kavach.delegation.revoke(chain.id);
     * ```
     */
    revoke(id: string, options?: CallOptions): Promise<void>;
}

/**
 * The registry of MCP servers. Reached as `kavach.mcp`.
 *
 * Servers of the `adapter` dialect have none: every method rejects with a `KavachError` of code `NOT_SUPPORTED`.
 */
export class Mcp {
    private constructor();
    [Symbol.dispose](): void;
    /**
     * Gets one MCP server.
     *
     * Resolves to the server, or to `null` if there is none of that id.
     *
     * ```ts
     * const server = await kavach.mcp.get("mcp-abc123");
     * ```
     */
    get(id: string, options?: CallOptions): Promise<McpServer | null>;
    /**
     * Lists the registered MCP servers.
     *
     * ```ts
     * const servers = await kavach.mcp.list();
     * ```
     */
    list(options?: CallOptions): Promise<McpServer[]>;
    /**
     * Registers an MCP server.
     *
     * Resolves to the registered server.
     *
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
}

/**
 * Grants executing a resource.
 *
 * Returns a permission with the action `"execute"`.
 *
 * ```ts
 * execute("mcp:deploy:staging"); // { resource: "mcp:deploy:staging", actions: ["execute"] }
 * ```
 */
export function execute(resource: string, constraints?: PermissionConstraints | null): Permission;

/**
 * Grants reading, writing, executing and deleting a resource.
 *
 * Returns a permission with those four actions. Actions with other names are not granted; `"*"` would grant them.
 *
 * ```ts
 * fullAccess("mcp:sandbox:*"); // actions: ["read", "write", "execute", "delete"]
 * ```
 */
export function fullAccess(resource: string, constraints?: PermissionConstraints | null): Permission;

/**
 * Checks permissions that come from outside: a configuration file, a database.
 *
 * `raw` is an array, or JSON text that holds one. Returns them as a new array, without `null`s for absent members.
 * Throws `INVALID_ARGUMENT` naming the first that is wrong: `raw[1].actions must be an array of strings`.
 *
 * ```ts
 * const permissions = parsePermissions('[{ "resource": "mcp:github:*", "actions": ["read"] }]');
 * ```
 */
export function parsePermissions(raw: unknown): Permission[];

/**
 * Limits how often a permission can be used.
 *
 * Returns a copy of the permission with `maxCallsPerHour` among its constraints.
 * Throws `INVALID_ARGUMENT` unless that is a whole number of 1 or more.
 *
 * ```ts
 * rateLimited(read("mcp:github:*"), 100);
 * ```
 */
export function rateLimited(permission: Permission, maxCallsPerHour: number): Permission;

/**
 * Grants reading a resource.
 *
 * Returns a permission with the action `"read"`. Throws `INVALID_ARGUMENT` if the resource is empty.
 *
 * ```ts
 * read("mcp:github:*"); // { resource: "mcp:github:*", actions: ["read"] }
 * ```
 */
export function read(resource: string, constraints?: PermissionConstraints | null): Permission;

/**
 * Grants reading and writing a resource.
 *
 * Returns a permission with the actions `"read"` and `"write"`.
 *
 * ```ts
 * readWrite("mcp:github:issues", { ipAllowlist: ["10.0.0.0/8"] });
 * ```
 */
export function readWrite(resource: string, constraints?: PermissionConstraints | null): Permission;

/**
 * Asks for a human's approval of each call.
 *
 * Returns a copy of the permission with `requireApproval: true` among its constraints.
 *
 * ```ts
 * withApproval(execute("mcp:deploy:production"));
 * ```
 */
export function withApproval(permission: Permission): Permission;

/**
 * Grants writing a resource.
 *
 * Returns a permission with the action `"write"`.
 *
 * ```ts
 * write("mcp:github:issues"); // { resource: "mcp:github:issues", actions: ["write"] }
 * ```
 */
export function write(resource: string, constraints?: PermissionConstraints | null): Permission;

/**
 * The base of every error this package throws or rejects with (but for what you abort, which rejects with
 * `signal.reason`). `instanceof` also recognises errors of another installed copy of the package.
 *
 * Its own `code`s: `INVALID_ARGUMENT` (nothing was sent; the message names the argument), `NOT_SUPPORTED`
 * (the server has no such route in its dialect), `CROSS_ORIGIN_REDIRECT`, `REDIRECTED` and `TOO_MANY_REDIRECTS` (a
 * redirect that was not followed), `TOKEN_UNAVAILABLE` (the token function failed), `INTERNAL` (a bug of this package), or
 * what the server said, `API_ERROR` if it said nothing.
 */
export class KavachError extends Error {
    constructor(message?: string, options?: KavachErrorOptions);
    /** A word for programs: the server's own, or one of ours. */
    code: string;
    /** The HTTP status; absent if there was no answer. */
    statusCode?: number;
    /** How often the request was sent, if it was. */
    attempts?: number;
    /** What else the server said about it. */
    details?: unknown;
    /** What the host threw, if it did. */
    cause?: unknown;
    /** What is safe to log: everything but the cause. */
    toJSON(): Record<string, unknown>;
}

/** 401: the token is missing, wrong or has expired. */
export class AuthenticationError extends KavachError {}

/** An answer that is not what it should be: not JSON, or a required field missing or of the wrong type. */
export class DecodeError extends KavachError {
    /** Where in the answer, as a JSON path: `$.permissions[2].resource`. */
    path?: string;
    /**
     * The answer, if it was JSON: a token that the server issued in it is not lost. It may hold secrets, so
     * no log, `toJSON` or inspector shows it.
     */
    answer(): unknown;
}

/** What an error knows, to make one by hand (in tests, for example). */
export interface KavachErrorOptions {
    code?: string;
    statusCode?: number;
    details?: unknown;
    retryAfter?: number;
    attempts?: number;
    path?: string;
    cause?: unknown;
}

/** No answer: the server cannot be reached, or the connection broke. The host's own error is the `cause`. */
export class NetworkError extends KavachError {}

/** 404: there is no such thing, or no such route (code `ROUTE_NOT_FOUND`, and the message says where it looked). */
export class NotFoundError extends KavachError {}

/** 403 that is not a decision: the token may not do that. (A denied `authorize` is a value, not an error.) */
export class PermissionError extends KavachError {}

/** 429: too many requests. */
export class RateLimitError extends KavachError {
    /** How long to wait, in seconds, if the server said so (and, across origins, lets the page read it). */
    retryAfter?: number;
}

/** 5xx: the server failed. */
export class ServerError extends KavachError {
    /** How long to wait, in seconds, if the server said so. */
    retryAfter?: number;
}

/** No answer in time: see the option `timeout`. */
export class TimeoutError extends NetworkError {}

/**
 * An agent identity.
 */
export interface Agent {
    /**
     * The agent's id, to pass to every other call.
     */
    id: string;
    /**
     * The user who owns the agent.
     */
    ownerId: string;
    /**
     * The name people know it by.
     */
    name: string;
    /**
     * How it acts.
     */
    type: AgentType;
    /**
     * The agent's bearer token, `kv_…`. The server shows it once, in the answer to `create` and
     * `rotate`; elsewhere it is an empty string. Store it when you see it.
     */
    token: string;
    /**
     * What the agent may do. The first permission that matches a call decides it.
     */
    permissions: Permission[];
    /**
     * Whether it is active, revoked or expired.
     */
    status: AgentStatus;
    /**
     * When it was created, in ISO 8601.
     */
    createdAt: string;
    /**
     * When it last changed, in ISO 8601.
     */
    updatedAt: string;
    /**
     * When its token stops working, in ISO 8601; absent if never.
     */
    expiresAt?: string | null;
    /**
     * The tenant it belongs to, on servers with tenants.
     */
    tenantId?: string | null;
    /**
     * What you stored with it.
     */
    metadata?: Record<string, unknown> | null;
}

/**
 * Which agents `agents.list` returns. Without any filter: all of them.
 */
export interface AgentFilters {
    /**
     * Only agents that this user owns.
     */
    userId?: string | null;
    /**
     * Only agents in this state.
     */
    status?: AgentStatus | null;
    /**
     * Only agents of this type.
     */
    type?: AgentType | null;
}

/**
 * Where an agent is in its life. Servers may know further words.
 */
export type AgentStatus = "active" | "revoked" | "expired" | (string & {});

/**
 * How an agent acts. Servers may know further words.
 */
export type AgentType = "autonomous" | "delegated" | "service" | (string & {});

/**
 * One decision, as it was recorded.
 */
export interface AuditEntry {
    /**
     * The entry's id: the `auditId` of the decision.
     */
    id: string;
    /**
     * The agent that asked.
     */
    agentId: string;
    /**
     * The user who owns that agent.
     */
    userId: string;
    /**
     * What it wanted to do.
     */
    action: string;
    /**
     * On which resource.
     */
    resource: string;
    /**
     * With which arguments.
     */
    parameters: Record<string, unknown>;
    /**
     * How it was decided.
     */
    result: AuditResult;
    /**
     * How long the decision took, in milliseconds.
     */
    durationMs: number;
    /**
     * When, in ISO 8601, cut to the second.
     */
    timestamp: string;
    /**
     * Why it was denied, in an English sentence.
     */
    reason?: string | null;
    /**
     * What the call cost in tokens, where it was reported.
     */
    tokensCost?: number | null;
}

/**
 * Which audit entries to return, newest first. Without any filter: all of them.
 */
export interface AuditFilters {
    /**
     * Only decisions about this agent.
     */
    agentId?: string | null;
    /**
     * Only decisions about agents of this user.
     */
    userId?: string | null;
    /**
     * Only entries from this moment on.
     */
    since?: string | Date | null;
    /**
     * Only entries up to this moment.
     */
    until?: string | Date | null;
    /**
     * Only these actions. Some servers filter by action after they cut the page, so a page can
     * come back short or empty while more entries match.
     */
    actions?: string[] | null;
    /**
     * Only decisions with this result.
     */
    result?: AuditResult | null;
    /**
     * At most this many entries.
     */
    limit?: number | null;
    /**
     * Skip this many entries first. Give `limit` with it: some servers refuse one without the other.
     */
    offset?: number | null;
}

/** Entries of the audit log, newest first, fetched as they are pulled. See `audit.iterate`. */
export interface AuditIterator extends AsyncIterableIterator<AuditEntry> {
    /** Ends the iteration, and cancels what is in flight. `break` calls it. */
    return(value?: unknown): Promise<IteratorResult<AuditEntry, undefined>>;
    /** Resolves to the entries that remain: all of them, or the first `limit`. */
    toArray(options?: { limit?: number | null }): Promise<AuditEntry[]>;
}

/**
 * How a call was decided. Servers may know further words.
 */
export type AuditResult = "allowed" | "denied" | "rate_limited" | (string & {});

/**
 * What signing up and signing in resolve to.
 */
export interface AuthResponse {
    /**
     * Who signed in.
     */
    user: User;
    /**
     * Their session, always with its token.
     */
    session: Session & { token: string };
}

/**
 * What an agent wants to do.
 */
export interface AuthorizeRequest {
    /**
     * The action, for example `"read"`. Case matters.
     */
    action: string;
    /**
     * The resource, for example `"mcp:github:repos"`.
     */
    resource: string;
    /**
     * The arguments of the call. String arguments are matched against `allowedArgPatterns`, all are kept in the audit log.
     */
    arguments?: Record<string, unknown> | null;
}

/**
 * The server's decision. A denial is a value like any other: look at `allowed`.
 */
export interface AuthorizeResult {
    /**
     * Whether the agent may go ahead.
     */
    allowed: boolean;
    /**
     * The id of the audit entry that records this decision; an empty string if the server wrote none.
     */
    auditId: string;
    /**
     * Why not, in an English sentence.
     */
    reason?: string | null;
}

/**
 * What `agents.create` needs to know.
 */
export interface CreateAgentInput {
    /**
     * The id of the user who will own the agent.
     */
    ownerId: string;
    /**
     * The name people will know it by.
     */
    name: string;
    /**
     * How it acts.
     */
    type: AgentType;
    /**
     * What it may do. The first permission that matches a call decides it.
     */
    permissions: Permission[];
    /**
     * When its token stops working. Left out, servers let it expire after 24 hours.
     */
    expiresAt?: string | Date | null;
    /**
     * Anything JSON you want to store with it.
     */
    metadata?: Record<string, unknown> | null;
}

/**
 * What `delegation.create` needs to know.
 */
export interface DelegateInput {
    /**
     * The id of the agent that lends. Only its own permissions count, not those lent to it.
     */
    fromAgent: string;
    /**
     * The id of the agent that borrows.
     */
    toAgent: string;
    /**
     * What is lent: each must be covered by one permission of the lender. Servers drop constraints from lent permissions.
     */
    permissions: Permission[];
    /**
     * When the loan ends.
     */
    expiresAt: string | Date;
    /**
     * How long the chain of lenders may be, this link included; 3 if left out.
     */
    maxDepth?: number | null;
}

/**
 * One link: `fromAgent` lends `permissions` to `toAgent`.
 */
export interface DelegationChain {
    /**
     * The link's id.
     */
    id: string;
    /**
     * The agent that lends.
     */
    fromAgent: string;
    /**
     * The agent that borrows.
     */
    toAgent: string;
    /**
     * What is lent.
     */
    permissions: Permission[];
    /**
     * When the loan ends, in ISO 8601.
     */
    expiresAt: string;
    /**
     * How many links there are from the first lender to here, starting at 1.
     */
    depth: number;
    /**
     * When it was created, in ISO 8601.
     */
    createdAt: string;
}

/**
 * The format of an export.
 */
export type ExportFormat = "json" | "csv";

/**
 * What `audit.export` writes.
 */
export interface ExportOptions {
    /**
     * `"json"` (if left out) or `"csv"`.
     */
    format?: ExportFormat | null;
    /**
     * Only entries from this moment on.
     */
    since?: string | Date | null;
    /**
     * Only entries up to this moment.
     */
    until?: string | Date | null;
}

/** What `audit.iterate` can be told. */
export interface IterateOptions extends CallOptions {
    /** How many entries to ask for at a time: 1,000 if left out. `timeout` and `deadline` are for each page. */
    pageSize?: number | null;
}

/**
 * Where lines for people go: `console`, or a logger that has such methods.
 */
export type Logger = { debug?(line: string): void; warn?(line: string): void };

/**
 * How often an MCP server may be called.
 */
export interface McpRateLimit {
    /**
     * Requests per minute.
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
     * The name people know it by.
     */
    name: string;
    /**
     * Where it is reached.
     */
    endpoint: string;
    /**
     * The names of the tools it offers.
     */
    tools: string[];
    /**
     * Whether callers must be authorized.
     */
    authRequired: boolean;
    /**
     * When it was registered, in ISO 8601.
     */
    createdAt: string;
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
     * How many entries match in all, where the server counts them.
     */
    total?: number | null;
}

/**
 * A grant: which actions an agent may perform on which resources.
 */
export interface Permission {
    /**
     * The resource pattern, segments separated by `:`. A `*` segment matches the whole rest:
     * `mcp:github:*` covers `mcp:github` and everything below it.
     */
    resource: string;
    /**
     * The actions granted, for example `["read"]`. `"*"` grants every action.
     */
    actions: string[];
    /**
     * Conditions that a call must also meet. The server checks them in the order in which they are listed here.
     */
    constraints?: PermissionConstraints | null;
}

/**
 * Conditions on a permission; a call must meet all of them.
 */
export interface PermissionConstraints {
    /**
     * How many calls per hour the agent may make on one requested resource. Denied calls count once they pass this step.
     */
    maxCallsPerHour?: number | null;
    /**
     * JavaScript regular expressions, unanchored: every top-level string argument must match every one of them.
     */
    allowedArgPatterns?: string[] | null;
    /**
     * Whether a human must approve each call: the server answers with a denial that says so.
     */
    requireApproval?: boolean | null;
    /**
     * The time of day in which calls are allowed, in the server's own time zone.
     */
    timeWindow?: TimeWindow | null;
    /**
     * The addresses calls may come from: exact IP addresses, or IPv4 ranges such as `10.0.0.0/8`.
     */
    ipAllowlist?: string[] | null;
}

/**
 * What `mcp.register` needs to know.
 */
export interface RegisterMcpServerInput {
    /**
     * The name people will know it by.
     */
    name: string;
    /**
     * Where it is reached.
     */
    endpoint: string;
    /**
     * The names of the tools it offers.
     */
    tools: string[];
    /**
     * Whether callers must be authorized; `true` if left out.
     */
    authRequired?: boolean | null;
    /**
     * How often it may be called.
     */
    rateLimit?: McpRateLimit | null;
}

/**
 * What `onRequest` is told. There are no headers and no bodies in it, and so no secrets.
 */
export interface RequestEvent {
    /**
     * Which call of this client it belongs to: 1 for the first. Its first event comes before the method returns, unless a
     * token function is asked.
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
     * 1 for the first attempt of the call.
     */
    attempt: number;
}

/**
 * What `onResponse` is told.
 */
export type ResponseEvent = RequestEvent & { status?: number; code?: string; durationMs: number };

/**
 * What `onRetry` is told.
 */
export type RetryEvent = RequestEvent & { status?: number; code?: string; delayMs: number };

/**
 * A signed-in session. Servers do not all say the same about it: what yours did not say is absent.
 */
export interface Session {
    /**
     * The user who is signed in.
     */
    userId: string;
    /**
     * The session's id.
     */
    id?: string | null;
    /**
     * The session's bearer token, to pass as `token`.
     */
    token?: string | null;
    /**
     * When it ends, in ISO 8601.
     */
    expiresAt?: string | null;
    /**
     * When it began, in ISO 8601.
     */
    createdAt?: string | null;
}

/**
 * An e-mail address and its password.
 */
export interface SignInInput {
    /**
     * The e-mail address of the account.
     */
    email: string;
    /**
     * Its password.
     */
    password: string;
}

/**
 * A new account.
 */
export interface SignUpInput {
    /**
     * The e-mail address to sign in with.
     */
    email: string;
    /**
     * The password; servers ask for 8 to 128 characters.
     */
    password: string;
    /**
     * A name to show.
     */
    name?: string | null;
}

/**
 * A span within a day, both ends included. A window over midnight (`22:00` to `06:00`) never matches on the server.
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
 * What `agents.update` may change. Members that are left out stay as they are.
 */
export interface UpdateAgentInput {
    /**
     * A new name.
     */
    name?: string | null;
    /**
     * New permissions, in place of all present ones.
     */
    permissions?: Permission[] | null;
    /**
     * A new end of life.
     */
    expiresAt?: string | Date | null;
    /**
     * New metadata, in place of the present one.
     */
    metadata?: Record<string, unknown> | null;
}

/**
 * A person with an account.
 */
export interface User {
    /**
     * The user's id: the `ownerId` of their agents.
     */
    id: string;
    /**
     * Their e-mail address.
     */
    email: string;
    /**
     * When the account was created, in ISO 8601.
     */
    createdAt: string;
    /**
     * Their name, if they gave one.
     */
    name?: string | null;
}
