//! Why a call fails: the error class, the code and the sentence of each reason.

use super::error_code::ErrorCode;

/// The class of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorClass {
    /// The caller's mistake, or an answer outside the classes below: `KavachError` itself.
    Plain,
    /// 401.
    Authentication,
    /// 403.
    Permission,
    /// 404.
    NotFound,
    /// 429.
    RateLimit,
    /// 500 and above.
    Server,
    /// No answer.
    Network,
    /// No answer in time.
    Timeout,
    /// An answer that does not say what it should.
    Decode,
}

impl ErrorClass {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "KavachError",
            Self::Authentication => "AuthenticationError",
            Self::Permission => "PermissionError",
            Self::NotFound => "NotFoundError",
            Self::RateLimit => "RateLimitError",
            Self::Server => "ServerError",
            Self::Network => "NetworkError",
            Self::Timeout => "TimeoutError",
            Self::Decode => "DecodeError",
        }
    }
}

/// Declares the reasons: class, code, and a sentence with `{placeholders}`.
macro_rules! reasons {
    ($($(#[$meta:meta])* $reason:ident: $class:ident $code:ident $message:literal;)+) => {
        /// Why a call fails. `generated/failures.js` has the same table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        pub enum FailureReason {
            $($(#[$meta])* $reason,)+
        }

        impl FailureReason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$reason,)+];

            /// Its name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$reason => stringify!($reason),)+ }
            }

            /// The class of the error.
            pub const fn class(self) -> ErrorClass {
                match self { $(Self::$reason => ErrorClass::$class,)+ }
            }

            /// The code of the error.
            pub const fn code(self) -> ErrorCode {
                match self { $(Self::$reason => ErrorCode::$code,)+ }
            }

            /// The sentence of the error, with `{placeholders}`.
            pub const fn message(self) -> &'static str {
                match self { $(Self::$reason => $message,)+ }
            }
        }
    };
}

reasons! {
    /// An argument cannot be sent.
    InvalidArgument: Plain InvalidArgument "{problem}";
    /// The dialect has no route for the endpoint.
    NotSupported: Plain NotSupported "{capability} is not available: servers of the \"{dialect}\" dialect have no route for it";
    /// The dialect has no route for it, and the other one was asked without result.
    NotSupportedEither: Plain NotSupported "{capability} is not available: servers of the \"{dialect}\" dialect have no route for it, and {asked} does not exist either";
    /// The server has no such route.
    RouteNotFound: NotFound RouteNotFound "The server has no route {asked}. Check the options baseUrl and dialect";
    /// The server has no route that both dialects have.
    SharedRouteNotFound: NotFound RouteNotFound "The server has no route {asked}. Check the option baseUrl";
    /// The server has no e-mail route, and the client knows of no other place.
    AuthRouteNotFound: NotFound RouteNotFound "The server has no route {asked}. Serve it there: in Hono with app.mount() or at the root, in Express, Fastify and NestJS at the root. If the routes are elsewhere, set the option authUrl";
    /// There is no e-mail route at `authUrl`.
    AuthUrlNotFound: NotFound RouteNotFound "The server has no route {asked}. Check the option authUrl";
    /// The server has no route of a plugin.
    PluginNotMounted: Plain NotSupported "{capability} is not available: the server has no route {asked}. Configure the plugin, and serve its routes under that URL: in Hono with app.mount() or at the root, in Express, Fastify and NestJS at the root. Adapters for SvelteKit, Astro and Nuxt serve no plugin. If the routes are elsewhere, set the option authUrl";
    /// The server reports an error.
    Reported: Plain ApiError "HTTP {status}";
    /// The server reports 401.
    ReportedAuthentication: Authentication ApiError "HTTP {status}";
    /// The server reports 403.
    ReportedPermission: Permission ApiError "HTTP {status}";
    /// The server reports 404.
    ReportedNotFound: NotFound ApiError "HTTP {status}";
    /// The server reports 429.
    ReportedRateLimit: RateLimit ApiError "HTTP {status}";
    /// The server reports 500 or above.
    ReportedServer: Server ApiError "HTTP {status}";
    /// A page came where data were due.
    UnexpectedPage: Decode DecodeError "{request} answered {status} ({type}): no page was expected";
    /// Nothing came where data were due.
    EmptyBody: Decode DecodeError "{request} answered {status} ({type}): an empty body";
    /// The body is not JSON.
    NotJson: Decode DecodeError "{request} answered {status} ({type}): a body that is not JSON";
    /// The body does not match its schema.
    Mismatch: Decode DecodeError "{request} answered {status} ({type}): {path} must be {expected}";
    /// `fetch` rejected.
    NoAnswer: Network NetworkError "{request} failed: {cause}";
    /// An attempt exceeded its timeout.
    AttemptTimedOut: Timeout Timeout "{request} was not answered in time";
    /// The call exceeded its deadline.
    DeadlinePassed: Timeout DeadlineExceeded "{request} was not answered before the deadline of the call";
    /// `fetch` returned something other than a response.
    NotAResponse: Network InvalidResponse "{request}: fetch did not return a Response that can be read";
    /// The response is larger than allowed.
    TooLarge: Decode ResponseTooLarge "{request} answered with more bytes than the option maxResponseBytes allows";
    /// The server redirects to another origin.
    CrossOriginRedirect: Plain CrossOriginRedirect "{request} was redirected to {target}, and credentials go to no other origin. Set the option baseUrl to where the server is.";
    /// The target of a redirect is unknown.
    UnseenRedirect: Plain Redirected "{request} was redirected, and it cannot be seen where to. Set the option baseUrl to where the server is.";
    /// A redirect would send the request again.
    UnrepeatableRedirect: Plain Redirected "{request} was redirected within {target}, and such a request is not repeated there. Set the option baseUrl to where the server is.";
    /// The server redirects without end.
    TooManyRedirects: Plain TooManyRedirects "{request} was redirected again and again.";
    /// The token function threw or rejected.
    TokenFailed: Plain TokenUnavailable "the token function failed: {cause}";
    /// The token function exceeded the timeout.
    TokenTimedOut: Timeout TokenUnavailable "the token function did not return in time";
    /// The token function exceeded the deadline.
    TokenDeadlinePassed: Timeout DeadlineExceeded "the token function was not answered before the deadline of the call";
    /// The token function returned something else.
    NotAToken: Plain InvalidArgument "options.token must return a bearer token: visible ASCII characters only";
    /// A stream went silent.
    StreamTimedOut: Timeout Timeout "{request} went silent before its end";
    /// A stream broke off.
    StreamBroken: Network NetworkError "{request} broke off: {cause}";
    /// A bug in this package.
    Internal: Plain Internal "Something went wrong inside kavachos-wasm: please report it. The call may or may not have been made.";
}

impl FailureReason {
    /// The reason for an error status.
    pub const fn of_status(status: u16) -> Self {
        match status {
            401 => Self::ReportedAuthentication,
            403 => Self::ReportedPermission,
            404 => Self::ReportedNotFound,
            429 => Self::ReportedRateLimit,
            500.. => Self::ReportedServer,
            _ => Self::Reported,
        }
    }

    /// Whether another attempt can help. A redirect stays, and so does a `fetch` that breaks its contract.
    pub const fn is_transient(self) -> bool {
        matches!(self, Self::NoAnswer | Self::AttemptTimedOut)
    }
}

/// Whether a server's `code` is one: a word that programs compare, not a sentence.
pub fn is_code(code: &str) -> bool {
    (1..=64).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether a plain-text body reads like a message rather than a page, a dump or broken JSON.
pub fn is_message(text: &str) -> bool {
    let text = text.trim_ascii();
    text.len() <= 300 && text.bytes().next().is_some_and(|first| !matches!(first, b'<' | b'{' | b'['))
}
