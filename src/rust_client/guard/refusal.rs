//! Refusals: why a request does not get through, and the response to it. A stranger learns nothing from it but what is wrong with the
//! token or the request. The holder of a valid token learns the reason of the decision, in the server's words.

use super::Decision;
use super::error::Error;
use crate::client::encode_component;
use ::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use ::http::{HeaderMap, HeaderValue, Response, StatusCode};
use serde_json::json;
use std::fmt;

/// Why a request is refused, as in the `type` of the response (RFC 9457).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
#[non_exhaustive]
pub enum Problem {
    MissingToken,
    MalformedToken,
    InvalidToken,
    InsufficientScope,
    RateLimited,
    RequestTooLarge,
    Unavailable,
    ApprovalRequired,
    OutsideTimeWindow,
    ArgumentsNotAllowed,
    AddressNotAllowed,
    Denied,
}

/// Name, status, title, and the error code of RFC 6750 where another token would help.
type Row = (&'static str, u16, &'static str, Option<&'static str>);

const NOT_ALLOWED: &str = "The token may not do this.";

impl Problem {
    const fn row(self) -> Row {
        match self {
            Self::MissingToken => ("missing-token", 401, "This resource needs a bearer token.", Some("")),
            Self::MalformedToken => (
                "malformed-token",
                401,
                "The header Authorization does not hold one bearer token.",
                Some("invalid_token"),
            ),
            Self::InvalidToken => {
                ("invalid-token", 401, "The bearer token is not valid, or not any more.", Some("invalid_token"))
            }
            Self::InsufficientScope => ("insufficient-scope", 403, NOT_ALLOWED, Some("insufficient_scope")),
            Self::RateLimited => ("rate-limited", 429, "Too many calls.", None),
            Self::RequestTooLarge => ("request-too-large", 413, "The arguments of the call are too large.", None),
            Self::Unavailable => {
                ("unavailable", 503, "Whether this is allowed could not be decided. Try again later.", None)
            }
            Self::ApprovalRequired => ("approval-required", 403, NOT_ALLOWED, None),
            Self::OutsideTimeWindow => ("outside-time-window", 403, NOT_ALLOWED, None),
            Self::ArgumentsNotAllowed => ("arguments-not-allowed", 403, NOT_ALLOWED, None),
            Self::AddressNotAllowed => ("address-not-allowed", 403, NOT_ALLOWED, None),
            Self::Denied => ("denied", 403, NOT_ALLOWED, None),
        }
    }
}

/// What a denial is about, by the words of the server (PROTOCOL: reasons are English sentences, word for word).
pub(super) fn problem_of_denial(reason: Option<&str>) -> Problem {
    let reason = reason.unwrap_or_default();
    let is_agent =
        reason.starts_with("Agent \"") && (reason.ends_with("\" is revoked") || reason.ends_with("\" is expired"));
    match () {
        () if reason.starts_with("No permission grants ") => Problem::InsufficientScope,
        () if reason == "Invalid or expired agent token" || is_agent => Problem::InvalidToken,
        () if reason.starts_with("Rate limit exceeded") => Problem::RateLimited,
        () if reason.starts_with("This action requires human approval") => Problem::ApprovalRequired,
        () if reason.starts_with("Action is only allowed between ") => Problem::OutsideTimeWindow,
        () if reason.starts_with("Argument \"") => Problem::ArgumentsNotAllowed,
        () if reason.starts_with("IP_NOT_ALLOWED:") => Problem::AddressNotAllowed,
        () => Problem::Denied,
    }
}

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
        let is_quotable = |text: &str| text.bytes().all(|byte| matches!(byte, b' ' | b'!' | b'#'..=b'[' | b']'..=b'~'));
        let is_scope =
            |text: &str| !text.is_empty() && text.split(' ').all(|word| !word.is_empty() && is_quotable(word));
        if !is_quotable(realm) {
            return Err("options.realm must be a string of visible ASCII characters, without quotes and backslashes");
        }
        if !scope.is_none_or(is_scope) {
            return Err("options.scope must be scopes separated by single spaces");
        }
        if !metadata.is_none_or(|url| is_quotable(url) && super::url::origin(url).is_some()) {
            return Err("options.resourceMetadata must be an absolute URL");
        }
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Ok(Self { realm: realm.to_owned(), scope: owned(scope), metadata: owned(metadata) })
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

/// A refusal, with the response to send. See [`Client::guard`](super::Client::guard).
pub struct Refusal(Box<Inner>);

struct Inner {
    problem: Problem,
    headers: HeaderMap,
    body: String,
    decision: Option<Decision>,
    error: Option<Error>,
}

impl Refusal {
    pub(super) fn new(problem: Problem, challenge: &Challenge) -> Self {
        Self::with(problem, Some(challenge), None, None, None, None)
    }

    /// There is no decision.
    pub(super) fn unavailable(error: Option<Error>) -> Self {
        Self::with(Problem::Unavailable, None, None, None, None, error)
    }

    /// The server has decided.
    pub(super) fn denial(decision: Decision, token: &str, challenge: &Challenge) -> Self {
        let problem = problem_of_denial(decision.reason.as_deref());
        let mut encoded = String::new();
        encode_component(token, &mut encoded);
        // A server that repeats the token in its reason is not quoted.
        let reason = decision.reason.filter(|reason| !reason.contains(token) && !reason.contains(&encoded));
        let detail = reason.clone().filter(|reason| problem != Problem::InvalidToken && !reason.is_empty());
        Self::with(problem, Some(challenge), detail, None, Some(Decision { reason, ..decision }), None)
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
        decision: Option<Decision>,
        error: Option<Error>,
    ) -> Self {
        let (name, status, title, code) = problem.row();
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(value) = code.zip(challenge).and_then(|(code, challenge)| challenge.header(code)) {
            headers.insert(WWW_AUTHENTICATE, value);
        }
        if let Some(wait) = wait {
            headers.insert(RETRY_AFTER, HeaderValue::from(wait));
        }
        let is_denied = status == 403 || problem == Problem::InvalidToken;
        let code = if is_denied { "denied".to_owned() } else { name.replace('-', "_") };
        let detail = detail.as_deref().unwrap_or(title);
        let kind = ["urn:kavachos:problem:", name].concat();
        let body =
            json!({ "type": kind, "title": title, "status": status, "detail": detail, "code": code }).to_string();
        Self(Box::new(Inner { problem, headers, body, decision, error }))
    }

    /// Why the request is refused.
    pub fn problem(&self) -> Problem {
        self.0.problem
    }

    /// The HTTP status of the response: 401, 403, 413, 429 or 503.
    pub fn status(&self) -> u16 {
        self.0.problem.row().1
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body of the response: problem details in JSON (RFC 9457).
    pub fn body(&self) -> &str {
        &self.0.body
    }

    /// The decision, if the server has taken one.
    pub fn decision(&self) -> Option<&Decision> {
        self.0.decision.as_ref()
    }

    /// The error, if there is no decision.
    pub fn error(&self) -> Option<&Error> {
        self.0.error.as_ref()
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
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        let Inner { headers, body, .. } = *self.0;
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { problem, decision, error, .. } = &*self.0;
        formatter
            .debug_struct("Refusal")
            .field("problem", problem)
            .field("decision", decision)
            .field("error", error)
            .finish_non_exhaustive()
    }
}
