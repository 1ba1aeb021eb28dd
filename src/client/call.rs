//! A call in progress: which request comes next, and what a reply leads to. No I/O happens here.

use super::failure::{Failure, Reported};
use super::operation::Operation;
use super::reading::read;
use super::reply::{Payload, Reply};
use super::request::{Bases, Request};
use crate::http::{self, Action, Facts, FailureReason, Memory, State, Step};
use crate::schema::{Json, Kind};
use crate::text::text;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// What to do next.
#[derive(Debug)]
pub enum CallStep<J> {
    /// Send this, and hand the reply to [`Call::receive`].
    Send(Request<J>),
    /// The call is over.
    Done(Result<J, Failure<J>>),
}

/// What a reply leads to.
#[derive(Debug)]
pub enum Next<J> {
    /// That step.
    Step(CallStep<J>),
    /// The token function is asked for another token. If there is none, the reply stands: hand it to [`Call::receive`].
    Renew,
    /// Another attempt, if the retry class allows it. If not, the reply stands: hand it to [`Call::receive`].
    Retry,
}

/// A server: where it is, and what is known of its dialect. All calls of a client share it.
#[derive(Debug)]
pub struct Server {
    /// Where its routes are.
    pub bases: Bases,
    /// As [`Memory::pack`] writes it.
    memory: AtomicU32,
}

impl Server {
    /// A server of which that much is known.
    pub const fn new(bases: Bases, memory: Memory) -> Self {
        Self { bases, memory: AtomicU32::new(memory.pack()) }
    }

    /// What is known of its dialect.
    pub fn memory(&self) -> Memory {
        Memory::unpack(self.memory.load(Ordering::Relaxed))
    }

    /// Remembers that.
    pub fn remember(&self, memory: Memory) {
        self.memory.store(memory.pack(), Ordering::Relaxed);
    }
}

/// A call in progress.
#[derive(Debug)]
pub struct Call<J> {
    operation: Operation<J>,
    server: Arc<Server>,
    state: State,
    /// The requests that have been sent, in words.
    asked: Vec<String>,
}

impl<J: Json> Call<J> {
    /// A call that has not asked anything yet.
    pub fn new(operation: Operation<J>, server: Arc<Server>) -> Self {
        Self { operation, server, state: State::unpack(0), asked: Vec::new() }
    }

    /// The first step: a request, unless the dialect is known and has no route for it.
    pub fn start(&mut self) -> CallStep<J> {
        let step = http::begin(self.operation.traits(), self.server.memory());
        self.follow(step, None, None)
    }

    /// The step that `reply` leads to, when there is no further attempt. `token` is the bearer token that was sent.
    pub fn receive(&mut self, reply: Reply<J>, token: Option<&str>) -> CallStep<J> {
        let step = self.decide(&reply, Facts::LAST);
        self.follow(step, Some(&reply), token)
    }

    /// What `reply` leads to, when there may be further attempts. `can_renew` says whether the token comes from a function.
    pub fn advance(&mut self, reply: &Reply<J>, token: Option<&str>, can_renew: bool) -> Next<J> {
        let step = self.decide(reply, Facts::default().with(Facts::CAN_RENEW, can_renew));
        match step.action {
            Action::Renew => {
                self.state = step.state;
                Next::Renew
            }
            Action::Retry => Next::Retry,
            _ => Next::Step(self.follow(step, Some(reply), token)),
        }
    }

    /// Whether `reply` falls short in a way that another attempt may fix.
    pub fn may_retry(&self, reply: &Reply<J>) -> bool {
        self.decide(reply, Facts::default()).action == Action::Retry
    }

    /// The call's operation.
    pub const fn operation(&self) -> &Operation<J> {
        &self.operation
    }

    fn decide(&self, reply: &Reply<J>, more: Facts) -> Step {
        let facts = facts(reply).with(more, true);
        http::receive(self.state, self.operation.traits(), self.server.memory(), reply.status, facts)
    }

    fn follow(&mut self, step: Step, reply: Option<&Reply<J>>, token: Option<&str>) -> CallStep<J> {
        self.state = step.state;
        self.server.remember(step.memory);
        let result = match step.action {
            Action::Send => match Request::of(&self.operation, step.state.dialect, &self.server.bases) {
                Some(request) => {
                    self.asked.push(request.described());
                    return CallStep::Send(request);
                }
                None => Err(self.failure(FailureReason::NotSupported, reply)),
            },
            Action::Value => self.value(step.is_enveloped, reply, token),
            Action::Body => Ok(reply.map(body).unwrap_or_else(J::absent)),
            Action::Nothing => Ok(J::absent()),
            Action::Null => Ok(J::null()),
            Action::Fail(reason) => Err(self.failure(reason, reply)),
            // Neither comes up: no reply is handed over with such facts.
            Action::Renew | Action::Retry => Err(self.failure(FailureReason::Internal, reply)),
        };
        CallStep::Done(result)
    }

    fn value(&self, is_enveloped: bool, reply: Option<&Reply<J>>, token: Option<&str>) -> Result<J, Failure<J>> {
        let body = reply.map(body).unwrap_or_else(J::absent);
        let value = if is_enveloped { body.get("data") } else { body.clone() };
        read(&self.operation.endpoint.answer, value, token).map_err(|mismatch| {
            let path = text(&[if is_enveloped { "$.data" } else { "$" }, &mismatch.path]);
            let words = [("request", self.request()), ("path", &*path), ("expected", &*mismatch.expected)];
            let failure = match reply {
                Some(reply) => Failure::of(FailureReason::Mismatch, reply, &words),
                None => Failure::new(FailureReason::Mismatch, &words),
            };
            Failure { path: Some(path), answer: Some(body), ..failure }
        })
    }

    /// The last request in words, without its query; empty if there was none.
    pub fn request(&self) -> &str {
        self.asked.last().map(String::as_str).unwrap_or_default()
    }

    fn failure(&self, reason: FailureReason, reply: Option<&Reply<J>>) -> Failure<J> {
        self.fail(reason, reply, &[])
    }

    /// The failure of the call for that reason. `more` says what stands in the sentence besides the request.
    pub fn fail(&self, reason: FailureReason, reply: Option<&Reply<J>>, more: &[(&str, &str)]) -> Failure<J> {
        let asked = self.asked.join(" and ");
        let words = [
            ("asked", asked.as_str()),
            ("request", self.request()),
            ("capability", self.operation.endpoint.capability),
            ("dialect", self.state.dialect.name()),
        ];
        let words = [&words, more].concat();
        match (reply, reason) {
            (Some(reply), reason) if reason != FailureReason::NotSupportedEither => Failure::of(reason, reply, &words),
            _ => Failure::new(reason, &words),
        }
    }
}

fn body<J: Json>(reply: &Reply<J>) -> J {
    match &reply.payload {
        Payload::Json(body) | Payload::Text(body) => body.clone(),
        Payload::Empty | Payload::Malformed => J::absent(),
    }
}

/// What is known of a reply.
pub fn facts<J: Json>(reply: &Reply<J>) -> Facts {
    let facts = Facts::default().with(Facts::HTML, reply.is_html());
    let body = match &reply.payload {
        Payload::Empty => return facts,
        Payload::Text(_) => return facts.with(Facts::TEXT, true),
        Payload::Malformed => return facts.with(Facts::MALFORMED, true),
        Payload::Json(body) => body,
    };
    let data = body.get("data");
    let holds = body.kind() == Kind::Object && matches!(data.kind(), Kind::Object | Kind::List);
    let message = if reply.is_success() { None } else { Reported::of(body).message };
    let said = message.map(|message| Facts::of_message(&message)).unwrap_or_default();
    Facts(facts.0 | said.0)
        .with(Facts::JSON, true)
        .with(Facts::DATA, holds)
        .with(Facts::BARE, !body.get("id").is_absent() || !body.get("allowed").is_absent())
        .with(Facts::UNSUCCESSFUL, body.get("success").flag() == Some(false))
        .with(Facts::DENIED, body.get("allowed").flag() == Some(false))
        .with(Facts::DATA_DENIED, data.get("allowed").flag() == Some(false))
}
