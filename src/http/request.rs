//! The request that an operation becomes in a dialect.

use super::dialect::Dialect;
use super::operation::Operation;
use super::route::{Base, Route};
use super::url::encode_component;
use crate::schema::Json;
use crate::text::text;
use std::fmt;

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Post,
    Patch,
    Delete,
}

impl Method {
    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Where the routes are relative to. Neither ends in a slash.
#[derive(Clone, Debug)]
pub struct Bases {
    /// `baseUrl`.
    pub api: String,
    /// `authUrl`, if it was given.
    pub auth: Option<String>,
}

impl Bases {
    /// The URL of that base.
    pub fn get(&self, base: Base) -> &str {
        match (base, &self.auth) {
            (Base::Auth, Some(auth)) => auth,
            _ => &self.api,
        }
    }
}

/// What to send.
#[derive(Clone)]
pub struct Request<J> {
    /// The method.
    pub method: Method,
    /// The whole URL, query included.
    pub url: String,
    /// How many bytes of the URL come before its query.
    path_end: usize,
    /// The body, as JSON text; without one there is no `Content-Type` either.
    pub body: Option<J>,
}

/// Shows what is asked, without the query and the body: they may hold secrets.
impl<J> fmt::Debug for Request<J> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.described())
    }
}

impl<J: Json> Request<J> {
    /// The request for `operation`, or `None` if the dialect has no route for it.
    pub fn of(operation: &Operation<J>, dialect: Dialect, bases: &Bases) -> Option<Self> {
        let (method, path) = operation.route.endpoint(dialect)?;
        let base = bases.get(operation.route.base());
        let id = operation.id.as_deref().unwrap_or_default();
        let mut url = String::with_capacity(base.len() + path.len() + id.len() + operation.query.len() + 1);
        url.push_str(base);
        match path.bytes().position(|byte| byte == b':').and_then(|at| Some((path.get(..at)?, path.get(at + 3..)?))) {
            Some((before, after)) => {
                url.push_str(before);
                encode_component(id, &mut url);
                url.push_str(after);
            }
            None => url.push_str(path),
        }
        let path_end = url.len();
        if !operation.query.is_empty() {
            url.push('?');
            url.push_str(&operation.query);
        }
        Some(Self { method, url, path_end, body: body(operation, dialect) })
    }
}

impl<J> Request<J> {
    /// No request yet.
    pub const fn none() -> Self {
        Self { method: Method::Get, url: String::new(), path_end: 0, body: None }
    }

    /// The request in words, without its query: `GET https://…/agents`.
    pub fn described(&self) -> String {
        text(&[self.method.name(), " ", self.path()])
    }

    /// The URL without its query.
    pub fn path(&self) -> &str {
        self.url.get(..self.path_end).unwrap_or_default()
    }
}

/// The body of an operation. Only authorizing by id differs: the adapter takes the id in the body.
fn body<J: Json>(operation: &Operation<J>, dialect: Dialect) -> Option<J> {
    let body = operation.body.as_ref()?;
    Some(match &operation.id {
        Some(id) if operation.route == Route::Authorize && dialect == Dialect::Adapter => body.led_by("agentId", id),
        _ => body.clone(),
    })
}
