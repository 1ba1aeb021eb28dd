//! Answers: what each dialect wraps around a value, and how each writes an error.

use crate::db;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};
use std::str::FromStr;

/// Pages of this server are forms: they run no script, load nothing, and are shown in no frame.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// The wire dialect that the server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// What the official SDKs expect: bare values.
    Sdk,
    /// What the shipped adapters serve: `{data: …}`.
    Adapter,
}

impl FromStr for Dialect {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "sdk" => Ok(Self::Sdk),
            "adapter" => Ok(Self::Adapter),
            _ => Err("there are the dialects sdk and adapter"),
        }
    }
}

/// A successful answer.
pub enum Answer {
    /// A value, in the dialect's envelope.
    Value(u16, Value),
    /// A decision, which the adapter answers with 403 if it is a denial.
    Decision(Value),
    /// A value that no dialect wraps.
    Bare(u16, Value),
    /// A file, with its type and name.
    File(&'static str, &'static str, String),
    /// Nothing.
    None,
    /// Signed out: the adapter also takes the session cookie back.
    SignedOut,
    /// The browser is sent elsewhere.
    Redirect(String),
    /// A page.
    Html(u16, String),
    /// An answer with more headers.
    With(Vec<(HeaderName, String)>, Box<Answer>),
}

impl Answer {
    /// The answer with one more header.
    pub fn with(self, name: HeaderName, value: impl Into<String>) -> Self {
        Self::With(vec![(name, value.into())], Box::new(self))
    }
}

/// An error answer.
#[derive(Debug)]
pub struct Problem {
    /// The status.
    pub status: u16,
    /// A word for programs; without one the adapter writes `{"error": "text"}`.
    pub code: Option<&'static str>,
    /// A sentence for people.
    pub message: String,
    /// What is sent instead of the dialect's error, if anything.
    special: Option<Special>,
}

/// A body that is not one of a dialect's errors.
#[derive(Debug)]
enum Special {
    Plain,
    Json(Value),
    Empty,
}

impl Problem {
    /// An error with a code.
    pub fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code: Some(code), message: message.into(), special: None }
    }

    /// An error that adapters report as text alone.
    pub fn text(status: u16, message: impl Into<String>) -> Self {
        Self { status, code: None, message: message.into(), special: None }
    }

    /// An error without a body.
    pub fn empty(status: u16) -> Self {
        Self { special: Some(Special::Empty), ..Self::text(status, "") }
    }

    /// An error that is plain text.
    pub fn plain(status: u16, text: &str) -> Self {
        Self { special: Some(Special::Plain), ..Self::text(status, text) }
    }

    /// An error of OAuth.
    pub fn oauth(status: u16, error: &str, description: &str) -> Self {
        Self::body(status, json!({ "error": error, "error_description": description }))
    }

    /// An error with a separate JSON body.
    pub fn body(status: u16, body: Value) -> Self {
        Self { special: Some(Special::Json(body)), ..Self::text(status, "") }
    }
}

impl From<db::Error> for Problem {
    fn from(error: db::Error) -> Self {
        Self::new(500, "INTERNAL_ERROR", error.to_string())
    }
}

/// What a handler returns.
pub type Outcome = Result<Answer, Problem>;

impl Dialect {
    /// Writes an outcome as this dialect writes it.
    pub fn write(self, outcome: Outcome) -> Response<Bytes> {
        match outcome {
            Ok(Answer::Value(status, value)) => json_response(status, &self.wrapped(value)),
            Ok(Answer::Decision(decision)) => {
                let denied = decision["allowed"] == false;
                let status = if denied && self == Self::Adapter { 403 } else { 200 };
                json_response(status, &self.wrapped(decision))
            }
            Ok(Answer::Bare(status, value)) => json_response(status, &value),
            Ok(Answer::File(kind, name, text)) => response(200, kind, text, |builder| {
                builder.header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
            }),
            Ok(Answer::SignedOut) if self == Self::Adapter => {
                response(200, "application/json", json!({ "success": true }).to_string(), |builder| {
                    let cookie = "kavach_session=; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=0";
                    builder.header(header::SET_COOKIE, cookie)
                })
            }
            Ok(Answer::None | Answer::SignedOut) => empty(204),
            Ok(Answer::Redirect(location)) => {
                let mut response = empty(302);
                if let Ok(location) = HeaderValue::from_str(&location) {
                    response.headers_mut().insert(header::LOCATION, location);
                }
                response
            }
            Ok(Answer::Html(status, page)) => response(status, "text/html; charset=UTF-8", page, |builder| {
                builder.header(header::CONTENT_SECURITY_POLICY, PAGE_POLICY).header(header::CACHE_CONTROL, "no-store")
            }),
            Ok(Answer::With(headers, answer)) => {
                let mut response = self.write(Ok(*answer));
                for (name, value) in headers {
                    if let Ok(value) = HeaderValue::from_str(&value) {
                        response.headers_mut().append(name, value);
                    }
                }
                response
            }
            Err(problem) => self.write_problem(&problem),
        }
    }

    fn write_problem(self, problem: &Problem) -> Response<Bytes> {
        match &problem.special {
            None => json_response(problem.status, &self.error(problem)),
            Some(Special::Json(body)) => json_response(problem.status, body),
            Some(Special::Plain) => {
                response(problem.status, "text/plain; charset=UTF-8", problem.message.clone(), |builder| builder)
            }
            Some(Special::Empty) => empty(problem.status),
        }
    }

    fn wrapped(self, value: Value) -> Value {
        match self {
            Self::Sdk => value,
            Self::Adapter => json!({ "data": value }),
        }
    }

    fn error(self, Problem { status, code, message, .. }: &Problem) -> Value {
        match (self, code) {
            (Self::Adapter, Some(code)) => json!({ "error": { "code": code, "message": message } }),
            (Self::Adapter, None) => json!({ "error": message }),
            (Self::Sdk, code) => json!({ "code": code.unwrap_or(generic_code(*status)), "message": message }),
        }
    }
}

const fn generic_code(status: u16) -> &'static str {
    match status {
        401 => "UNAUTHORIZED",
        429 => "RATE_LIMITED",
        _ => "BAD_REQUEST",
    }
}

fn json_response(status: u16, value: &Value) -> Response<Bytes> {
    response(status, "application/json", value.to_string(), |builder| builder)
}

fn response(
    status: u16,
    kind: &str,
    text: String,
    more: impl FnOnce(http::response::Builder) -> http::response::Builder,
) -> Response<Bytes> {
    let builder = more(Response::builder().status(status).header(header::CONTENT_TYPE, kind));
    builder.body(Bytes::from(text)).unwrap_or_else(|_| empty(500))
}

fn empty(status: u16) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}
