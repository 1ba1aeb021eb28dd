//! A failed call.

use super::invalid_argument::InvalidArgument;
use super::reply::{Payload, Reply};
use crate::http::{ErrorClass, FailureReason, is_code, is_message};
use crate::schema::{Json, Kind};
use crate::text::digits;

/// A failed call.
#[derive(Clone, Debug)]
pub struct Failure<J> {
    /// The class of the error.
    pub class: ErrorClass,
    /// A word for programs.
    pub code: String,
    /// A sentence for people.
    pub message: String,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// How long to wait before another try, in seconds, if the server said so.
    pub retry_after: Option<f64>,
    /// The id of the request, if the server or a proxy gave it one.
    pub request_id: Option<String>,
    /// What else the server said about it.
    pub details: Option<J>,
    /// Where in the answer something is wrong: `$.permissions[2].resource`.
    pub path: Option<String>,
    /// The answer that could not be read. It may hold a token that the server will not show again, so the caller can get at it;
    /// it never shows up in print.
    pub answer: Option<J>,
}

impl<J> Failure<J> {
    /// A failure for `reason`, with these words in the places of its sentence.
    pub fn new(reason: FailureReason, words: &[(&str, &str)]) -> Self {
        let mut message = reason.message().to_owned();
        for (name, word) in words {
            message = message.replace(&["{", name, "}"].concat(), word);
        }
        Self {
            class: reason.class(),
            code: reason.code().name().to_owned(),
            message,
            status: None,
            retry_after: None,
            request_id: None,
            details: None,
            path: None,
            answer: None,
        }
    }
}

impl<J> From<InvalidArgument> for Failure<J> {
    fn from(InvalidArgument(message): InvalidArgument) -> Self {
        Self::new(FailureReason::InvalidArgument, &[("problem", &message)])
    }
}

impl<J: Json> Failure<J> {
    /// A failure that a reply leads to. `words` says what else is known for the sentence.
    pub fn of(reason: FailureReason, reply: &Reply<J>, words: &[(&str, &str)]) -> Self {
        let content_type = if reply.content_type.is_empty() { "no content type" } else { &reply.content_type };
        let status = digits(reply.status.into());
        let known = [words, &[("status", &status), ("type", content_type)]].concat();
        let mut failure = Self {
            status: Some(reply.status),
            request_id: reply.request_id.clone(),
            retry_after: reply.retry_after,
            ..Self::new(reason, &known)
        };
        if reason.code() == crate::http::ErrorCode::ApiError {
            failure.read(reply);
        }
        failure
    }

    /// Reads what the server says, in any of the forms that servers use.
    fn read(&mut self, reply: &Reply<J>) {
        match &reply.payload {
            Payload::Json(body) => {
                let reported = Reported::of(body);
                if let Some(code) = reported.code.filter(|code| is_code(code)) {
                    self.code = code;
                }
                if let Some(message) = reported.message {
                    self.message = message;
                }
                self.details = reported.details;
            }
            Payload::Text(text) if !reply.is_html() => {
                if let Some(text) = text.text().filter(|text| is_message(text)) {
                    self.message = text.trim_ascii().to_owned();
                }
            }
            _ => {}
        }
    }
}

/// What an error response says.
pub struct Reported<J> {
    code: Option<String>,
    /// The sentence, unless it is empty.
    pub message: Option<String>,
    details: Option<J>,
}

impl<J: Json> Reported<J> {
    /// What `body` says.
    pub fn of(body: &J) -> Self {
        let error = body.get("error");
        let inner = if error.kind() == Kind::Object { &error } else { body };
        // `{error: "invalid_grant", error_description: "…"}`: the first is a word, not a sentence.
        let described = body.get("error_description").text();
        let word = described.is_some().then(|| error.text()).flatten();
        let message = inner.get("message").text().or(described).or_else(|| error.text());
        let details = inner.get("details");
        Self {
            code: inner.get("code").text().or(word),
            message: message.filter(|message| !message.is_empty()),
            details: (!details.is_absent()).then_some(details),
        }
    }
}
