//! A call in progress: which request comes next, and what an answer settles. No I/O happens here.

use super::answer;
use super::dialect::{Dialect, DialectMemory, is_missing_route};
use super::envelope;
use super::failure::{Failure, FailureKind};
use super::operation::Operation;
use super::reply::{Payload, Reply};
use super::request::{Bases, Request};
use super::retry::Setback;
use super::route::{Base, Route};
use crate::schema::{Json, Schema};
use crate::text::{list, text};
use std::rc::Rc;

/// What to do next.
#[derive(Debug)]
pub enum Step<J> {
    /// Send this, and hand the reply to [`Call::receive`].
    Send(Request<J>),
    /// The call is over.
    Done(Result<J, Failure<J>>),
}

/// A server: where it is, and what is known of its dialect.
#[derive(Debug)]
pub struct Server {
    /// Where its routes are.
    pub bases: Bases,
    /// In which dialect.
    pub memory: DialectMemory,
}

/// A call in progress.
#[derive(Debug)]
pub struct Call<J> {
    /// What is called.
    pub operation: Operation<J>,
    server: Rc<Server>,
    dialect: Dialect,
    /// The dialects in which it has been asked.
    asked: Vec<Dialect>,
}

impl<J: Json> Call<J> {
    /// A call that has not asked anything yet.
    pub fn new(operation: Operation<J>, server: Rc<Server>) -> Self {
        let dialect = server.memory.first(operation.route.base());
        Self { operation, server, dialect, asked: Vec::new() }
    }

    /// The first step: a request, unless the dialect is known and has no route for it.
    pub fn start(&mut self) -> Step<J> {
        self.ask()
    }

    /// The step that `reply` leads to. `token` is the bearer token that was sent, if one was.
    pub fn receive(&mut self, reply: Reply<J>, token: Option<&str>) -> Step<J> {
        let route = self.operation.route;
        if is_missing_route(&reply, route, self.dialect) {
            // Another call may have found out the dialect since this one asked: then there is still that to ask in.
            let base = route.base();
            let is_certain = self.server.memory.is_settled(base) && self.server.memory.first(base) == self.dialect;
            let may_ask_again = self.asked.len() < 2 && !is_certain && !route.is_shared();
            if !may_ask_again {
                return Step::Done(Err(self.no_such_route(reply)));
            }
            self.dialect = self.dialect.other();
            return self.ask();
        }
        self.learn(&reply);
        Step::Done(answer::read(&self.operation, &|| self.described(self.dialect), reply, token))
    }

    /// The form of an answer that needs no second look: there is one once nothing is left to learn from it.
    pub fn ready_schema(&self) -> Option<&'static Schema> {
        self.operation.answer.schema().filter(|_| self.server.memory.is_settled(self.operation.route.base()))
    }

    /// How `reply` falls short, if it does: then the request may be worth another try.
    pub fn setback(&self, reply: &Reply<J>) -> Option<Setback> {
        let settled = reply.is_success() || self.operation.answer.is_denial(reply);
        (!settled).then_some(Setback::Status(reply.status, reply.retry_after))
    }

    /// Whether `reply` says that the token is not good, or no longer.
    pub fn wants_token(&self, reply: &Reply<J>) -> bool {
        // Here a 401 is about the password, and a second try counts as a second guess.
        let by_password = matches!(self.operation.route, Route::SignIn | Route::SignUp);
        reply.status == 401 && !by_password && !self.operation.answer.is_denial(reply)
    }

    fn ask(&mut self) -> Step<J> {
        match Request::of(&self.operation, self.dialect, &self.server.bases) {
            Some(request) => {
                self.asked.push(self.dialect);
                Step::Send(request)
            }
            None => Step::Done(Err(self.not_supported())),
        }
    }

    /// Remembers the dialect once an answer has shown it.
    fn learn(&self, reply: &Reply<J>) {
        let route = self.operation.route;
        let base = route.base();
        if self.server.memory.is_settled(base) {
            return;
        }
        let shown = if route.is_shared() {
            // Both dialects ask alike here; only the envelope of a success tells them apart.
            match &reply.payload {
                Payload::Json(body) if reply.is_success() => {
                    Some(if envelope::open(body.clone()).enveloped { Dialect::Adapter } else { Dialect::Sdk })
                }
                _ => None,
            }
        } else {
            // The route exists in this dialect alone. A gateway in front of the server answers
            // 401, 429 and 5xx whatever the route, so those show nothing.
            (!matches!(reply.status, 401 | 407 | 429 | 500..)).then_some(self.dialect)
        };
        if let Some(dialect) = shown {
            self.server.memory.learn(base, dialect);
        }
    }

    /// The request of that dialect, in words.
    fn described(&self, dialect: Dialect) -> String {
        Request::of(&self.operation, dialect, &self.server.bases).map(|request| request.described()).unwrap_or_default()
    }

    fn not_supported(&self) -> Failure<J> {
        let route = self.operation.route;
        let mut message = text(&[
            route.capability(),
            " is not available: servers of the \"",
            self.dialect.name(),
            "\" dialect have no route for it",
        ]);
        if let Some(asked) = self.asked.first() {
            message = text(&[&message, ", and ", &self.described(*asked), " does not exist either"]);
        }
        Failure::new(FailureKind::Plain, "NOT_SUPPORTED", message)
    }

    /// The failure of a call whose route does not exist, which says where it was looked for.
    fn no_such_route(&self, reply: Reply<J>) -> Failure<J> {
        let asked = list(self.asked.iter().map(|dialect| self.described(*dialect)), " and ");
        let advice = match (self.operation.route.base(), &self.server.bases.auth) {
            (Base::Auth, None) => ". If the e-mail routes are served elsewhere, say where with the option authUrl",
            (Base::Auth, Some(_)) => ". Check the option authUrl",
            (Base::Api, _) if self.operation.route == Route::GetAgent => ". Check the option baseUrl",
            (Base::Api, _) => ". Check the options baseUrl and dialect",
        };
        let mut failure =
            Failure::new(FailureKind::NotFound, "ROUTE_NOT_FOUND", text(&["The server has no route ", &asked, advice]));
        failure.status = Some(reply.status);
        failure.request_id = reply.request_id;
        failure
    }
}
