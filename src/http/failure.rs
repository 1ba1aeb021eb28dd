//! Why a call failed, before it becomes a JavaScript error.

use super::argument::InvalidArgument;
use super::reply::{Payload, Reply};
use crate::schema::{Json, Kind};
use crate::text::{digits, text};

/// Which error class a failure becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
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

impl FailureKind {
    /// The name of the error class.
    pub const fn class(self) -> &'static str {
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

    const fn of(status: u16) -> Self {
        match status {
            401 => Self::Authentication,
            403 => Self::Permission,
            404 => Self::NotFound,
            429 => Self::RateLimit,
            500.. => Self::Server,
            _ => Self::Plain,
        }
    }
}

/// A failed call.
#[derive(Clone, Debug)]
pub struct Failure<J> {
    /// Which error class it becomes.
    pub kind: FailureKind,
    /// A word for programs.
    pub code: String,
    /// A sentence for people.
    pub message: String,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// How long to wait before another try, in seconds, if the server said so.
    pub retry_after: Option<f64>,
    /// How often the request was sent; 0 if it was not.
    pub attempts: u32,
    /// What the server or its proxy calls the request, if it says so.
    pub request_id: Option<String>,
    /// What else the server said about it.
    pub details: Option<J>,
    /// Where in the answer something is wrong: `$.permissions[2].resource`.
    pub path: Option<String>,
    /// The answer that could not be read. It may hold a token that the server will not show again,
    /// so the caller can get at it; it never shows up in print.
    pub answer: Option<J>,
    /// What the host threw, if it did.
    pub cause: Option<J>,
}

impl<J> Failure<J> {
    /// A failure without an answer.
    pub fn new(kind: FailureKind, code: &str, message: String) -> Self {
        Self {
            kind,
            code: code.to_owned(),
            message,
            status: None,
            retry_after: None,
            attempts: 0,
            request_id: None,
            details: None,
            path: None,
            answer: None,
            cause: None,
        }
    }
}

impl<J> From<InvalidArgument> for Failure<J> {
    fn from(InvalidArgument(message): InvalidArgument) -> Self {
        Self::new(FailureKind::Plain, "INVALID_ARGUMENT", message)
    }
}

impl<J: Json> Failure<J> {
    /// An answer that is not what it should be: `asked` was answered, but `problem`.
    pub fn undecodable(asked: &str, reply: &Reply<J>, problem: &str) -> Self {
        let content_type = if reply.content_type.is_empty() { "no content type" } else { &reply.content_type };
        let message = text(&[asked, " answered ", &digits(reply.status.into()), " (", content_type, "): ", problem]);
        Self {
            status: Some(reply.status),
            request_id: reply.request_id.clone(),
            ..Self::new(FailureKind::Decode, "DECODE_ERROR", message)
        }
    }

    /// An answer that reports an error, in any of the forms that servers use.
    pub fn reported(reply: &Reply<J>) -> Self {
        let mut failure =
            Self::new(FailureKind::of(reply.status), "API_ERROR", text(&["HTTP ", &digits(reply.status.into())]));
        failure.status = Some(reply.status);
        failure.request_id = reply.request_id.clone();
        failure.retry_after = reply.retry_after;
        match &reply.payload {
            Payload::Json(body) => failure.read(body),
            Payload::Text(text) if !reply.is_html() => {
                if let Some(text) = text.text().filter(|text| is_sentence(text)) {
                    failure.message = text.trim_ascii().to_owned();
                }
            }
            _ => {}
        }
        failure
    }

    fn read(&mut self, body: &J) {
        let error = body.get("error");
        let inner = if error.kind() == Kind::Object { &error } else { body };
        let code = inner.get("code").text();
        // `{error: "invalid_grant", error_description: "…"}`: the first is a word, not a sentence.
        let described = body.get("error_description").text();
        if let Some(code) =
            code.or_else(|| described.is_some().then(|| error.text()).flatten()).filter(|said| is_word(said))
        {
            self.code = code;
        }
        let message = inner.get("message").text().or(described).or_else(|| error.text());
        if let Some(message) = message.filter(|said| !said.is_empty()) {
            self.message = message;
        }
        let details = inner.get("details");
        if !details.is_absent() {
            self.details = Some(details);
        }
    }
}

/// Whether a code is one: a word that programs compare, not a sentence.
fn is_word(code: &str) -> bool {
    (1..=64).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether a plain-text body reads like a message rather than a page, a dump or broken JSON.
fn is_sentence(text: &str) -> bool {
    let text = text.trim_ascii();
    text.len() <= 300 && text.bytes().next().is_some_and(|first| !matches!(first, b'<' | b'{' | b'['))
}
