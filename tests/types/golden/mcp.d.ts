import type {  } from "./index.js";

import type { Authorizer, GuardDecision } from "./guard.js";

/**
 * Guards an MCP server (streamable HTTP, MCP 2025-11-25 and the versions before it).
 *
 * The guard lets a request through only if its bearer token is valid and each call of a tool in it is decided by KavachOS, with its
 * arguments. The server gets exactly the bytes that were decided. All other requests need a valid token and no decision; messages that
 * the guard does not know are refused.
 *
 * A denied call is answered as a tool result with `isError: true` and the reason, so that a model can read it. Clients are sent for
 * another token, or for more scopes, only where that would help. The guard also answers preflights, and serves the metadata of
 * the resource (RFC 9728) at its well-known paths.
 *
 * It always fails closed. Make it once, not per request: it remembers for five seconds which tokens are valid, and whose a session is.
 *
 * @param kavach the client, or a `DecisionCache` in front of one
 * @param options what is guarded, and how
 * @returns the function that guards a request: it resolves to the response of the handler, or to a refusal
 * @throws {KavachError} INVALID_ARGUMENT when an option is wrong or has a name that is not known
 * @throws {KavachError} NOT_SUPPORTED when the runtime has no `crypto.subtle` (Node.js 18)
 * @example
 * ```ts
 * const guarded = mcpGuard(kavach, { resource: "https://tools.example/mcp", server: "tools" });
 * const handle = (request: Request) =>
 *   guarded(request, async (request, granted) => {
 *     const transport = new WebStandardStreamableHTTPServerTransport();
 *     await makeServer().connect(transport);
 *     return transport.handleRequest(request, granted);
 *   });
 * ```
 */
export function mcpGuard(kavach: Authorizer, options: McpGuardOptions): McpGuard;

/** Guards requests. Make it once: it remembers whose a session is. */
export interface McpGuard {
  /**
   * Guards a request.
   *
   * @param request the incoming request, with its body unread
   * @param handler the MCP server: it gets a request with the bytes that were decided and without the token, and who calls
   * @returns the response
   * @throws what the handler throws
   * @throws {KavachError} INVALID_ARGUMENT when the request is not a `Request` with an unread body
   */
  (
    request: Request,
    handler: (request: Request, granted: McpGranted) => Response | Promise<Response>,
  ): Promise<Response>;
  /**
   * Decides about a request, for servers that do not answer with a `Response`. The adapters stand on it.
   *
   * @param request the incoming request, with its body unread
   * @returns the response to send, or what was decided
   * @throws {KavachError} INVALID_ARGUMENT when the request is not a `Request` with an unread body
   */
  readonly check: (request: Request) => Promise<McpChecked>;
  /**
   * Serves the metadata of the resource, as the guard does itself: for frameworks that route the well-known paths elsewhere.
   *
   * @param request a request for any path
   * @returns the metadata, or `undefined` for all other paths
   */
  readonly metadata: (request: Request) => Promise<Response | undefined>;
}

/** What the guard found about a request. */
export type McpChecked =
  | {
      /** `false`: send `response`. */
      ok: false;
      /** A refusal, the answer to a preflight, or the metadata of the resource. */
      response: Response;
    }
  | {
      /** `true`: pass `request` on, and send what `finish` returns. */
      ok: true;
      /** The request with the bytes that were decided, and without the token. */
      request: Request;
      /** Who calls, and what was decided. */
      granted: McpGranted;
      /**
       * Adds the CORS headers to the response, notes whose a new session is, and filters lists of tools.
       *
       * @param response the response of the MCP server
       * @returns the response to send
       */
      finish: (response: Response) => Promise<Response>;
    };

/** What the handler learns: the options of `handleRequest` in the official SDK. */
export interface McpGranted {
  /** Who calls: `extra.authInfo` in the official SDK. */
  authInfo: McpAuthInfo;
  /** The parsed body, for a POST. */
  parsedBody?: unknown;
}

/** When an access token expires. */
export interface McpTokenExpiry {
  /** In seconds since 1970. */
  expiresAt: number;
}

/** Who calls, in the form of the official SDK. An agent's token has no `expiresAt`. */
export interface McpAuthInfo extends Partial<McpTokenExpiry> {
  /** The bearer token. It is not enumerable: not printed, not serialized, and not copied by `{ ...authInfo }`. */
  readonly token: string;
  /** The OAuth client, or `agent:` and a hash of the agent's token. */
  clientId: string;
  /** The scopes of the access token. An agent's token has none. */
  scopes: string[];
  /** The resource of the options. */
  resource: URL;
  /** What KavachOS knows of the caller and the call. */
  extra: McpAuthExtra;
}

/** What KavachOS knows of the caller and the call. */
export interface McpAuthExtra extends Record<string, unknown> {
  /** The user, if the token is an access token. */
  userId?: string | undefined;
  /** The id of the access token. */
  tokenId?: string | undefined;
  /** The decision about the call, if the request has one. */
  decision?: GuardDecision | undefined;
  /** The decisions about all calls of the request, in their order. */
  decisions: { id: string | number; tool: string; decision?: GuardDecision | undefined }[];
}

/** What is guarded, and how. Timeouts and retries of calls to KavachOS are options of the client. Unknown names are refused. */
export interface McpGuardOptions {
  /** The public URL of the MCP server, exactly as clients know it. It is never derived from a request. */
  readonly resource: string;
  /** The name of the server in resources: a call of `search` is decided as `execute` on `mcp:<server>:search`. */
  readonly server: string;
  /**
   * Whose tokens are accepted.
   *
   * @default tokens of agents
   */
  readonly auth?: McpAuth | null | undefined;
  /**
   * What a call of each tool needs: by the names of the tools, or by a function. Tools without a rule are refused. A rule may leave out
   * what is as usual; `null` means that a valid token is enough.
   *
   * @default every tool is decided as `execute` on `mcp:<server>:<tool>`
   * @example
   * ```ts
   * const tools = { search: {}, deploy: { resource: "mcp:deploy:production", scopes: ["mcp:deploy"] }, version: null };
   * ```
   */
  readonly tools?:
    | Readonly<Record<string, ToolRule | ((call: ToolCall) => ToolRuleResult) | null>>
    | ((call: ToolCall) => ToolRuleResult)
    | null | undefined;
  /**
   * Whether tools that the caller has no permission for are left out of `tools/list`. Each listed tool is asked about, audited and
   * counted. This does not protect anything: calls are decided in any case.
   *
   * @default false
   */
  readonly filterTools?: boolean | null | undefined;
  /**
   * How a denied call is answered: as a tool result that a model can read (`"result"`), as a JSON-RPC error with HTTP status 200
   * (`"error"`), or as one with the status 403, 429 or 503 (`"status"`).
   *
   * @default "result"
   */
  readonly denials?: "result" | "error" | "status" | null | undefined;
  /**
   * Further methods of JSON-RPC that a valid token is enough for.
   *
   * @default those of MCP
   */
  readonly methods?: readonly string[] | null | undefined;
  /** What the metadata of the resource says besides the issuer and the scopes of `auth` and `tools`. */
  readonly metadata?: Omit<ProtectedResourceOptions, "resource"> | null | undefined;
  /**
   * The origins whose pages may call: an origin such as `"https://app.example"`, a list of them, a function that returns `true` for
   * those, or `"*"`. A page needs a token in any case.
   *
   * @default "*"
   */
  readonly cors?:
    | string
    | readonly string[]
    | ((origin: string, request: Request) => boolean | Promise<boolean>)
    | null | undefined;
  /**
   * How many bytes a body may have.
   *
   * @default 1_048_576
   */
  readonly maxBodyBytes?: number | null | undefined;
  /**
   * How many bytes the arguments of a call may have as JSON.
   *
   * @default 65_536
   */
  readonly argumentsLimit?: number | null | undefined;
  /**
   * How long the guard may take to decide, in milliseconds.
   *
   * @default 60_000
   */
  readonly deadline?: number | null | undefined;
  /** Called for each refusal, to log it. What it throws is ignored. */
  readonly onRefusal?: ((refusal: McpRefusal) => void) | null | undefined;
}

/** Whose tokens are accepted. Unknown names are refused. */
export interface McpAuth {
  /**
   * Whether the tokens of agents are accepted. Beside access tokens, they are those that begin with `kv_`.
   *
   * @default true, unless `accessTokens` is set
   */
  readonly agentTokens?: boolean | null | undefined;
  /**
   * How access tokens of users are verified.
   *
   * @default access tokens are refused
   */
  readonly accessTokens?: McpAccessTokens | null | undefined;
}

/** How access tokens are verified. `scopes` are needed for every request. */
export interface McpAccessTokens extends Omit<VerifyAccessTokenOptions, "resource" | "now"> {
  /** Returns the id of the agent that acts for a user: KavachOS decides about that agent. Without one, calls are denied. */
  readonly agent: (user: AccessToken) => string | null | undefined | Promise<string | null | undefined>;
}

/** A call of a tool. */
export interface ToolCall {
  /** The name of the tool, as it was sent. */
  readonly name: string;
  /** The arguments, if it has any. They are missing when tools are listed. */
  // biome-ignore lint/suspicious/noExplicitAny: arguments are JSON of any kind
  readonly arguments?: Record<string, any> | undefined;
}

/** What a call needs. Unknown names are refused. */
export interface ToolRule {
  /**
   * The action.
   *
   * @default "execute"
   */
  readonly action?: string | null | undefined;
  /**
   * The resource.
   *
   * @default `mcp:<server>:<tool>`, if the name has only letters, digits, `_`, `-`, `.` and `/`
   */
  readonly resource?: string | null | undefined;
  /**
   * The scopes that an access token needs. A client that lacks one is sent to ask for it.
   *
   * @default none
   */
  readonly scopes?: readonly string[] | null | undefined;
}

/** What a function returns about a call: its rule, `null` if a valid token is enough, or `undefined` for an unknown tool. */
export type ToolRuleResult = ToolRule | null | undefined | Promise<ToolRule | null | undefined>;

/** Why a request was refused. */
export interface McpRefusal {
  /** `missing-token`, `invalid-token`, `insufficient-scope` for a missing permission, `approval-required`, `rate-limited`, … */
  kind: string;
  /** The tool, if a call was refused. */
  tool?: string | undefined;
  /** The reason of the decision. */
  reason?: string | undefined;
  /** After how many seconds another call may be allowed. */
  retryAfter?: number | undefined;
  /** The decision, if there is one. */
  decision?: GuardDecision | undefined;
  /** What went wrong. */
  error?: unknown;
}

/**
 * Serves the metadata of a protected resource (RFC 9728) with CORS. `mcpGuard` does that itself: this is for servers where other code
 * answers the well-known paths.
 *
 * @param options what the metadata says
 * @returns the function that answers requests for `/.well-known/oauth-protected-resource` with the path of the resource, and without it;
 *   with `proxy`, for `/.well-known/oauth-authorization-server` too. It resolves to `undefined` for all others.
 * @throws {KavachError} INVALID_ARGUMENT when an option is wrong or has a name that is not known
 * @example
 * ```ts
 * const metadata = protectedResourceMetadata({
 *   resource: "https://tools.example/mcp",
 *   authorizationServers: ["https://auth.example/api/kavach"],
 * });
 * const respond = async (request: Request) => (await metadata(request)) ?? new Response(null, { status: 404 });
 * ```
 */
export function protectedResourceMetadata(
  options: ProtectedResourceOptions,
): (request: Request) => Promise<Response | undefined>;

/** What the metadata of a resource says. Unknown names are refused. */
export interface ProtectedResourceOptions {
  /** The public URL of the MCP server. */
  readonly resource: string;
  /**
   * The issuers whose tokens are accepted.
   *
   * @default none
   */
  readonly authorizationServers?: readonly string[] | null | undefined;
  /**
   * The scopes that clients may ask for.
   *
   * @default none
   */
  readonly scopes?: readonly string[] | null | undefined;
  /**
   * Whether the origin of the resource stands for the one authorization server, and serves its metadata: for KavachOS below a path such as
   * `/api/kavach`, whose metadata is not where clients look (RFC 8414). It is fetched from `<issuer>/.well-known/oauth-authorization-server`.
   *
   * @default false
   */
  readonly proxy?: boolean | null | undefined;
  /** The name of the server, for people. */
  readonly name?: string | null | undefined;
  /** The URL of its documentation. */
  readonly documentation?: string | null | undefined;
  /**
   * Fetches the metadata for `proxy`.
   *
   * @default the global `fetch`
   */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | null | undefined;
}

/**
 * Verifies an access token of KavachOS' MCP OAuth server where it is used, without asking the server.
 *
 * The token must be signed by one of the secrets (HS256) or keys (RS256, ES256), have the type `at+jwt` (RFC 9068), and be issued by
 * `issuer` for `resource`. `exp`, `iat`, `sub`, `client_id` and `jti` are required. Nothing of the token is in an error.
 *
 * A token that was revoked or replaced at the server stays valid here until it expires: there is nobody to ask.
 *
 * @param token the token, without `Bearer`
 * @param options what it is checked against
 * @returns who calls, and with which scopes
 * @throws {KavachError} INVALID_TOKEN when it is no such token, not signed by a known key, of another issuer, or not valid yet
 * @throws {KavachError} TOKEN_EXPIRED when it has expired
 * @throws {KavachError} INVALID_AUDIENCE when it is for another resource, or for none
 * @throws {KavachError} INSUFFICIENT_SCOPE when it lacks a scope of `options.scopes`; `details` has those `required` and `present`
 * @throws {KavachError} INVALID_ARGUMENT when an option is wrong or unknown, such as a secret of less than 32 bytes
 * @throws {KavachError} NETWORK_ERROR when the function `options.jwks` fails
 * @throws {KavachError} NOT_SUPPORTED when the runtime has no `crypto.subtle` (Node.js 18)
 * @example
 * ```ts
 * const { userId, scopes } = await verifyAccessToken(token, {
 *   secrets: [env.MCP_SIGNING_SECRET],
 *   issuer: "https://auth.example/api/kavach",
 *   resource: "https://tools.example/mcp",
 *   scopes: ["mcp:read"],
 * });
 * ```
 */
export function verifyAccessToken(token: string, options: VerifyAccessTokenOptions): Promise<AccessToken>;

/**
 * Fetches the public keys of an issuer, and keeps them. For `jwks`.
 *
 * They are fetched again when they are older than `maxAge`, and at most every 30 seconds when a token names a key that is not among them.
 * Redirects are not followed.
 *
 * @param url where the key set is: https, or this machine
 * @param options how it is fetched
 * @returns the function for `jwks`. Keep it as long as the program runs.
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong
 * @example
 * ```ts
 * const jwks = remoteKeySet("https://issuer.example/.well-known/jwks.json");
 * ```
 */
export function remoteKeySet(url: string | URL, options?: RemoteKeySetOptions | null): KeySetSource;

/** What an access token is checked against. Unknown names are refused. */
export interface VerifyAccessTokenOptions {
  /**
   * The server's `signingSecret`, of at least 32 bytes. While it is replaced, list the new one and the old one.
   *
   * @default none: then `jwks` is required
   */
  readonly secrets?: readonly string[] | null | undefined;
  /**
   * The public keys of an issuer that signs with RS256 or ES256, or a function that returns them. See `remoteKeySet`.
   *
   * @default none: tokens with such algorithms are refused
   */
  readonly jwks?: JsonWebKeySet | KeySetSource | null | undefined;
  /** The issuer, exactly as the tokens name it in `iss`. */
  readonly issuer: string;
  /** The public URL of this MCP server, exactly as its metadata states it. The token's `aud` must name it. */
  readonly resource: string;
  /**
   * Further values of `aud` that name this server, for issuers that cannot be asked for a resource.
   *
   * @default none
   */
  readonly audience?: readonly string[] | null | undefined;
  /**
   * The scopes that the token needs.
   *
   * @default none
   */
  readonly scopes?: readonly string[] | null | undefined;
  /**
   * How many seconds the clocks of the issuer and of this host may differ: at most 300.
   *
   * @default 30
   */
  readonly leeway?: number | null | undefined;
  /**
   * The time in seconds since 1970, for tests.
   *
   * @default the clock of the host
   */
  readonly now?: number | null | undefined;
}

/** What an access token says. */
export interface AccessToken {
  /** The user who has granted access (`sub`). */
  userId: string;
  /** The client that the token was issued to (`client_id`). */
  clientId: string;
  /** The scopes that were granted. */
  scopes: string[];
  /** The resource of the options, which the token is for. */
  resource: string;
  /** When the token expires, in ISO 8601. */
  expiresAt: string;
  /** The token's own id (`jti`). */
  tokenId: string;
}

/** Public keys (RFC 7517). */
export interface JsonWebKeySet {
  /** The keys. Those that are not RSA of at least 2048 bits, or on P-256, are left out. */
  readonly keys: readonly object[];
}

/** Returns public keys. `isUnknownKey` says that a token names a key that was not among those returned before. */
export type KeySetSource = (isUnknownKey: boolean) => JsonWebKeySet | Promise<JsonWebKeySet>;

/** How `remoteKeySet` fetches. Unknown names are refused. */
export interface RemoteKeySetOptions {
  /**
   * Fetches instead of the global `fetch`.
   *
   * @default the global `fetch`
   */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | null | undefined;
  /**
   * For how long keys are kept, in milliseconds: at most a day.
   *
   * @default 600_000
   */
  readonly maxAge?: number | null | undefined;
  /**
   * How long a fetch may take, in milliseconds.
   *
   * @default 5_000
   */
  readonly timeout?: number | null | undefined;
}
