//! The request that an operation becomes in a dialect.

use super::operation::Operation;
use super::url::encode_component;
use crate::http::{Base, Dialect, Method, Route};
use crate::schema::Json;
use crate::text::text;
use std::fmt;

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
        let endpoint = &operation.endpoint;
        let Route { method, path } = match dialect {
            Dialect::Sdk => endpoint.sdk?,
            Dialect::Adapter => endpoint.adapter?,
        };
        let mut url = bases.get(endpoint.base).to_owned();
        match &operation.path {
            Some(path) => url.push_str(path),
            None => push_path(path, &operation.ids, &mut url),
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
    /// The request in words, without its query: `GET https://…/agents`.
    pub fn described(&self) -> String {
        text(&[self.method.name(), " ", self.path()])
    }

    /// The URL without its query.
    pub fn path(&self) -> &str {
        self.url.get(..self.path_end).unwrap_or_default()
    }
}

/// Adds a path with the encoded ids in the places of its `:id`.
fn push_path(path: &str, ids: &[String], url: &mut String) {
    for (index, part) in path.split(":id").enumerate() {
        if let Some(id) = index.checked_sub(1).and_then(|place| ids.get(place)) {
            encode_component(id, url);
        }
        url.push_str(part);
    }
}

/// The body of an operation. Authorizing by id differs: the adapter takes the id in the body.
fn body<J: Json>(operation: &Operation<J>, dialect: Dialect) -> Option<J> {
    let body = operation.body.as_ref()?;
    Some(match (operation.ids.first(), operation.endpoint.adapter_id) {
        (Some(id), Some(member)) if dialect == Dialect::Adapter => body.led_by(member, id),
        _ => body.clone(),
    })
}
