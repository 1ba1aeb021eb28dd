/** What `new KavachError(message, options)` takes, to make an error by hand, for example in a test. */
export interface KavachErrorOptions {
    /** The error code; that of the class by default. */
    code?: KavachErrorCode | (string & {});
    /** The HTTP status. The error has it as `status` and as `statusCode`. */
    statusCode?: number;
    /** The HTTP status, by its other name. */
    status?: number;
    /** The method that was called: `"agents.create"`. */
    operation?: string;
    /** The HTTP method. */
    method?: string;
    /** The URL, without its query. */
    url?: string;
    /** The id that the server gave to the request. */
    requestId?: string;
    /** Further details from the server. */
    details?: unknown;
    /** How long to wait before a retry, in seconds. */
    retryAfter?: number;
    /** The number of requests that were sent. */
    attempts?: number;
    /** The JSON path of the part of the response that is wrong. */
    path?: string;
    /** The response, for `answer()` of a `DecodeError`. */
    answer?: unknown;
    /** The error that caused this one. */
    cause?: unknown;
}

/**
 * The cause of a `KavachError`: a copy of the error that the host or your function threw. It has the name, the message, the
 * code and the causes of the original, with secrets removed and texts bounded, and no other members.
 */
export interface KavachErrorCause extends Error {
    /** The code of the original error: `"ECONNREFUSED"`, `"ENOTFOUND"`. */
    code?: string;
    /** The cause of the original error. */
    cause?: KavachErrorCause;
}

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
    operation?: string;
    /** The HTTP method of the last attempt. */
    method?: string;
    /** The URL of the last attempt, without its query. */
    url?: string;
    /** The id that the server gave to the request, if its header (`x-request-id`, `request-id`, `cf-ray`, …) is readable. */
    requestId?: string;
    /** The HTTP status; absent if there was no response. The same as `statusCode`. */
    status?: number;
    /** The HTTP status; absent if there was no response. The same as `status`. */
    statusCode?: number;
    /** The number of requests that were sent; absent if none was. */
    attempts?: number;
    /** Further details from the server. */
    details?: unknown;
    /** A copy of the error that the host or your function threw, with secrets removed. Errors made by hand keep the given one. */
    cause?: KavachErrorCause;
    /**
     * Returns the members that are safe to log.
     *
     * @returns all members except the cause
     */
    toJSON(): Record<string, unknown>;
}

/** HTTP 401: the token is missing, wrong or expired. */
export class AuthenticationError extends KavachError {}

/** HTTP 403 that is not a decision: the token lacks the right to make the call. A denied `authorize` resolves instead. */
export class PermissionError extends KavachError {}

/** HTTP 404: the thing does not exist, or the route does not (code `ROUTE_NOT_FOUND`). */
export class NotFoundError extends KavachError {}

/** HTTP 429: too many requests. */
export class RateLimitError extends KavachError {
    /** How long to wait, in seconds, if the server says so and, across origins, exposes `Retry-After`. */
    retryAfter?: number;
}

/** HTTP 5xx: the server failed. */
export class ServerError extends KavachError {
    /** How long to wait, in seconds, if the server says so. */
    retryAfter?: number;
}

/** There is no response: the server is unreachable, or the connection broke. */
export class NetworkError extends KavachError {}

/** There is no response in time: see the options `timeout` and `deadline`. */
export class TimeoutError extends NetworkError {}

/** The response is not valid: it is not JSON, a required member is missing or of the wrong type, or it is too large. */
export class DecodeError extends KavachError {
    /** The JSON path of the part that is wrong: `$.permissions[2].resource`. */
    path?: string;
    /**
     * Returns the response, so that a token issued in it is not lost. It can hold secrets: no log, `toJSON` or inspector shows it.
     *
     * @returns the JSON value of the response; `undefined` if it was not JSON
     */
    answer(): unknown;
}
