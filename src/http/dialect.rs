//! Telling the two wire dialects apart.

use super::reply::{Payload, Reply};
use super::route::{Base, Route};
use crate::schema::{Json, Kind};
use crate::text::holds;
use std::cell::Cell;

/// One of the two wire dialects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// What the official SDKs send and expect.
    Sdk,
    /// What the shipped server adapters serve, in `{data: …}` envelopes.
    Adapter,
}

impl Dialect {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Sdk => Self::Adapter,
            Self::Adapter => Self::Sdk,
        }
    }

    /// Its name in the options.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sdk => "sdk",
            Self::Adapter => "adapter",
        }
    }
}

/// What a client knows about the dialect of its server, and whether it may find out.
///
/// The e-mail routes are remembered apart: they can be served elsewhere (`authUrl`).
#[derive(Debug)]
pub struct DialectMemory {
    fixed: Option<Dialect>,
    api: Cell<Option<Dialect>>,
    auth: Cell<Option<Dialect>>,
}

impl DialectMemory {
    /// A memory for a client that was told its dialect, or `None` to find out.
    pub const fn new(fixed: Option<Dialect>) -> Self {
        Self { fixed, api: Cell::new(None), auth: Cell::new(None) }
    }

    /// Whether the dialect behind `base` is certain.
    pub fn is_settled(&self, base: Base) -> bool {
        self.fixed.is_some() || self.slot(base).get().is_some()
    }

    /// The dialect to ask in first.
    pub fn first(&self, base: Base) -> Dialect {
        self.fixed.or(self.slot(base).get()).or(self.api.get()).unwrap_or(Dialect::Sdk)
    }

    /// Remembers what an answer showed.
    pub fn learn(&self, base: Base, dialect: Dialect) {
        self.slot(base).set(Some(dialect));
    }

    fn slot(&self, base: Base) -> &Cell<Option<Dialect>> {
        match base {
            Base::Api => &self.api,
            Base::Auth => &self.auth,
        }
    }
}

/// Whether `reply` says that the server has no such *route*, in which case nothing was executed.
///
/// A missing *thing* is a JSON error that names it, and is never taken for a missing route.
pub fn is_missing_route<J: Json>(reply: &Reply<J>, route: Route, asked: Dialect) -> bool {
    match (reply.status, &reply.payload) {
        (405, _) => true,
        (404, Payload::Json(body)) => error_message(body).is_some_and(|message| is_route_message(&message)),
        // An `sdk` server may well answer 404 with nothing at all for a thing it does not have.
        (404, Payload::Empty) => !(asked == Dialect::Sdk && is_lookup(route)),
        (404, _) => true,
        // `POST /authorize` is by token in one dialect and by id in the other, which wants an id.
        (400, Payload::Json(body)) if route == Route::AuthorizeByToken && asked == Dialect::Sdk => {
            error_message(body).is_some_and(|message| holds(&message, "agentId: Required"))
        }
        _ => false,
    }
}

/// Whether "none" is an ordinary answer of this route.
const fn is_lookup(route: Route) -> bool {
    matches!(route, Route::GetAgent | Route::GetSession | Route::GetMcpServer)
}

fn is_route_message(message: &str) -> bool {
    matches!(message, "Route not found" | "Plugin endpoint not found")
        || (message.starts_with("Route ") && message.ends_with(" not found"))
}

fn error_message<J: Json>(body: &J) -> Option<String> {
    let error = body.get("error");
    let inner = if error.kind() == Kind::Object { &error } else { body };
    inner.get("message").text().or_else(|| error.text())
}
