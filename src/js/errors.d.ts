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

/** 403 that is not a decision: the token may not do that. (A denied `authorize` is a value, not an error.) */
export class PermissionError extends KavachError {}

/** 404: there is no such thing, or no such route (code `ROUTE_NOT_FOUND`, and the message says where it looked). */
export class NotFoundError extends KavachError {}

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

/** No answer: the server cannot be reached, or the connection broke. The host's own error is the `cause`. */
export class NetworkError extends KavachError {}

/** No answer in time: see the option `timeout`. */
export class TimeoutError extends NetworkError {}

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
