//! What an endpoint is, as data.

use crate::http::{Answer, Base, Method, RetryClass, Route, Traits};
use crate::schema::Schema;

/// An argument of a method, in the order of its parameters.
#[derive(Clone, Copy, Debug)]
pub enum Argument {
    /// An id in the path: the first goes to the place of the first `:id`, and so on.
    Id(&'static str),
    /// The JSON body.
    Body(&'static str, &'static Schema),
    /// The members of the query.
    Query(&'static str, &'static Schema),
    /// A bearer token that goes with this very call, instead of the client's.
    Token(&'static str),
    /// The same; without it the client's token goes.
    OptionalToken(&'static str),
}

/// A member that is added to what is sent, unless it is there.
#[derive(Clone, Copy, Debug)]
pub enum Default {
    /// A parameter of the query.
    Query(&'static str, &'static str),
    /// A flag in the body.
    Flag(&'static str, bool),
}

/// One endpoint: everything that is known about it is declared here.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// The method of the client: `agents.create`.
    pub name: &'static str,
    /// Its route in the `sdk` dialect.
    pub sdk: Option<Route>,
    /// Its route in the `adapter` dialect.
    pub adapter: Option<Route>,
    /// What its routes are relative to.
    pub base: Base,
    /// What it is, to begin a sentence about its absence.
    pub capability: &'static str,
    /// The parameters of the method, the options apart.
    pub arguments: &'static [Argument],
    /// What is added to the request.
    pub default: Option<Default>,
    /// The member of the body that holds the id in the `adapter` dialect, before all others.
    pub adapter_id: Option<&'static str>,
    /// The members of the body or the query that are secrets.
    pub secrets: &'static [&'static str],
    /// Whether a 401 is about a password in the body, not about the bearer token.
    pub checks_password: bool,
    /// Whether a plugin of the server serves it: a missing route means that the plugin is not mounted.
    pub is_plugin: bool,
    /// Whether a server of the other dialect takes the `sdk` request for one that lacks an agent's id.
    pub wants_agent_id: bool,
    /// How its answer is read.
    pub answer: Answer,
    /// How often it may be executed.
    pub retry: RetryClass,
    /// Whether decisions can change because of it.
    pub changes_decisions: bool,
}

impl Endpoint {
    /// Reads something.
    pub const fn get(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Get, path)
    }

    /// Makes something, or does something that is not repeated.
    pub const fn post(name: &'static str, path: &'static str) -> Self {
        Self { retry: RetryClass::NonIdempotent, ..Self::new(name, Method::Post, path) }
    }

    /// Changes something.
    pub const fn patch(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Patch, path)
    }

    /// Removes something.
    pub const fn delete(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::Delete, path)
    }

    const fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        let route = Some(Route { method, path });
        Self {
            name,
            sdk: route,
            adapter: route,
            base: Base::Api,
            capability: "This capability",
            arguments: &[],
            default: None,
            adapter_id: None,
            secrets: &[],
            checks_password: false,
            is_plugin: false,
            wants_agent_id: false,
            answer: Answer::NOTHING,
            retry: RetryClass::Idempotent,
            changes_decisions: false,
        }
    }

    /// With another path in the `adapter` dialect.
    pub const fn adapter_path(self, path: &'static str) -> Self {
        let Some(Route { method, .. }) = self.sdk else { return self };
        Self { adapter: Some(Route { method, path }), ..self }
    }

    /// Without a route in the `adapter` dialect.
    pub const fn sdk_only(self) -> Self {
        Self { adapter: None, ..self }
    }

    /// Without a route in the `sdk` dialect.
    pub const fn adapter_only(self) -> Self {
        Self { sdk: None, ..self }
    }

    /// Relative to `authUrl`.
    pub const fn under_auth_url(self) -> Self {
        Self { base: Base::Auth, ..self }
    }

    /// With a name for sentences.
    pub const fn called(self, capability: &'static str) -> Self {
        Self { capability, ..self }
    }

    /// With parameters.
    pub const fn takes(self, arguments: &'static [Argument]) -> Self {
        Self { arguments, ..self }
    }

    /// With something added to the request.
    pub const fn adds(self, default: Default) -> Self {
        Self { default: Some(default), ..self }
    }

    /// With secrets in the body or the query.
    pub const fn hides(self, members: &'static [&'static str]) -> Self {
        Self { secrets: members, ..self }
    }

    /// With a password in the body, which a 401 is about.
    pub const fn checks_password(self) -> Self {
        Self { checks_password: true, ..self.hides(&["password"]) }
    }

    /// Served by a plugin of adapters, relative to `authUrl`.
    pub const fn of_plugin(self) -> Self {
        Self { is_plugin: true, ..self.adapter_only().under_auth_url() }
    }

    /// Sent once: a repetition could find its own success in the way.
    pub const fn once(self) -> Self {
        Self { retry: RetryClass::NonIdempotent, ..self }
    }

    /// With an answer.
    pub const fn answers(self, answer: Answer) -> Self {
        Self { answer, ..self }
    }

    /// Decides.
    pub const fn decides(self, answer: Answer) -> Self {
        Self { answer, retry: RetryClass::Decision, ..self }
    }

    /// Changes decisions.
    pub const fn changes_decisions(self) -> Self {
        Self { changes_decisions: true, ..self }
    }

    /// What its calls depend on.
    pub fn traits(&self) -> Traits {
        let answer = &self.answer;
        Traits::default()
            .with(Traits::AUTH, self.base == Base::Auth)
            .with(Traits::IN_SDK, self.sdk.is_some())
            .with(Traits::IN_ADAPTER, self.adapter.is_some())
            .with(Traits::SHARED, self.sdk == self.adapter)
            .with(Traits::NULL_IF_MISSING, answer.null_if_missing)
            .with(Traits::NULL_IF_UNAUTHORIZED, answer.null_if_unauthorized)
            .with(Traits::DECISION, answer.is_decision)
            .with(Traits::NOTHING, answer.form == crate::http::Form::Nothing)
            .with(Traits::RAW, matches!(answer.form as u32, 2..))
            .with(Traits::PASSWORD, self.checks_password)
            .with(Traits::PLUGIN, self.is_plugin)
            .with(Traits::WANTS_AGENT_ID, self.wants_agent_id)
            .with_retry_class(self.retry)
    }

    /// The traits of a route of the host's own, which both dialects have.
    pub fn custom(method: Method, is_idempotent: bool, base: Base, answer: &Answer) -> Traits {
        let retry = if is_idempotent { RetryClass::Idempotent } else { RetryClass::NonIdempotent };
        let route = Some(Route { method, path: "" });
        let endpoint = Self { sdk: route, adapter: route, base, answer: *answer, retry, ..Self::get("request", "") };
        endpoint.traits().with(Traits::ENVELOPE_STAYS, true)
    }
}
