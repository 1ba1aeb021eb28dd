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
