/**
 * Decides whether a request comes from a signed-in person: reads the bearer token or the cookie `kavach_session`, asks the server,
 * and builds the response if the request is refused.
 *
 * It always fails closed: a missing or malformed token, a session that the server does not know, and an outage refuse the request. A
 * request with a cookie is refused unless it comes from a page of the same origin: browsers attach cookies to requests of other
 * sites, too. The bearer token wins over the cookie, even if it is not valid, as it does on servers.
 *
 * Give it a client without credentials: a header such as `X-Api-Key` can sign in instead of the caller's token.
 *
 * @param kavach the client. It needs no token.
 * @param request the incoming request
 * @param options how to ask and how to refuse
 * @returns `{ ok: true, user, session, … }`, or `{ ok: false, reason, response }` with the response to send
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong whatever the request, or has a name that is not known
 * @throws {KavachError} NOT_SUPPORTED when the runtime has no `crypto.subtle` (Node.js 18), for `cacheTtl` and `jwt`
 * @throws `signal.reason` when `options.signal` is aborted
 * @example
 * ```ts
 * const checked = await guardSession(kavach, request);
 * if (!checked.ok) return checked.response;
 * return Response.json({ hello: checked.user.email });
 * ```
 */
export function guardSession(
  kavach: KavachClient,
  request: SessionRequest,
  options?: SessionGuardOptions | null,
): Promise<SessionGuarded>;

/**
 * Reads the session token of a request **without checking it**: for server rendering, which acts with the token of the visitor.
 *
 * The server checks the token with each call that carries it. To decide anything by yourself, use `guardSession`.
 *
 * @param request the incoming request, or any object with its headers
 * @param cookie the name of the cookie
 * @returns the token and where it was, or `null` if the request does not hold exactly one
 * @example
 * ```ts
 * const visitor = sessionFrom(request);
 * const kavach = new KavachClient({ baseUrl: "https://your-app.com/api/kavach", token: visitor?.token });
 * ```
 */
export function sessionFrom(request: Pick<SessionRequest, "headers">, cookie?: string | null): SessionCredential | null;

/** A session token that nobody has checked. */
export interface SessionCredential {
  /** Where the token was. */
  readonly via: "bearer" | "cookie";
  /** The token. It is not enumerable: not printed, not serialized into a page, and not copied by `{ ...credential }`. */
  readonly token: string;
}

/** The part of a `Request` that the guard of people reads. */
export interface SessionRequest {
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
  /** The method. Without it, a request with a cookie counts as one that changes something. */
  readonly method?: string;
  /** The URL, for the origin of the request. */
  readonly url?: string;
}

/** The result of the guard of people. */
export type SessionGuarded = SessionGranted | SessionRefused;

/** The request comes from a signed-in person. */
export interface SessionGranted {
  /** `true`: the person is signed in. */
  ok: true;
  /** The person, with whatever else the server says. */
  user: SignedInUser;
  /** The session, or `null` if the host knows the person by other means. */
  session: SignedInSession | null;
  /** Where the token was. */
  via: "bearer" | "cookie";
  /** Who has checked it: the server now, the server up to `cacheTtl` ago, or this process by the signature of a JWT. */
  source: "server" | "cache" | "jwt";
  /** The claims of a JWT of the host. */
  claims?: Record<string, unknown>;
  /** The token. It is not enumerable: not printed, not serialized, and not copied by `{ ...granted }`. */
  readonly token: string;
}

/** The request is refused. */
export interface SessionRefused {
  /** `false`: send `response`. */
  ok: false;
  /**
   * The reason for the refusal.
   *
   * - `"missing_session"`: 401. Neither a bearer token nor the cookie.
   * - `"malformed_session"`: 401. Not exactly one token: such as two cookies of the name.
   * - `"invalid_session"`: 401. The server does not know the session, or it has ended; or a JWT of the host is not valid.
   * - `"cross_site"`: 403. A cookie, and a page of another site.
   * - `"rate_limited"`: 429. The server limits calls.
   * - `"unavailable"`: 503. Whether the session is valid is not known.
   */
  reason: "missing_session" | "malformed_session" | "invalid_session" | "cross_site" | "rate_limited" | "unavailable";
  /** The response to send: problem details (RFC 9457), never cached. It shows nothing of the server or of an error. */
  response: Response;
  /** What went wrong, for your log. */
  error?: unknown;
}

/**
 * How the guard of people asks, and how it refuses. `timeout`, `maxRetries`, `headers`, `cache`, `init` and the other call options
 * apply to the call to the server. Unknown names are refused.
 */
export interface SessionGuardOptions<R = SessionRequest> extends Omit<CallOptions, "token"> {
  /**
   * How long the guard may take, in milliseconds. It then refuses with 503.
   *
   * @default 60_000
   */
  deadline?: number | null;
  /**
   * The protection space, for `WWW-Authenticate`.
   *
   * @default "KavachOS"
   */
  realm?: string | null;
  /**
   * The name of the cookie.
   *
   * @default "kavach_session"
   */
  cookie?: string | null;
  /**
   * Further origins whose pages may send the cookie, such as `"https://app.example"`: pages of another subdomain, or the public
   * origin behind a proxy.
   *
   * @default none: only pages of the origin of the request
   */
  origins?: readonly string[] | null;
  /**
   * How long what the server said about a token is kept, in milliseconds: at most 5,000, and never past the end of the session. A
   * sign-out or a ban takes effect after that time. Refusals are not kept. Each client has its own cache, which holds digests of
   * tokens.
   *
   * @default 0: the server is asked each time
   */
  cacheTtl?: number | null;
  /** JWTs of the host that are verified here. Tokens of other issuers go to the server. */
  jwt?: SessionJwtOptions | null;
  /**
   * Called for each refusal: to log `error`, or to return another response, such as a redirect to the page where people sign in. If it
   * throws, or does not settle within what is left of the deadline, the prepared response stays.
   */
  onRefusal?:
    | ((refused: SessionRefused, request: R) => Response | null | undefined | Promise<Response | null | undefined>)
    | ((refused: SessionRefused, request: R) => void | Promise<void>)
    | null;
}

/**
 * JWTs that the host issues for people, such as those of `createJwtSessionModule`. They are verified offline, so a sign-out or a ban
 * takes effect when they expire.
 *
 * A token needs the issuer, the audience, a subject and an expiry. The key decides the algorithm, whatever the token says.
 */
export interface SessionJwtOptions {
  /** The issuer (`iss`). A token that names it is verified here, and nowhere else. */
  issuer: string;
  /** The audience (`aud`) that must be among those of the token. */
  audience: string;
  /** Secrets for HS256, of at least 32 bytes. Several for a rotation. */
  secrets?: readonly (string | Uint8Array)[] | null;
  /** Public keys for RS256 (2048 bits or more) and ES256, as JWKs. Several for a rotation. */
  keys?: readonly object[] | null;
  /**
   * The type (`typ`) that the header must have.
   *
   * @default "JWT" or none; another type, such as that of an access token, is refused
   */
  typ?: string | null;
  /**
   * How far clocks may differ, in seconds.
   *
   * @default 5
   */
  leeway?: number | null;
}
