//! Runs a call: attempts, retries, token renewal and the deadline. Every decision is taken by `crate::http`.

mod attempt;
mod events;
mod token;

use super::body::TransportBody;
use super::client::Inner;
use super::error::{Context, Error};
use super::exchange::{Exchanged, Trouble};
use super::future::{BoxFuture, within};
use super::options::Settings;
use super::redact::{Secrets, secrets_among};
use super::stream::ByteStream;
use super::token::Token;
use super::transport::TransportError;
use crate::client::{Call, CallStep, Failure, Next, Operation, Reply, Request};
use crate::http::{FailureReason, RetryCause};
use crate::schema::Secret;
use serde_json::Value;
use std::error::Error as StdError;
use std::time::Duration;

/// What a call comes to.
pub(super) struct Outcome {
    pub value: Value,
    /// The body, if it was due to be bytes.
    pub bytes: Vec<u8>,
    stream: Option<TransportBody>,
    /// The call, for the case that the value is not of the type that it should be.
    run: Run,
    reply: Option<Reply<Value>>,
}

impl Outcome {
    /// The body as it comes in.
    pub fn into_stream(self) -> Result<ByteStream, Error> {
        Ok(ByteStream::new(self.run, self.stream.unwrap_or_else(|| TransportBody::from(Vec::new()))))
    }

    /// The error for a value that this version of the client cannot read, although it matches its schema.
    pub fn mismatch(self) -> Error {
        let words = [("path", "$"), ("expected", "a value that this version of the client can read")];
        let failure = self.run.call.fail(FailureReason::Mismatch, self.reply.as_ref(), &words);
        self.run.error(Failure { path: Some("$".to_owned()), answer: Some(self.value), ..failure }, None)
    }
}

/// Runs a call of that operation.
pub(super) async fn run(
    client: std::sync::Arc<Inner>,
    operation: Operation<Value>,
    settings: Settings,
) -> Result<Outcome, Error> {
    let ends = settings.deadline.map(|deadline| client.transport.now().saturating_add(deadline));
    // Decisions that are made meanwhile are not kept, nor if the call is given up.
    let _change = operation.endpoint.changes_decisions.then(|| client.mutations.change());
    let call = Call::new(operation, client.server.clone());
    let run = Run {
        client,
        call,
        settings,
        ends,
        attempts: 0,
        retries: 0,
        token: None,
        spent: Vec::new(),
        number: 0,
        last: None,
    };
    run.finish().await
}

pub(super) struct Run {
    client: std::sync::Arc<Inner>,
    call: Call<Value>,
    settings: Settings,
    ends: Option<Duration>,
    attempts: u32,
    retries: u32,
    /// The bearer token in use.
    token: Option<Secret>,
    /// The tokens that were in use before.
    spent: Vec<Secret>,
    /// The number of the call, for hooks; 0 before they learn of it.
    number: u32,
    /// The last reply, with its body if that was due to be bytes.
    last: Option<Exchanged>,
}

impl Run {
    async fn finish(mut self) -> Result<Outcome, Error> {
        let mut step = self.call.start();
        loop {
            step = match step {
                CallStep::Send(request) => self.ask(&request).await?,
                CallStep::Done(Err(failure)) => return Err(self.error(failure, None)),
                CallStep::Done(Ok(value)) => {
                    let last = self.last.take();
                    let (reply, bytes, stream) = match last {
                        Some(Exchanged { reply, bytes, stream }) => (Some(reply), bytes, stream),
                        None => (None, Vec::new(), None),
                    };
                    return Ok(Outcome { value, bytes, stream, run: self, reply });
                }
            }
        }
    }

    /// Makes attempts at a request until a reply leads on.
    async fn ask(&mut self, request: &Request<Value>) -> Result<CallStep<Value>, Error> {
        let mut is_unauthorized = false;
        loop {
            let has_token = self.find_token(is_unauthorized).await?;
            if !has_token {
                return Ok(self.conclude());
            }
            is_unauthorized = false;
            let Some(exchanged) = self.attempt(request).await? else { continue };
            let reply = &self.last.insert(exchanged).reply;
            let can_renew =
                matches!(self.settings.token, Some(Token::Provider(_))) && self.call.operation().token.is_none();
            let (status, retry_after) = (reply.status, reply.retry_after);
            match self.call.advance(reply, self.token.as_deref(), can_renew) {
                Next::Step(step) => return Ok(step),
                Next::Renew => is_unauthorized = true,
                Next::Retry => {
                    let cause = RetryCause::Status(status, retry_after);
                    if !self.wait(request, cause, Some(status), None).await {
                        return Ok(self.conclude());
                    }
                }
            }
        }
    }

    /// The step that the last reply leads to, when there is no further attempt.
    fn conclude(&mut self) -> CallStep<Value> {
        let reply = self.last.as_ref().map(|last| last.reply.clone());
        match reply {
            Some(reply) => self.call.receive(reply, self.token.as_deref()),
            None => CallStep::Done(Err(self.call.fail(FailureReason::Internal, None, &[]))),
        }
    }

    fn left(&self) -> Option<Duration> {
        self.ends.map(|ends| ends.saturating_sub(self.client.transport.now()))
    }

    /// How long the next wait may take, and whether that is all that is left of the call.
    fn limit(&self) -> (Option<Duration>, bool) {
        match (self.settings.timeout, self.left()) {
            (Some(timeout), Some(left)) if left < timeout => (Some(left), true),
            (None, Some(left)) => (Some(left), true),
            (timeout, _) => (timeout, false),
        }
    }

    async fn within<T>(&self, limit: Option<Duration>, work: impl Future<Output = T>) -> Option<T> {
        if limit == Some(Duration::ZERO) {
            return None;
        }
        let timer: Option<BoxFuture<'_, ()>> = limit.map(|limit| self.client.transport.sleep(limit));
        within(work, timer).await
    }

    /// The timer of one chunk of a stream, unless there is no limit.
    pub fn chunk_timer(&self) -> Option<BoxFuture<'static, ()>> {
        self.settings.timeout.map(|timeout| self.client.transport.sleep(timeout))
    }

    /// The error for a stream that breaks.
    pub fn broken(&self, error: TransportError) -> Error {
        match Trouble::from(error) {
            Trouble::Unanswered(error) => self.fail_because(FailureReason::NoAnswer, &*error),
            trouble => self.fail(attempt::reason_of(&trouble), None, &[]),
        }
    }

    pub fn fail(&self, reason: FailureReason, reply: Option<&Reply<Value>>, words: &[(&str, &str)]) -> Error {
        self.error(self.call.fail(reason, reply, words), None)
    }

    /// Fails for an error of the platform or of the token function.
    fn fail_because(&self, reason: FailureReason, error: &(dyn StdError + 'static)) -> Error {
        let message = message_of(error);
        self.error(self.call.fail(reason, None, &[("cause", &message)]), Some(error))
    }

    fn error(&self, failure: Failure<Value>, cause: Option<&(dyn StdError + 'static)>) -> Error {
        let operation = self.call.operation();
        let own = [operation.token.as_deref(), self.token.as_deref()];
        let hidden = operation.secrets.iter().map(|secret| &**secret);
        let spent = self.spent.iter().map(|token| &**token);
        let secrets = Secrets::new(
            own.into_iter().flatten().chain(hidden).chain(spent).chain(secrets_among(&self.settings.headers)),
        );
        let request = (self.attempts > 0).then(|| self.call.request().to_owned());
        let context = Context { operation: operation.endpoint.name, request, attempts: self.attempts, cause };
        Error::new(failure, context, &secrets)
    }
}

/// What an error says, with what its root cause says: "error sending request (Connection refused)".
fn message_of(error: &(dyn StdError + 'static)) -> String {
    let message = error.to_string();
    let mut root = error;
    while let Some(source) = root.source() {
        root = source;
    }
    let said = root.to_string();
    if message.contains(&said) { message } else { [&message, " (", &said, ")"].concat() }
}
