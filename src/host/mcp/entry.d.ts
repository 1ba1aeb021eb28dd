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
  readonly secrets?: readonly string[] | null;
  /**
   * The public keys of an issuer that signs with RS256 or ES256, or a function that returns them. See `remoteKeySet`.
   *
   * @default none: tokens with such algorithms are refused
   */
  readonly jwks?: JsonWebKeySet | KeySetSource | null;
  /** The issuer, exactly as the tokens name it in `iss`. */
  readonly issuer: string;
  /** The public URL of this MCP server, exactly as its metadata states it. The token's `aud` must name it. */
  readonly resource: string;
  /**
   * Further values of `aud` that name this server, for issuers that cannot be asked for a resource.
   *
   * @default none
   */
  readonly audience?: readonly string[] | null;
  /**
   * The scopes that the token needs.
   *
   * @default none
   */
  readonly scopes?: readonly string[] | null;
  /**
   * How many seconds the clocks of the issuer and of this host may differ: at most 300.
   *
   * @default 30
   */
  readonly leeway?: number | null;
  /**
   * The time in seconds since 1970, for tests.
   *
   * @default the clock of the host
   */
  readonly now?: number | null;
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
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | null;
  /**
   * For how long keys are kept, in milliseconds: at most a day.
   *
   * @default 600_000
   */
  readonly maxAge?: number | null;
  /**
   * How long a fetch may take, in milliseconds.
   *
   * @default 5_000
   */
  readonly timeout?: number | null;
}
