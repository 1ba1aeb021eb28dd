//! A call of an endpoint with its arguments, before it is known in which dialect it will be asked.

use super::invalid_argument::InvalidArgument;
use super::url::{encode_component, is_dot_segment};
use crate::endpoints::{Argument, Default, Endpoint};
use crate::http::{Traits, is_token};
use crate::schema::{Json, Kind, Schema};
use crate::text::digits;
use std::fmt;

/// A call of an endpoint with its arguments.
#[derive(Clone)]
pub struct Operation<J> {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// The path, if it is not that of the endpoint: the route is the host's own.
    pub path: Option<String>,
    /// The ids in the path, in the order of their places.
    pub ids: Vec<String>,
    /// The encoded query, without its `?`; empty for none.
    pub query: String,
    /// The body, as JSON text.
    pub body: Option<J>,
    /// A bearer token that belongs to this very call, over all others.
    pub token: Option<String>,
    /// The secrets in the body or the query, which no error may repeat.
    pub secrets: Vec<String>,
}

/// Shows the endpoint alone: the rest may be secret.
impl<J> fmt::Debug for Operation<J> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Operation").field("endpoint", &self.endpoint.name).finish_non_exhaustive()
    }
}

impl<J> Operation<J> {
    /// A call without arguments.
    pub const fn of(endpoint: Endpoint) -> Self {
        Self {
            endpoint,
            path: None,
            ids: Vec::new(),
            query: String::new(),
            body: None,
            token: None,
            secrets: Vec::new(),
        }
    }

    /// What the course of the call depends on.
    pub fn traits(&self) -> Traits {
        self.endpoint.traits().with(Traits::ENVELOPE_STAYS, self.path.is_some())
    }
}

impl<J: Json> Operation<J> {
    /// Reads the arguments of a call, in the order of the endpoint's declaration. Those that are missing are absent.
    ///
    /// # Errors
    /// Names the argument that cannot be sent.
    pub fn new(endpoint: &'static Endpoint, arguments: &[J]) -> Result<Self, InvalidArgument> {
        Self::with(endpoint, arguments, &|_| false)
    }

    /// The same, where `allows` says which members are sent although their names are not known.
    ///
    /// # Errors
    /// Names the argument that cannot be sent.
    pub fn with(
        endpoint: &'static Endpoint,
        arguments: &[J],
        allows: &dyn Fn(&str) -> bool,
    ) -> Result<Self, InvalidArgument> {
        let mut operation = Self::of(*endpoint);
        for (index, argument) in endpoint.arguments.iter().enumerate() {
            let value = arguments.get(index).cloned().unwrap_or_else(J::absent);
            match *argument {
                Argument::Id(name) => operation.id(name, &value)?,
                Argument::Body(name, schema) => operation.body(name, &value, schema, allows)?,
                Argument::Query(name, schema) => operation.query(name, &value, schema)?,
                Argument::Token(name) => operation.token(name, &value)?,
                Argument::OptionalToken(_) if value.is_absent() => {}
                Argument::OptionalToken(name) => operation.token(name, &value)?,
            }
        }
        Ok(operation)
    }

    fn id(&mut self, name: &str, value: &J) -> Result<(), InvalidArgument> {
        let id = if value.check(&Schema::PathId).is_ok() { value.text() } else { None };
        match id.filter(|id| !is_dot_segment(id)) {
            Some(id) => self.ids.push(id),
            None => return Err(InvalidArgument::new(name, "must be ", Schema::PathId.expected())),
        }
        Ok(())
    }

    fn body(
        &mut self,
        name: &str,
        value: &J,
        schema: &'static Schema,
        allows: &dyn Fn(&str) -> bool,
    ) -> Result<(), InvalidArgument> {
        let mut copy = value.sendable(schema, allows).map_err(|mismatch| InvalidArgument::mismatch(name, &mismatch))?;
        if let Some(Default::Flag(member, flag)) = self.endpoint.default
            && copy.kind() == Kind::Object
            && copy.get(member).is_absent()
        {
            copy.set(member, &J::boolean(flag));
        }
        copy.check(schema).map_err(|mismatch| InvalidArgument::mismatch(name, &mismatch))?;
        self.hide(&copy);
        self.body = copy.object_text();
        Ok(())
    }

    fn hide(&mut self, sent: &J) {
        self.secrets.extend(self.endpoint.secrets.iter().filter_map(|member| sent.get(member).text()));
    }

    fn query(&mut self, name: &str, filters: &J, schema: &'static Schema) -> Result<(), InvalidArgument> {
        let filters = if filters.is_absent() { J::object() } else { filters.clone() };
        let filters =
            filters.conforming(schema, &|_| false).map_err(|mismatch| InvalidArgument::mismatch(name, &mismatch))?;
        self.hide(&filters);
        if let Some(Default::Query(member, value)) = self.endpoint.default
            && filters.get(member).is_absent()
        {
            self.parameter(member, value);
        }
        for field in schema.fields() {
            let value = filters.get(field.name);
            if !value.is_absent() {
                self.parameter(field.name, &query_text(&value));
            }
        }
        Ok(())
    }

    fn token(&mut self, name: &str, token: &J) -> Result<(), InvalidArgument> {
        match token.text().filter(|text| token.kind() == Kind::Text && is_token(text)) {
            Some(token) => self.token = Some(token),
            None => return Err(InvalidArgument::new(name, "must be ", Schema::Bearer.expected())),
        }
        Ok(())
    }

    fn parameter(&mut self, name: &str, value: &str) {
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
        Kind::List => (0..value.count()).filter_map(|index| value.at(index).text()).collect::<Vec<_>>().join(","),
        // Counts only; the schema has made sure that they are whole and not negative.
        Kind::Number => digits(value.number().unwrap_or_default() as u64),
        _ => value.text().unwrap_or_default(),
    }
}
