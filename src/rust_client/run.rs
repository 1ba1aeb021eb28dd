//! Runs a call: attempts, retries, token renewal and the deadline. Every decision is taken by `crate::http`.

use super::client::Inner;
use super::error::{Context, Error};
use super::exchange::{Exchanged, Trouble, exchange};
use super::future::{BoxFuture, within};
use super::hooks::{RequestEvent, ResponseEvent, RetryEvent};
use super::options::Settings;
use super::redact::{Secrets, secrets_among};
use super::token::{Token, TokenContext, TokenReason};
use super::transport::{RedirectMode, TransportRequest};
use crate::client::{Call, CallStep, Failure, Next, Operation, Reply, Request};
use crate::http::{Budget, FailureReason, RetryCause, is_token};
use crate::schema::Secret;
use ::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use ::http::{HeaderMap, HeaderValue, Method};
use serde_json::Value;
use std::error::Error as StdError;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// What a call comes to.
pub(super) struct Outcome {
    pub value: Value,
    /// The body, if it was due to be bytes.
    pub bytes: Vec<u8>,
    /// The call, for the case that the value is not of the type that it should be.
    run: Run,
    reply: Option<Reply<Value>>,
}

impl Outcome {
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

struct Run {
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
    /// The number of the call, for hooks; 0 before they are told of it.
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
                    let (reply, bytes) = last.map_or((None, Vec::new()), |last| (Some(last.reply), last.bytes));
                    return Ok(Outcome { value, bytes, run: self, reply });
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

    /// Finds the bearer token. Returns `false` if there is no other one than that which the server has refused.
    async fn find_token(&mut self, is_unauthorized: bool) -> Result<bool, Error> {
        let operation = self.call.operation();
        let provider = match (&operation.token, &self.settings.token) {
            (Some(token), _) => {
                self.use_token(Some(Secret::from(token.clone())));
                return Ok(true);
            }
            (None, None) => return Ok(true),
            (None, Some(Token::Fixed(token))) => {
                self.use_token(Some(token.clone()));
                return Ok(true);
            }
            (None, Some(Token::Provider(provider))) => provider.clone(),
        };
        let context = TokenContext {
            reason: if is_unauthorized { TokenReason::Unauthorized } else { TokenReason::Initial },
            operation: operation.endpoint.name,
            previous_token: self.token.clone().filter(|_| is_unauthorized),
        };
        let (limit, is_last) = self.limit();
        let found = match self.within(limit, provider.provide(context)).await {
            Some(Ok(found)) => found.map(Secret),
            Some(Err(error)) => return Err(self.fail_because(FailureReason::TokenFailed, &*error)),
            None if is_last => return Err(self.fail(FailureReason::TokenDeadlinePassed, None, &[])),
            None => return Err(self.fail(FailureReason::TokenTimedOut, None, &[])),
        };
        if is_unauthorized && (found.is_none() || found == self.token) {
            return Ok(false);
        }
        if found.as_deref().is_some_and(|token| !is_token(token)) {
            self.spent.extend(found);
            return Err(self.fail(FailureReason::NotAToken, None, &[]));
        }
        self.use_token(found);
        Ok(true)
    }

    fn use_token(&mut self, token: Option<Secret>) {
        if self.token != token {
            self.spent.extend(std::mem::replace(&mut self.token, token));
        }
    }

    /// Sends a request once. Returns `None` if it is to be sent again.
    async fn attempt(&mut self, request: &Request<Value>) -> Result<Option<Exchanged>, Error> {
        let Some(headers) = self.headers(request.body.is_some()) else {
            return Err(self.fail(FailureReason::NotAToken, None, &[]));
        };
        self.attempts += 1;
        let began = self.client.transport.now();
        self.tell_request(request);
        let (limit, is_last) = self.limit();
        let sent = TransportRequest {
            method: Method::from_bytes(request.method.name().as_bytes()).unwrap_or_default(),
            url: request.url.clone(),
            headers,
            body: request.body.as_ref().and_then(Value::as_str).map(str::to_owned),
            max_response_bytes: self.settings.max_response_bytes,
            redirect: RedirectMode::Manual,
        };
        let form = self.call.operation().endpoint.answer.form;
        let client = self.client.clone();
        let found = self.within(limit, async move { exchange(&**client.transport, sent, form).await }).await;
        let (reason, trouble) = match found {
            Some(Ok(exchanged)) => {
                self.tell_response(request, Some(exchanged.reply.status), None, began);
                return Ok(Some(exchanged));
            }
            None if is_last => (FailureReason::DeadlinePassed, None),
            None => (FailureReason::AttemptTimedOut, None),
            Some(Err(trouble)) => (reason_of(&trouble), Some(trouble)),
        };
        let code = reason.code().name();
        let redirect = match &trouble {
            Some(Trouble::Redirected { reply, target, .. }) => Some((&**reply, target.as_deref())),
            _ => None,
        };
        self.tell_response(
            request,
            redirect.map(|(reply, _)| reply.status).filter(|status| *status > 0),
            Some(code),
            began,
        );
        if reason.is_transient() && self.wait(request, RetryCause::NoAnswer, None, Some(code)).await {
            return Ok(None);
        }
        Err(match (&trouble, redirect) {
            (Some(Trouble::Unanswered(error)), _) => self.fail_because(reason, &**error),
            (_, Some((reply, target))) => {
                let reply = Some(reply).filter(|reply| reply.status > 0);
                self.fail(reason, reply, &[("target", target.unwrap_or_default())])
            }
            _ => self.fail(reason, None, &[]),
        })
    }

    /// The headers of a request: the caller's own, the token over any `Authorization` among them, and a `Content-Type` exactly if
    /// there is a body. (Some servers refuse one without the other.)
    fn headers(&self, has_body: bool) -> Option<HeaderMap> {
        let mut headers = self.settings.headers.clone();
        headers.remove(CONTENT_TYPE);
        if has_body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if !headers.contains_key(ACCEPT) {
            headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        }
        if let Some(token) = &self.token {
            let mut value = HeaderValue::try_from(["Bearer ", token].concat()).ok()?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        Some(headers)
    }

    /// Waits for the next attempt. Returns `false` if there is none.
    async fn wait(
        &mut self,
        request: &Request<Value>,
        cause: RetryCause,
        status: Option<u16>,
        code: Option<&str>,
    ) -> bool {
        let transport = &self.client.transport;
        let time_left = self.left().map_or(f64::INFINITY, |left| left.as_secs_f64() * 1000.0);
        let budget = Budget { retries: self.retries, max_retries: self.settings.max_retries, time_left };
        let class = self.call.operation().endpoint.retry;
        let Some(delay) = class.wait(cause, budget, transport.random().clamp(0.0, 1.0)) else { return false };
        let delay = Duration::try_from_secs_f64(delay / 1000.0).unwrap_or_default();
        if let Some(hooks) = &self.client.hooks {
            hooks.on_retry(&RetryEvent { request: self.event(request), status, code, delay });
        }
        self.retries += 1;
        self.client.transport.sleep(delay).await;
        true
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

    fn event<'a>(&'a self, request: &'a Request<Value>) -> RequestEvent<'a> {
        let operation = self.call.operation().endpoint.name;
        let (method, url) = (request.method.name(), &*request.url);
        RequestEvent { call: self.number, operation, method, url, attempt: self.attempts }
    }

    fn tell_request(&mut self, request: &Request<Value>) {
        let client = self.client.clone();
        let Some(hooks) = &client.hooks else { return };
        if self.number == 0 {
            self.number = client.calls.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        }
        hooks.on_request(&self.event(request));
    }

    fn tell_response(&self, request: &Request<Value>, status: Option<u16>, code: Option<&str>, began: Duration) {
        let Some(hooks) = &self.client.hooks else { return };
        let duration = self.client.transport.now().saturating_sub(began);
        hooks.on_response(&ResponseEvent { request: self.event(request), status, code, duration });
    }

    fn fail(&self, reason: FailureReason, reply: Option<&Reply<Value>>, words: &[(&str, &str)]) -> Error {
        self.error(self.call.fail(reason, reply, words), None)
    }

    /// Fails for an error of the platform or of the token function.
    fn fail_because(&self, reason: FailureReason, error: &(dyn StdError + 'static)) -> Error {
        let message = message_of(error);
        self.error(self.call.fail(reason, None, &[("cause", &message)]), Some(error))
    }

    fn error(&self, failure: Failure<Value>, cause: Option<&(dyn StdError + 'static)>) -> Error {
        let operation = self.call.operation();
        let own = [operation.token.as_deref(), operation.secret.as_deref(), self.token.as_deref()];
        let spent = self.spent.iter().map(|token| &**token);
        let secrets = Secrets::new(own.into_iter().flatten().chain(spent).chain(secrets_among(&self.settings.headers)));
        let request = (self.attempts > 0).then(|| self.call.request().to_owned());
        let context = Context { operation: operation.endpoint.name, request, attempts: self.attempts, cause };
        Error::new(failure, context, &secrets)
    }
}

fn reason_of(trouble: &Trouble) -> FailureReason {
    match trouble {
        Trouble::Unanswered(_) => FailureReason::NoAnswer,
        Trouble::NotAResponse => FailureReason::NotAResponse,
        Trouble::TooLarge => FailureReason::TooLarge,
        Trouble::Redirected { reason, .. } => *reason,
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
