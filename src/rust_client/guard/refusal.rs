//! Refusals: why a request does not get through, and the response to it. A stranger learns nothing from it but what is wrong with the
//! token or the request. The holder of a valid token learns the reason of the decision, in the server's words.

use super::cors::add_headers;
use super::decision::GuardDecision;
use crate::client::encode_component;
use crate::guard::{Problem, Row};
use crate::rust_client::Error;
use crate::rust_client::url::origin;
use ::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use ::http::{HeaderMap, HeaderValue, Response, StatusCode};
use serde_json::json;
use std::error::Error as StdError;
use std::fmt;

/// What stands after `Bearer` in `WWW-Authenticate`, but for the error.
pub(super) struct Challenge {
    realm: String,
    scope: Option<String>,
    metadata: Option<String>,
}

impl Challenge {
    /// # Errors
    /// Says which option cannot stand in a header.
    pub fn new(realm: &str, scope: Option<&str>, metadata: Option<&str>) -> Result<Self, &'static str> {
        if !is_quotable(realm) {
            return Err("options.realm must be a string of visible ASCII characters, without quotes and backslashes");
        }
        if !scope.is_none_or(is_scope) {
            return Err("options.scope must be scopes separated by single spaces");
        }
        if !metadata.is_none_or(|url| is_quotable(url) && origin(url).is_some()) {
            return Err("options.resourceMetadata must be an absolute URL");
        }
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Ok(Self { realm: realm.to_owned(), scope: owned(scope), metadata: owned(metadata) })
    }

    /// Asks for these scopes, unless they are none.
    pub fn set_scope(&mut self, scope: Option<String>) {
        self.scope = scope.filter(|scope| is_scope(scope));
    }

    fn header(&self, error: &str) -> Option<HeaderValue> {
        let mut text = ["Bearer realm=\"", &self.realm, "\""].concat();
        let error = Some(error).filter(|error| !error.is_empty());
        let more =
            [("error", error), ("scope", self.scope.as_deref()), ("resource_metadata", self.metadata.as_deref())];
        for (name, value) in more {
            if let Some(value) = value {
                text.push_str(&[", ", name, "=\"", value, "\""].concat());
            }
        }
        HeaderValue::try_from(text).ok()
    }
}

/// Whether a text can stand between quotes in a header as it is.
fn is_quotable(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'!' | b'#'..=b'[' | b']'..=b'~'))
}

/// Whether a text is a list of scopes (RFC 6750, section 3).
fn is_scope(text: &str) -> bool {
    text.split(' ').all(|word| !word.is_empty() && is_quotable(word))
}

/// A refusal, with the response to send. See [`Client::guard`](crate::Client::guard).
///
/// ```
/// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
/// # use kavachos_wasm::rust_client::Rule;
/// # pollster::block_on(async {
/// let refusal = kavach.guard(&http::HeaderMap::new(), Rule::token_only()).await.unwrap_err();
/// assert_eq!((refusal.status(), refusal.reason()), (401, "missing_token"));
/// # });
/// ```
pub struct Refusal(Box<Inner>);

struct Inner {
    /// `None` for a preflight, and for the response of a rule.
    problem: Option<Problem>,
    reason: String,
    response: Response<String>,
    decision: Option<GuardDecision>,
    error: Option<Error>,
    /// What the rule failed with.
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

impl Refusal {
    pub(super) fn new(problem: Problem, challenge: &Challenge) -> Self {
        Self::with(problem, Some(challenge), None, None, None, None)
    }

    /// There is no decision.
    pub(super) fn unavailable(error: Option<Error>) -> Self {
        Self::with(Problem::Unavailable, None, None, None, None, error)
    }

    /// The rule has failed.
    pub(super) fn of_rule(problem: Problem, error: Box<dyn StdError + Send + Sync>) -> Self {
        let mut refusal = Self::with(problem, None, None, None, None, None);
        refusal.0.cause = Some(error);
        refusal
    }

    /// The rule has this response.
    pub(super) fn with_response(response: Response<String>) -> Self {
        let reason = "refused".to_owned();
        Self(Box::new(Inner { problem: None, reason, response, decision: None, error: None, cause: None }))
    }

    /// The request is a preflight.
    pub(super) fn preflight(headers: HeaderMap) -> Self {
        let mut response = Response::new(String::new());
        *response.status_mut() = StatusCode::NO_CONTENT;
        *response.headers_mut() = headers;
        let mut refusal = Self::with_response(response);
        refusal.0.reason = "preflight".to_owned();
        refusal
    }

    /// With these headers, unless the response has its own.
    pub(super) fn with_headers(mut self, headers: &HeaderMap, is_refusal: bool) -> Self {
        add_headers(self.0.response.headers_mut(), headers, is_refusal);
        self
    }

    /// The server has decided.
    pub(super) fn denial(mut decision: GuardDecision, token: &str, challenge: &Challenge) -> Self {
        let reason = decision.decision.reason.take();
        let problem = Problem::of_denial(reason.as_deref().unwrap_or_default());
        let mut encoded = String::new();
        encode_component(token, &mut encoded);
        // A reason that repeats the token is not passed on.
        decision.decision.reason = reason.filter(|reason| !reason.contains(token) && !reason.contains(&encoded));
        let is_shown = |reason: &String| problem != Problem::InvalidToken && !reason.is_empty();
        let detail = decision.reason.clone().filter(is_shown);
        Self::with(problem, Some(challenge), detail, None, Some(decision), None)
    }

    /// The server gave no decision, but an error. 401 is about the token that was asked with, which is the caller's. Any other status
    /// is about the server or the way to it: a page that says 403 is no decision.
    pub(super) fn failure(error: Error, challenge: &Challenge) -> Self {
        let problem = match () {
            () if error.is_unauthorized() => Problem::InvalidToken,
            () if error.is_rate_limited() => Problem::RateLimited,
            () => Problem::Unavailable,
        };
        let wait = error.retry_after().map(|wait| wait.as_secs_f64().ceil() as u64);
        Self::with(problem, Some(challenge), None, wait, None, Some(error))
    }

    fn with(
        problem: Problem,
        challenge: Option<&Challenge>,
        detail: Option<String>,
        wait: Option<u64>,
        decision: Option<GuardDecision>,
        error: Option<Error>,
    ) -> Self {
        let Row { name, status, title, error: code, .. } = problem.row();
        let is_denied = status == 403 || problem == Problem::InvalidToken;
        let reason = if is_denied { "denied".to_owned() } else { name.replace('-', "_") };
        let detail = detail.as_deref().unwrap_or(title);
        let kind = ["urn:kavachos:problem:", name].concat();
        let body = json!({ "type": kind, "title": title, "status": status, "detail": detail, "code": reason });
        let mut response = Response::new(body.to_string());
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(value) = code.zip(challenge).and_then(|(code, challenge)| challenge.header(code)) {
            headers.insert(WWW_AUTHENTICATE, value);
        }
        if let Some(wait) = wait {
            headers.insert(RETRY_AFTER, HeaderValue::from(wait));
        }
        Self(Box::new(Inner { problem: Some(problem), reason, response, decision, error, cause: None }))
    }

    /// Why the request is refused; `None` for a preflight, and for the response of a rule.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// use kavachos_wasm::rust_client::{Problem, Rule};
    ///
    /// # pollster::block_on(async {
    /// let refusal = kavach.guard(&http::HeaderMap::new(), Rule::token_only()).await.unwrap_err();
    /// assert_eq!(refusal.problem(), Some(Problem::MissingToken));
    /// # });
    /// ```
    pub fn problem(&self) -> Option<Problem> {
        self.0.problem
    }

    /// Why, in a word for programs, which is the member `code` of the body: `missing_token`, `malformed_token`, `denied`,
    /// `rate_limited`, `invalid_request`, `request_too_large`, `refused` (by the rule), `preflight` or `unavailable`.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": false, "auditId": "a", "reason": "No permission grants it"}"#);
    /// # let kavach = script.client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # let mut headers = http::HeaderMap::new();
    /// # headers.insert("authorization", "Bearer kv_agent".parse().unwrap());
    /// # pollster::block_on(async {
    /// let refusal = kavach.guard(&headers, Rule::new("read", "files")).await.unwrap_err();
    /// assert_eq!(refusal.reason(), "denied");
    /// # });
    /// ```
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The HTTP status of the response.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # pollster::block_on(async {
    /// let refusal = kavach.guard(&http::HeaderMap::new(), Rule::token_only()).await.unwrap_err();
    /// assert_eq!(refusal.status(), 401);
    /// # });
    /// ```
    pub fn status(&self) -> u16 {
        self.0.response.status().as_u16()
    }

    /// The headers of the response.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # pollster::block_on(async {
    /// let refusal = kavach.guard(&http::HeaderMap::new(), Rule::token_only()).await.unwrap_err();
    /// assert_eq!(refusal.headers()["content-type"], "application/problem+json");
    /// # });
    /// ```
    pub fn headers(&self) -> &HeaderMap {
        self.0.response.headers()
    }

    /// The body of the response: problem details in JSON (RFC 9457), or what a rule answers.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # pollster::block_on(async {
    /// let refusal = kavach.guard(&http::HeaderMap::new(), Rule::token_only()).await.unwrap_err();
    /// assert!(refusal.body().contains("urn:kavachos:problem:missing-token"));
    /// # });
    /// ```
    pub fn body(&self) -> &str {
        self.0.response.body()
    }

    /// The decision, if there is one.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # pollster::block_on(async {
    /// let refusal = kavach.guard(&http::HeaderMap::new(), Rule::token_only()).await.unwrap_err();
    /// assert!(refusal.decision().is_none(), "without a token nobody is asked");
    /// # });
    /// ```
    pub fn decision(&self) -> Option<&GuardDecision> {
        self.0.decision.as_ref()
    }

    /// The error of the call to the server, if that is why there is no decision. It is for your log.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(500, "");
    /// # let kavach = script.client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # let mut headers = http::HeaderMap::new();
    /// # headers.insert("authorization", "Bearer kv_agent".parse().unwrap());
    /// # pollster::block_on(async {
    /// let refusal = kavach.guard(&headers, Rule::new("read", "files")).await.unwrap_err();
    /// assert!(refusal.status() == 503 && refusal.error().unwrap().is_server());
    /// # });
    /// ```
    pub fn error(&self) -> Option<&Error> {
        self.0.error.as_ref()
    }

    /// What the rule failed with, if it did. It is for your log.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// use kavachos_wasm::rust_client::{Rule, RuleError};
    ///
    /// # let mut headers = http::HeaderMap::new();
    /// # headers.insert("authorization", "Bearer kv_agent".parse().unwrap());
    /// # pollster::block_on(async {
    /// let rule = Rule::from_future(async { Err(RuleError::failed("the database is unreachable")) });
    /// let refusal = kavach.guard(&headers, rule).await.unwrap_err();
    /// assert_eq!(refusal.rule_error().unwrap().to_string(), "the database is unreachable");
    /// assert!(refusal.status() == 503 && !refusal.body().contains("database"));
    /// # });
    /// ```
    pub fn rule_error(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        self.0.cause.as_deref()
    }

    /// The response, which axum takes as it is, and workers-rs with its feature `http`.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # pollster::block_on(async {
    /// let refusal = kavach.guard(&http::HeaderMap::new(), Rule::token_only()).await.unwrap_err();
    /// let response: http::Response<String> = refusal.into_response();
    /// assert_eq!(response.status(), 401);
    /// # });
    /// ```
    pub fn into_response(self) -> Response<String> {
        self.0.response
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { reason, problem, decision, error, .. } = &*self.0;
        formatter
            .debug_struct("Refusal")
            .field("reason", reason)
            .field("problem", problem)
            .field("decision", decision)
            .field("error", error)
            .finish_non_exhaustive()
    }
}
