//! One call of the API, before it is known in which dialect it will be asked.

use super::answer::Answer;
use super::argument::InvalidArgument;
use super::route::Route;
use super::url::{encode_component, is_dot_segment};
use crate::schema::{Json, Kind, Schema};
use crate::text::{digits, list};
use std::fmt;

/// One call of the API: which capability, with which arguments, and how its answer is read.
#[derive(Clone)]
pub struct Operation<J> {
    /// The capability.
    pub route: Route,
    /// The id in the path, if the route has one.
    pub id: Option<String>,
    /// The encoded query, without its `?`; empty for none.
    pub query: String,
    /// The body, as JSON text, which stays where `fetch` takes it from.
    pub body: Option<J>,
    /// A bearer token that belongs to this very call, over all others.
    pub token: Option<String>,
    /// A password in the body, which no error may repeat.
    pub password: Option<String>,
    /// How the answer is read.
    pub answer: Answer,
}

/// Shows the capability alone: the rest may be secret.
impl<J> fmt::Debug for Operation<J> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Operation").field("route", &self.route).finish_non_exhaustive()
    }
}

impl<J: Json> Operation<J> {
    /// An operation without arguments.
    pub const fn new(route: Route, answer: Answer) -> Self {
        Self { route, id: None, query: String::new(), body: None, token: None, password: None, answer }
    }

    /// Puts an id into the path.
    ///
    /// # Errors
    /// If it is not a string, is empty, or is `.` or `..`, which no path can hold.
    pub fn id(mut self, name: &str, value: &J) -> Result<Self, InvalidArgument> {
        let id = if value.check(&Schema::Id).is_ok() { value.text() } else { None };
        self.id = id.filter(|id| !is_dot_segment(id));
        if self.id.is_none() {
            return Err(InvalidArgument::new(name, "must be a non-empty string, and not \".\" or \"..\""));
        }
        Ok(self)
    }

    /// Sends `value` as the JSON body, without the `null`s that stand for absent members.
    ///
    /// # Errors
    /// Names the part of `value` that does not have the form of `schema`.
    pub fn body(self, name: &str, value: &J, schema: &'static Schema) -> Result<Self, InvalidArgument> {
        self.body_with(name, value, schema, |_| {})
    }

    /// The same, with something added by `complete`.
    ///
    /// # Errors
    /// As [`body`](Self::body).
    pub fn body_with(
        mut self,
        name: &str,
        value: &J,
        schema: &'static Schema,
        complete: impl FnOnce(&mut J),
    ) -> Result<Self, InvalidArgument> {
        let mut copy = value.sendable(schema).map_err(|mismatch| InvalidArgument::mismatch(name, &mismatch))?;
        complete(&mut copy);
        copy.check(schema).map_err(|mismatch| InvalidArgument::mismatch(name, &mismatch))?;
        self.body = copy.object_text();
        if self.body.is_none() {
            return Err(InvalidArgument::new(name, "cannot be written as a JSON object"));
        }
        Ok(self)
    }

    /// Sends the members of `filters` as the query. No filters at all are fine.
    ///
    /// # Errors
    /// Names the filter that does not have the form of `schema`.
    pub fn query(mut self, name: &str, filters: &J, schema: &'static Schema) -> Result<Self, InvalidArgument> {
        if filters.is_absent() {
            return Ok(self);
        }
        let filters = filters.conforming(schema).map_err(|mismatch| InvalidArgument::mismatch(name, &mismatch))?;
        for field in schema.fields() {
            let value = filters.get(field.name);
            if !value.is_absent() {
                self.parameter(field.name, &query_text(&value));
            }
        }
        Ok(self)
    }

    /// Adds one parameter to the query.
    pub fn parameter(&mut self, name: &str, value: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(name);
        self.query.push('=');
        encode_component(value, &mut self.query);
    }
}

/// A filter as text: lists travel comma-joined, in one parameter.
fn query_text<J: Json>(value: &J) -> String {
    match value.kind() {
        Kind::List => list((0..value.count()).filter_map(|index| value.at(index).text()), ","),
        // Counts only; the schema has made sure that they are whole and not negative.
        Kind::Number => digits(value.number().unwrap_or_default() as u64),
        _ => value.text().unwrap_or_default(),
    }
}
