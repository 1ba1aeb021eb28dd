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
