//! Making sense of an answer: a checked value, a decision, `null`, or a failure.

use super::envelope::{Opened, open};
use super::failure::Failure;
use super::operation::Operation;
use super::reply::{Payload, Reply};
use crate::schema::{
    AuditEntry, AuthResponse, AuthorizeResult, Json, Kind, Mismatch, PaginatedAuditLogs, Schema, Session, Wire,
};
use crate::text::text;

/// How the answer of an operation is read.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// Nothing but success is expected.
    Nothing,
    /// A value of this schema.
    Value(&'static Schema),
    /// A value of this schema, or none: 404 resolves to `null`.
    Lookup(&'static Schema),
    /// A decision, which may come with an error status.
    Decision,
    /// A user with a new session.
    Account,
    /// A session, or none: 401 and 404 resolve to `null`.
    Session,
    /// Audit entries, as an array.
    Entries,
    /// Audit entries, as a page.
    Page,
    /// The body as it is, as text.
    Text,
    /// The body as it is, as bytes.
    Bytes,
    /// The body as it comes in.
    Stream,
}

/// What the host makes of the body of a success, as exchange.js knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Form {
    Text = 0,
    Json = 1,
    Bytes = 2,
    Stream = 3,
}

impl Answer {
    /// The form of a success that can be handed out as it is, in an envelope or not.
    pub const fn schema(&self) -> Option<&'static Schema> {
        match self {
            Self::Value(schema) | Self::Lookup(schema) => Some(schema),
            Self::Decision => Some(&AuthorizeResult::SCHEMA),
            Self::Entries => Some(&<Vec<AuditEntry>>::SCHEMA),
            Self::Page => Some(&PaginatedAuditLogs::SCHEMA),
            Self::Nothing | Self::Account | Self::Session | Self::Text | Self::Bytes | Self::Stream => None,
        }
    }

    /// What a success holds.
    pub const fn form(&self) -> Form {
        match self {
            Self::Nothing | Self::Text => Form::Text,
            Self::Bytes => Form::Bytes,
            Self::Stream => Form::Stream,
            _ => Form::Json,
        }
    }

    /// Whether `reply` is a denial where a decision is due: a value, whatever its status.
    pub fn is_denial<J: Json>(&self, reply: &Reply<J>) -> bool {
        match (self, &reply.payload) {
            (Self::Decision, Payload::Json(body)) => open(body.clone()).value.get("allowed").flag() == Some(false),
            _ => false,
        }
    }
}

/// Reads the reply to `operation`. `asked` puts the request in words, `token` the bearer token it carried.
///
/// # Errors
/// The error that the server reported, or a decode error where the answer is not what it should be.
pub fn read<J: Json>(
    operation: &Operation<J>,
    asked: &dyn Fn() -> String,
    reply: Reply<J>,
    token: Option<&str>,
) -> Result<J, Failure<J>> {
    if !reply.is_success() {
        return read_refusal(operation, asked, &reply);
    }
    let body = match (&operation.answer, &reply.payload) {
        (Answer::Nothing, Payload::Empty) => return Ok(J::absent()),
        (Answer::Nothing | Answer::Text | Answer::Bytes | Answer::Stream, Payload::Text(_)) if reply.is_html() => {
            return Err(Failure::undecodable(&asked(), &reply, "no page was expected"));
        }
        (Answer::Nothing, Payload::Text(_)) => return Ok(J::absent()),
        (Answer::Text | Answer::Bytes | Answer::Stream, Payload::Text(body)) => return Ok(body.clone()),
        (_, Payload::Json(body)) => body,
        (_, Payload::Empty) => return Err(Failure::undecodable(&asked(), &reply, "an empty body")),
        (_, Payload::Malformed | Payload::Text(_)) => {
            return Err(Failure::undecodable(&asked(), &reply, "a body that is not JSON"));
        }
    };
    if body.get("success").flag() == Some(false) {
        return Err(Failure::reported(&reply));
    }
    let Opened { value, enveloped } = open(body.clone());
    let read = match operation.answer {
        Answer::Nothing => return Ok(J::absent()),
        Answer::Value(schema) | Answer::Lookup(schema) => checked(value, schema),
        Answer::Decision => decision(value),
        Answer::Account => account(value),
        Answer::Session => session(value, token),
        Answer::Entries => entries(value),
        Answer::Page => page(value),
        Answer::Text | Answer::Bytes | Answer::Stream => checked(value, &Schema::Text),
    };
    read.map_err(|mismatch| misshapen(asked, &reply, body, enveloped, &mismatch))
}

/// Reads a reply with an error status, which may still be a value.
fn read_refusal<J: Json>(
    operation: &Operation<J>,
    asked: &dyn Fn() -> String,
    reply: &Reply<J>,
) -> Result<J, Failure<J>> {
    match (&operation.answer, reply.status, &reply.payload) {
        (Answer::Lookup(_), 404, _) | (Answer::Session, 401 | 404, _) => Ok(J::null()),
        // A denial is a value. Permission granted with an error status is a contradiction, never a permission.
        (answer, _, Payload::Json(body)) if answer.is_denial(reply) => {
            let Opened { value, enveloped } = open(body.clone());
            decision(value).map_err(|mismatch| misshapen(asked, reply, body, enveloped, &mismatch))
        }
        _ => Err(Failure::reported(reply)),
    }
}

fn misshapen<J: Json>(
    asked: &dyn Fn() -> String,
    reply: &Reply<J>,
    body: &J,
    enveloped: bool,
    mismatch: &Mismatch,
) -> Failure<J> {
    let path = text(&[if enveloped { "$.data" } else { "$" }, &mismatch.path]);
    let problem = text(&[&path, " must be ", &mismatch.expected]);
    Failure { path: Some(path), answer: Some(body.clone()), ..Failure::undecodable(&asked(), reply, &problem) }
}

fn checked<J: Json>(value: J, schema: &'static Schema) -> Result<J, Mismatch> {
    value.check(schema).map(|()| value)
}

/// A decision. A denial has a reason, if only an empty one.
fn decision<J: Json>(mut value: J) -> Result<J, Mismatch> {
    value.check(&AuthorizeResult::SCHEMA)?;
    if value.get("allowed").flag() == Some(false) && value.get("reason").is_absent() {
        value.set("reason", &J::string(""));
    }
    Ok(value)
}

/// `{user, session}`, or `{user, token}` as the adapter answers a sign-up.
fn account<J: Json>(mut answer: J) -> Result<J, Mismatch> {
    let mut session = answer.get("session");
    if session.is_absent() {
        session = J::object();
        session.set("token", &answer.get("token"));
    }
    if session.kind() == Kind::Object {
        own(&mut session, &answer.get("user"));
        answer.set("session", &session);
    }
    answer.check(&AuthResponse::SCHEMA)?;
    match session.get("token").text() {
        Some(token) if !token.is_empty() => Ok(answer),
        _ => Err(Mismatch::new(".session.token", "a non-empty string")),
    }
}

/// A bare session, or the one in `{user, session}`.
fn session<J: Json>(answer: J, token: Option<&str>) -> Result<J, Mismatch> {
    let inner = answer.get("session");
    if inner.kind() != Kind::Object {
        return checked(answer, &Session::SCHEMA);
    }
    let mut session = inner;
    own(&mut session, &answer.get("user"));
    if let (true, Some(token)) = (session.get("token").is_absent(), token) {
        session.set("token", &J::string(token));
    }
    session.check(&Session::SCHEMA).map_err(|mismatch| mismatch.below(".session"))?;
    Ok(session)
}

/// A session belongs to the user it came with.
fn own<J: Json>(session: &mut J, user: &J) {
    if session.get("userId").is_absent() {
        let id = user.get("id");
        if !id.is_absent() {
            session.set("userId", &id);
        }
    }
}

fn entries<J: Json>(answer: J) -> Result<J, Mismatch> {
    if answer.kind() == Kind::Object {
        return checked(answer, &PaginatedAuditLogs::SCHEMA).map(|page| page.get("entries"));
    }
    checked(answer, &<Vec<AuditEntry>>::SCHEMA)
}

fn page<J: Json>(answer: J) -> Result<J, Mismatch> {
    if answer.kind() != Kind::List {
        return checked(answer, &PaginatedAuditLogs::SCHEMA);
    }
    let entries = checked(answer, &<Vec<AuditEntry>>::SCHEMA)?;
    let mut page = J::object();
    page.set("entries", &entries);
    Ok(page)
}
