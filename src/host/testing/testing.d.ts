/** A mail that the server would have sent. */
export interface TestMail {
  /** What the mail is about. */
  kind: "magic-link" | "email-otp" | "verify-email" | "reset-password" | "invitation" | (string & {});
  /** The address. */
  to: string;
  /** The subject. */
  subject: string;
  /** When it was sent, in ISO 8601. */
  sentAt: string;
  /** The link in it, if there is one. */
  url?: string;
  /** The code in it, if there is one. */
  code?: string;
  /** The token in it, if there is one. */
  token?: string;
}

/** All that a test server keeps: plain JSON, of one version of the package. */
export type TestSnapshot = { [table: string]: unknown };

/** What goes wrong with a request. */
export interface TestFault {
  /** The method of the requests. @default any */
  method?: string;
  /** The path of the requests below the base path, such as `/agents`; `*` matches any characters. @default any */
  path?: string | RegExp;
  /** How many requests it happens to. @default all */
  times?: number;
  /** How many requests go well before. @default 0 */
  skip?: number;
  /** The milliseconds to wait before anything else. @default 0 */
  delay?: number;
  /** Whether `fetch` rejects, as without a connection. @default false */
  network?: boolean;
  /** The status of the response, which the server is not asked for. */
  status?: number;
  /** The body of that response: a string, or a value that is sent as JSON. */
  body?: unknown;
  /** The headers of that response. */
  headers?: Record<string, string>;
  /** After how many bytes the body of the response breaks off. */
  cut?: number;
}

/** A user that there is from the start. */
export interface TestUser {
  /** The id of the user. */
  id: string;
  /** The address of the user. */
  email: string;
  /** The name of the user. */
  name?: string;
}

/** Where a test server sends its webhooks. */
export interface TestWebhook {
  /** What they are signed with. */
  secret: string;
  /** The scheme of headers and bodies. @default "A" */
  scheme?: "A" | "C";
  /** Receives each webhook, before the response of the request that caused it. */
  deliver: (request: Request) => unknown;
}

/** How to make a test server. */
export interface TestServerOptions {
  /** The dialect to speak. @default "adapter" */
  dialect?: "adapter" | "sdk";
  /** A URL whose origin the server has. @default "http://localhost" */
  url?: string;
  /** What ids, tokens and codes are made of: the same seed and the same requests give the same ones. @default random */
  seed?: string | number;
  /** The time of the server: one that stands still, or a function that returns milliseconds. @default the clock of the machine */
  clock?: number | string | Date | (() => number);
  /** The data to begin with: three agents with a day of audit log, the week of a small company in 50,000 entries, or a snapshot. @default none */
  data?: "examples" | "showcase" | TestSnapshot;
  /** Users that there are from the start, beside `user-123` and `user-456`. */
  users?: readonly TestUser[];
  /** The ids or addresses of administrators. */
  admins?: readonly string[];
  /** Where webhooks are sent. */
  webhook?: TestWebhook;
  /** Further options of the local server, as on its command line: `["--verify-email", "--mount", "next"]`. */
  options?: readonly string[];
}

/** A KavachOS server in memory. */
export interface TestServer {
  /** The base URL, for `baseUrl`. */
  readonly url: string;
  /**
   * Answers a request, as the global `fetch` does: for the option `fetch` of a client, a handler of MSW, or a service binding.
   *
   * @param input a URL of this server, or a request
   * @param init as of `fetch`
   * @returns the response
   * @throws {TypeError} when a fault says so, or the URL has another origin
   */
  fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Makes a client of this server.
   *
   * @param options the options of the client, of which `baseUrl` and `fetch` are set
   * @returns the client
   */
  client(options?: Partial<KavachClientOptions>): KavachClient;
  /** The mails that the server would have sent. */
  readonly outbox: {
    /**
     * Lists mails, the oldest first.
     *
     * @param filter the address or kind of the mails to list
     * @returns the mails
     */
    mails(filter?: { to?: string; kind?: string }): TestMail[];
    /** Forgets them. */
    clear(): void;
  };
  /**
   * Lets requests go wrong. Of several faults that match, the newest happens.
   *
   * @param fault what goes wrong, and with which requests
   * @returns a function that takes the fault back
   * @throws {KavachError} INVALID_ARGUMENT when a member is wrong
   */
  setFault(fault: TestFault): () => void;
  /** Takes all faults back. */
  clearFaults(): void;
  /**
   * Puts the clock of the server forward.
   *
   * @param milliseconds by how much
   */
  advance(milliseconds: number): void;
  /**
   * Returns all that the server keeps, to begin with later.
   *
   * @returns the snapshot, which holds hashes of secrets
   */
  snapshot(): TestSnapshot;
  /**
   * Forgets everything since the server was made, faults too. Ids begin anew where a seed is given.
   *
   * @param snapshot the data to go on with
   * @default the data of the options
   */
  reset(snapshot?: TestSnapshot): void;
  /** Ends the server and frees its memory. */
  close(): void;
}

/**
 * Makes a KavachOS server in memory, for tests: the routes, the permission engine and the audit log of the local server, without a
 * port. It takes milliseconds.
 *
 * Passkeys and the event stream are not there: their routes answer 404, as on a server without these plugins. Passwords are hashed
 * once, to be quick.
 *
 * @param options the dialect, the data, the clock and more
 * @returns the server
 * @throws {KavachError} INVALID_ARGUMENT when an option is wrong
 * @example
 * ```ts
 * const server = createTestServer({ seed: 1, clock: "2026-01-01T12:00:00Z" });
 * const kavach = server.client();
 * const agent = await kavach.agents.create({ ownerId: "user-123", name: "a", type: "service", permissions: [read("mcp:github:*")] });
 * ```
 */
export function createTestServer(options?: TestServerOptions): TestServer;

/**
 * What a program may call of a client, for fakes of it: the members of `KavachClient` without `Symbol.dispose`. A fake of a part is a
 * `Pick<KavachApi, "authorize">`.
 */
export type KavachApi<V extends Vocabulary = Vocabulary> = {
  readonly [Name in keyof KavachClient<V> as Name extends string ? Name : never]: KavachClient<V>[Name];
};

/**
 * Makes an agent as servers send it, for stubs.
 *
 * @param changes the members that matter to the test
 * @returns a new value, with samples for the other required members
 * @throws {KavachError} INVALID_ARGUMENT when a member is unknown, or is not of its type
 * @example
 * ```ts
 * const revoked = agent({ status: "revoked" });
 * ```
 */
export function agent(changes?: Partial<Agent>): Agent;

/**
 * Makes an audit entry as servers send it, for stubs.
 *
 * @param changes the members that matter to the test
 * @returns a new value, with samples for the other required members
 * @throws {KavachError} INVALID_ARGUMENT when a member is unknown, or is not of its type
 * @example
 * ```ts
 * const denied = auditEntry({ result: "denied", reason: "No permission" });
 * ```
 */
export function auditEntry(changes?: Partial<AuditEntry>): AuditEntry;

/**
 * Makes a decision as servers send it, for stubs.
 *
 * @param changes the members that matter to the test
 * @returns a new value, with samples for the other required members
 * @throws {KavachError} INVALID_ARGUMENT when a member is unknown, or is not of its type
 * @example
 * ```ts
 * const denied = decision({ allowed: false, reason: "No permission" });
 * ```
 */
export function decision(changes?: Partial<AuthorizeAllowed>): AuthorizeAllowed;
/**
 * Makes a denial as servers send it, for stubs.
 *
 * @param changes the members that matter to the test
 * @returns a new value, with samples for the other required members
 * @throws {KavachError} INVALID_ARGUMENT when a member is unknown, or is not of its type
 * @example
 * ```ts
 * const denied = decision({ allowed: false, reason: "No permission" });
 * ```
 */
export function decision(changes: Partial<AuthorizeDenied> & { allowed: false }): AuthorizeDenied;

/**
 * Makes a delegation as servers send it, for stubs.
 *
 * @param changes the members that matter to the test
 * @returns a new value, with samples for the other required members
 * @throws {KavachError} INVALID_ARGUMENT when a member is unknown, or is not of its type
 * @example
 * ```ts
 * const shallow = delegation({ depth: 1, toAgent: "agent-7" });
 * ```
 */
export function delegation(changes?: Partial<DelegationChain>): DelegationChain;

/**
 * Makes a permission as servers send it, for stubs.
 *
 * @param changes the members that matter to the test
 * @returns a new value, with samples for the other required members
 * @throws {KavachError} INVALID_ARGUMENT when a member is unknown, or is not of its type
 * @example
 * ```ts
 * const everything = permission({ resource: "*", actions: ["*"] });
 * ```
 */
export function permission(changes?: Partial<Permission>): Permission;

/**
 * Makes a session as servers send it, for stubs.
 *
 * @param changes the members that matter to the test
 * @returns a new value, with samples for the other required members
 * @throws {KavachError} INVALID_ARGUMENT when a member is unknown, or is not of its type
 * @example
 * ```ts
 * const ended = session({ expiresAt: "2026-01-01T00:00:00Z" });
 * ```
 */
export function session(changes?: Partial<Session>): Session;

/**
 * Makes a user as servers send it, for stubs.
 *
 * @param changes the members that matter to the test
 * @returns a new value, with samples for the other required members
 * @throws {KavachError} INVALID_ARGUMENT when a member is unknown, or is not of its type
 * @example
 * ```ts
 * const ann = user({ email: "ann@example.com" });
 * ```
 */
export function user(changes?: Partial<User>): User;
