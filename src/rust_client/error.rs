//! The error of the client.

use super::redact::Secrets;
use crate::client::{Failure, InvalidArgument};
use crate::http::{ErrorClass, ErrorCode, FailureReason};
use serde_json::Value;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Why a call failed. A denial is no error: [`Decision::allowed`](super::Decision) says it.
///
/// Its predicates say what kind of error it is. Neither `Display` nor `Debug` nor [`source`](StdError::source) shows a secret that
/// the call has sent.
///
/// ```
/// # use kavachos_wasm::Client;
/// # use kavachos_wasm::rust_client::testing::Script;
/// # let script = Script::new();
/// # script.answer(429, r#"{"error": {"code": "RATE_LIMITED", "message": "Slow down"}}"#);
/// # let kavach = Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
/// # pollster::block_on(async {
/// let error = kavach.agents().rotate("agent-1").await.unwrap_err();
/// assert!(error.is_rate_limited() && !error.is_timeout());
/// assert_eq!((error.status(), error.code()), (Some(429), "RATE_LIMITED"));
/// assert_eq!(error.to_string(), "Slow down");
/// # });
/// ```
#[derive(Clone)]
pub struct Error(Arc<Inner>);

struct Inner {
    failure: Failure<Value>,
    operation: &'static str,
    request: Option<String>,
    attempts: u32,
    source: Option<Cause>,
}

/// What is known of a call that failed.
#[derive(Default)]
pub(super) struct Context<'a> {
    pub operation: &'static str,
    pub request: Option<String>,
    pub attempts: u32,
    pub cause: Option<&'a (dyn StdError + 'static)>,
}

impl Error {
    pub(super) fn new(mut failure: Failure<Value>, context: Context<'_>, secrets: &Secrets) -> Self {
        failure.code = secrets.redact(&failure.code);
        failure.message = secrets.redact(&failure.message);
        failure.request_id = failure.request_id.map(|id| secrets.redact(&id));
        failure.details = failure.details.map(|details| secrets.redact_value(&details));
        let Context { operation, request, attempts, cause } = context;
        let source = cause.map(|cause| Cause::of(cause, secrets, 1));
        Self(Arc::new(Inner { failure, operation, request, attempts, source }))
    }

    /// An argument that cannot be used: nothing was sent.
    pub(super) fn invalid(operation: &'static str, problem: &str) -> Self {
        let failure = Failure::from(InvalidArgument(problem.to_owned()));
        Self::new(failure, Context { operation, ..Context::default() }, &Secrets::new(std::iter::empty()))
    }

    /// The server repeats itself.
    pub(super) fn repeating(message: &str) -> Self {
        let failure = Failure { message: message.to_owned(), ..Failure::new(FailureReason::Reported, &[]) };
        let context = Context { operation: "audit.iterate", ..Context::default() };
        Self::new(failure, context, &Secrets::new(std::iter::empty()))
    }

    fn class(&self) -> ErrorClass {
        self.0.failure.class
    }

    /// A word for programs, such as `NETWORK_ERROR` or one that the server chose. `docs/guide/errors.md` lists those of the client.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(403, r#"{"error": {"code": "AGENT_REVOKED", "message": "No"}}"#);
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert_eq!(error.code(), "AGENT_REVOKED");
    /// # });
    /// ```
    pub fn code(&self) -> &str {
        &self.0.failure.code
    }

    /// The HTTP status, if there was a response.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(500, "");
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert_eq!(error.status(), Some(500));
    /// # });
    /// ```
    pub fn status(&self) -> Option<u16> {
        self.0.failure.status
    }

    /// How long the server asks to wait before another try.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.respond(429, &[("retry-after", "7")], "");
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert_eq!(error.retry_after(), Some(std::time::Duration::from_secs(7)));
    /// # });
    /// ```
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.failure.retry_after.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
    }

    /// The id of the request, if the server or a proxy gave it one.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.respond(500, &[("x-request-id", "req-1")], "");
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert_eq!(error.request_id(), Some("req-1"));
    /// # });
    /// ```
    pub fn request_id(&self) -> Option<&str> {
        self.0.failure.request_id.as_deref()
    }

    /// What else the server said about it.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(400, r#"{"error": {"message": "No", "details": {"field": "name"}}}"#);
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert_eq!(error.details().unwrap()["field"], "name");
    /// # });
    /// ```
    pub fn details(&self) -> Option<&Value> {
        self.0.failure.details.as_ref()
    }

    /// Where in the response something is wrong: `$.permissions[2].resource`.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"id": 5}"#);
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert_eq!(error.path(), Some("$.id"));
    /// # });
    /// ```
    pub fn path(&self) -> Option<&str> {
        self.0.failure.path.as_deref()
    }

    /// The response that could not be read. It may hold a token that the server will not show again; it never shows up in print.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"id": 5, "token": "kv_once"}"#);
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert_eq!(error.answer().unwrap()["token"], "kv_once");
    /// assert!(!format!("{error:?}").contains("kv_once"));
    /// # });
    /// ```
    pub fn answer(&self) -> Option<&Value> {
        self.0.failure.answer.as_ref()
    }

    /// The method that was called: `agents.create`.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(500, "");
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert_eq!(error.operation(), "agents.get");
    /// # });
    /// ```
    pub fn operation(&self) -> &str {
        self.0.operation
    }

    /// The last request, without its query: `GET https://app.example/api/kavach/agents`.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(500, "");
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert_eq!(error.request(), Some("GET https://app.example/agents/agent-1"));
    /// # });
    /// ```
    pub fn request(&self) -> Option<&str> {
        self.0.request.as_deref()
    }

    /// The number of requests that were sent.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(500, "");
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert_eq!(error.attempts(), 1);
    /// # });
    /// ```
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether an argument or an option cannot be used. Nothing was sent.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("").await.unwrap_err();
    /// assert!(error.is_invalid_argument() && error.attempts() == 0);
    /// # });
    /// ```
    pub fn is_invalid_argument(&self) -> bool {
        self.code() == ErrorCode::InvalidArgument.name()
    }

    /// Whether the server's dialect has no such route.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// use kavachos_wasm::Client;
    /// use kavachos_wasm::rust_client::Dialect;
    ///
    /// # pollster::block_on(async {
    /// let kavach = Client::builder("https://app.example").dialect(Dialect::Adapter).transport(Script::new()).build().unwrap();
    /// assert!(kavach.mcp().list().await.unwrap_err().is_not_supported());
    /// # });
    /// ```
    pub fn is_not_supported(&self) -> bool {
        self.code() == ErrorCode::NotSupported.name()
    }

    /// Whether it was not answered in time: an attempt exceeded the timeout, or the call its deadline.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.hang();
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert!(error.is_timeout() && error.is_network());
    /// # });
    /// ```
    pub fn is_timeout(&self) -> bool {
        self.class() == ErrorClass::Timeout
    }

    /// Whether there was no response that can be used: the server is unreachable, the connection broke, or time ran out.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.fail(kavachos_wasm::rust_client::TransportError::failed("reset"));
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert!(error.is_network() && !error.is_timeout());
    /// # });
    /// ```
    pub fn is_network(&self) -> bool {
        matches!(self.class(), ErrorClass::Network | ErrorClass::Timeout)
    }

    /// Whether the server answered 401.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(401, "");
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert!(error.is_unauthorized());
    /// # });
    /// ```
    pub fn is_unauthorized(&self) -> bool {
        self.class() == ErrorClass::Authentication
    }

    /// Whether the server answered 403. (A denied decision is no error.)
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(403, "");
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert!(error.is_forbidden());
    /// # });
    /// ```
    pub fn is_forbidden(&self) -> bool {
        self.class() == ErrorClass::Permission
    }

    /// Whether the server answered 404, or has no such route.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(404, r#"{"error": {"code": "NOT_FOUND", "message": "No such agent"}}"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// assert!(kavach.agents().rotate("agent-1").await.unwrap_err().is_not_found());
    /// # });
    /// ```
    pub fn is_not_found(&self) -> bool {
        self.class() == ErrorClass::NotFound
    }

    /// Whether the server answered 429.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(429, "");
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert!(error.is_rate_limited());
    /// # });
    /// ```
    pub fn is_rate_limited(&self) -> bool {
        self.class() == ErrorClass::RateLimit
    }

    /// Whether the server answered 500 or above.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(500, "");
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert!(error.is_server());
    /// # });
    /// ```
    pub fn is_server(&self) -> bool {
        self.class() == ErrorClass::Server
    }

    /// Whether the response does not say what it should.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, "[]");
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").transport(script).max_retries(0).build().unwrap();
    /// # pollster::block_on(async {
    /// let error = kavach.agents().get("agent-1").await.unwrap_err();
    /// assert!(error.is_decode());
    /// # });
    /// ```
    pub fn is_decode(&self) -> bool {
        self.class() == ErrorClass::Decode
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.failure.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { failure, operation, request, attempts, source } = &*self.0;
        let mut shown = formatter.debug_struct(failure.class.name());
        shown.field("code", &failure.code).field("message", &failure.message).field("operation", operation);
        if let Some(status) = failure.status {
            shown.field("status", &status);
        }
        if let Some(request) = request {
            shown.field("request", request).field("attempts", attempts);
        }
        if let Some(source) = source {
            shown.field("source", source);
        }
        shown.finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}

/// What an error of the platform, or of a token function, says: a copy without secrets. The error itself may hold the request.
struct Cause {
    text: String,
    source: Option<Box<Cause>>,
}

/// Characters of a text, and errors in a chain.
const MOST: usize = 1000;
const DEEPEST: u32 = 5;

impl Cause {
    fn of(error: &(dyn StdError + 'static), secrets: &Secrets, depth: u32) -> Self {
        // Cut after the secrets are out: the part of one would not be found.
        let text = secrets.redact(&error.to_string()).chars().take(MOST).collect();
        let inner = error.source().filter(|_| depth < DEEPEST);
        Self { text, source: inner.map(|inner| Box::new(Self::of(inner, secrets, depth + 1))) }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_tuple("Cause");
        shown.field(&self.text);
        if let Some(source) = &self.source {
            shown.field(source);
        }
        shown.finish()
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
