//! Answers: what each dialect wraps around a value, and how each writes an error.

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use serde_json::{Value, json};
use std::str::FromStr;

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
}

impl Problem {
    /// An error with a code.
    pub fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code: Some(code), message: message.into() }
    }

    /// An error that adapters report as text alone.
    pub fn text(status: u16, message: &str) -> Self {
        Self { status, code: None, message: message.to_owned() }
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        let message = match &error {
            rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
            rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
            other => other.to_string(),
        };
        Self::new(500, "INTERNAL_ERROR", message)
    }
}

/// What a handler returns.
pub type Outcome = Result<Answer, Problem>;

impl Dialect {
    /// Writes an outcome as this dialect writes it.
    pub fn write(self, outcome: Outcome) -> Response<Body> {
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
            Ok(Answer::None | Answer::SignedOut) => empty(),
            Err(problem) => json_response(problem.status, &self.error(&problem)),
        }
    }

    /// The answer to a route that does not exist.
    pub fn missing_route(self) -> Response<Body> {
        response(404, "text/plain; charset=UTF-8", "404 Not Found".to_owned(), |builder| builder)
    }

    fn wrapped(self, value: Value) -> Value {
        match self {
            Self::Sdk => value,
            Self::Adapter => json!({ "data": value }),
        }
    }

    fn error(self, Problem { status, code, message }: &Problem) -> Value {
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

fn json_response(status: u16, value: &Value) -> Response<Body> {
    response(status, "application/json", value.to_string(), |builder| builder)
}

fn response(
    status: u16,
    kind: &str,
    text: String,
    more: impl FnOnce(axum::http::response::Builder) -> axum::http::response::Builder,
) -> Response<Body> {
    let builder = more(Response::builder().status(status).header(header::CONTENT_TYPE, kind));
    builder.body(Body::from(text)).unwrap_or_else(|_| empty())
}

fn empty() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}
