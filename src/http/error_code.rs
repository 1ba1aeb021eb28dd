//! The error codes of the package. TypeScript has them as the union `KavachErrorCode`.

/// Declares the codes: each with its name on the error and a line for the reference.
macro_rules! codes {
    ($($code:ident = $name:literal: $about:literal;)+) => {
        /// A code that this package sets. Any other code comes from the server.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum ErrorCode {
            $($code,)+
        }

        impl ErrorCode {
            /// Every code with its line in the reference, which is empty for the default of an error class.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$code, $about),)+];

            /// The code as programs compare it.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)+
                }
            }
        }
    };
}

codes! {
    InvalidArgument = "INVALID_ARGUMENT": "nothing was sent; the message names the argument, what was expected and what it got";
    NotSupported = "NOT_SUPPORTED": "the server's dialect has no such route, or the runtime lacks a feature that the message names";
    NotApplied = "NOT_APPLIED": "the server answered success, and reading back shows that nothing changed; the message says what to look at";
    StoreUnavailable = "STORE_UNAVAILABLE": "a store of `kavachos-wasm/stores` did not answer, or not as its kind does";
    WasmUnavailable = "WASM_UNAVAILABLE": "the runtime cannot make the WebAssembly module; the message says why and what to do";
    NotReady = "NOT_READY": "`kavachos-wasm/slim` was used before `ready()` resolved";
    TokenUnavailable = "TOKEN_UNAVAILABLE": "the token function threw, rejected, returned no usable token or timed out";
    NetworkError = "NETWORK_ERROR": "the server is unreachable, or the connection broke";
    Timeout = "TIMEOUT": "an attempt exceeded `timeout`";
    DeadlineExceeded = "DEADLINE_EXCEEDED": "the call exceeded `deadline`";
    InvalidResponse = "INVALID_RESPONSE": "the `fetch` function returned something other than a `Response`";
    ResponseTooLarge = "RESPONSE_TOO_LARGE": "the response exceeded `maxResponseBytes`";
    DecodeError = "DECODE_ERROR": "the response is not JSON, or a required member is missing or of the wrong type";
    AmbiguousCsv = "AMBIGUOUS_CSV": "a CSV export can be read in more than one way; ask for `format: \"json\"`";
    CrossOriginRedirect = "CROSS_ORIGIN_REDIRECT": "the server redirected to another origin, which was not followed";
    Redirected = "REDIRECTED": "a redirect that the request cannot follow";
    TooManyRedirects = "TOO_MANY_REDIRECTS": "more than five redirects in a row";
    RouteNotFound = "ROUTE_NOT_FOUND": "the server has no such route; the message names it";
    InvalidToken = "INVALID_TOKEN": "an access token is malformed, not signed by a known key, of another issuer, or not valid yet";
    TokenExpired = "TOKEN_EXPIRED": "an access token has expired";
    InvalidAudience = "INVALID_AUDIENCE": "an access token is for another resource";
    InsufficientScope = "INSUFFICIENT_SCOPE": "an access token lacks a scope; where a guard says so, `details` has those required and those present";
    DiscoveryFailed = "DISCOVERY_FAILED": "an MCP server, or its authorization server, has no usable metadata; the message says why, or where it was looked for";
    RegistrationFailed = "REGISTRATION_FAILED": "an authorization server did not register a public client";
    AuthorizationFailed = "AUTHORIZATION_FAILED": "an authorization server issued no code or no token; `reason` has its error, such as `access_denied`";
    StateMismatch = "STATE_MISMATCH": "an answer of an authorization server belongs to no authorization that was begun here";
    IssuerMismatch = "ISSUER_MISMATCH": "an answer or a document is of another issuer than the one that was asked";
    PasskeyExists = "PASSKEY_EXISTS": "this device has a passkey of the person already";
    PasskeyCancelled = "PASSKEY_CANCELLED": "the person or the browser gave up, or another call took its place";
    PasskeyFailed = "PASSKEY_FAILED": "the browser could not make or use a passkey; the message says why";
    InvalidWebhook = "INVALID_WEBHOOK": "a webhook was refused; `reason` says why";
    ApiError = "API_ERROR": "the server reported an error without a code";
    Internal = "INTERNAL": "a bug in this package; the client continues to work";
    AuthenticationError = "AUTHENTICATION_ERROR": "";
    PermissionError = "PERMISSION_ERROR": "";
    NotFound = "NOT_FOUND": "";
    RateLimited = "RATE_LIMITED": "";
    ServerError = "SERVER_ERROR": "";
    KavachError = "KAVACH_ERROR": "";
}
