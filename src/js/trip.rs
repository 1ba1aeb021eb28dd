//! A request on its way: sent, and sent again where that is sound, within the time that the call has.

use super::connection::Connection;
use super::errors;
use super::observers::Stage;
use super::options::{CallSettings, Token};
use super::task::Waits;
use crate::http::{
    Budget, Call, Failure, FailureKind, InvalidArgument, Operation, Outcome, Repeat, Reply, Request, Setback, is_token,
    now, pause, provided, reply, send, too_late,
};
use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;

/// What a call has used up so far, over all its requests.
pub struct Trip<'a> {
    connection: &'a Connection,
    operation: &'a Operation,
    settings: &'a CallSettings,
    waits: &'a Waits,
    /// When the call must be over, on the clock of [`now`].
    ends: f64,
    attempts: u32,
    repeated: u32,
    /// The bearer token in use.
    token: Option<String>,
    /// Those that were in use before.
    spent: Vec<String>,
    /// Whether the token function has been asked again, after a 401.
    renewed: bool,
}

impl<'a> Trip<'a> {
    /// Starts the clock.
    pub fn start(
        connection: &'a Connection,
        operation: &'a Operation,
        settings: &'a CallSettings,
        waits: &'a Waits,
    ) -> Self {
        let ends = if settings.deadline.is_finite() { now() + settings.deadline } else { f64::INFINITY };
        Self {
            connection,
            operation,
            settings,
            waits,
            ends,
            attempts: 0,
            repeated: 0,
            token: None,
            spent: Vec::new(),
            renewed: false,
        }
    }

    /// The bearer token that was sent last, if one was.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Sends `request` until there is a reply that stands.
    ///
    /// # Errors
    /// What the call rejects with.
    pub async fn make(&mut self, call: &Call<'_>, request: &Request) -> Result<Reply<JsValue>, JsValue> {
        let repeat = Repeat::of(self.operation.route, request.method);
        loop {
            self.find_token().await?;
            let result = self.attempt(request).await?;
            let setback = match &result {
                Ok(reply) if self.may_renew() && call.wants_token(reply) => {
                    self.renewed = true;
                    continue;
                }
                Ok(reply) => call.setback(reply),
                // Neither is a `fetch` that breaks its contract mended by another try, nor is a redirect.
                Err(failure) => {
                    matches!(failure.code.as_str(), "NETWORK_ERROR" | "TIMEOUT").then_some(Setback::NoAnswer)
                }
            };
            let budget =
                Budget { repeated: self.repeated, max_retries: self.settings.max_retries, time_left: self.time_left() };
            let wait = setback.and_then(|setback| repeat.wait(setback, budget, js_sys::Math::random()));
            let Some(wait) = wait else { return result.map_err(|failure| self.error(failure)) };
            self.observe(Stage::Retry, request, &result, wait);
            self.repeated += 1;
            if let Outcome::Aborted = self.wait(pause(wait, &self.settings.signal)).await {
                return Err(self.reason());
            }
        }
    }

    /// Sends `request` once.
    async fn attempt(&mut self, request: &Request) -> Result<Result<Reply<JsValue>, Failure<JsValue>>, JsValue> {
        let headers = self.settings.headers.for_request(self.token(), request.body.is_some());
        let transport = &self.connection.transport;
        let is_json = self.operation.answer.is_json();
        self.attempts += 1;
        let started = self.connection.observers.as_ref().map(|_| now());
        self.tell(Stage::Request, request, None, None, 0.0);
        let (time, is_last) = self.time();
        let sent = send(transport, request, &headers, is_json, time, &self.settings.signal);
        let outcome = self.wait(sent).await;
        let took = started.map_or(0.0, |started| now() - started);
        let result = match outcome {
            Outcome::Aborted => {
                self.tell(Stage::Response, request, None, Some("ABORTED"), took);
                return Err(self.reason());
            }
            Outcome::TimedOut => Err(too_late(&request.described(), is_last)),
            Outcome::Settled(exchanged) => reply(request, exchanged),
        };
        self.observe(Stage::Response, request, &result, took);
        Ok(result)
    }

    /// Finds the bearer token, which a function is asked for.
    async fn find_token(&mut self) -> Result<(), JsValue> {
        let provider = match (&self.operation.token, &self.settings.token) {
            (Some(token), _) | (None, Token::Fixed(token)) => {
                self.use_token(Some(token.clone()));
                return Ok(());
            }
            (None, Token::None) => return Ok(()),
            (None, Token::Provider(provider)) => provider,
        };
        let unavailable = |kind, code, message: &str| Failure::new(kind, code, message.to_owned());
        let (time, is_last) = self.time();
        match self.wait(provided(provider, time, &self.settings.signal)).await {
            Outcome::Aborted => Err(self.reason()),
            Outcome::TimedOut if is_last => Err(self.error(too_late("the token function", true))),
            Outcome::TimedOut => {
                let message = "the token function did not return in time";
                Err(self.error(unavailable(FailureKind::Timeout, "TOKEN_UNAVAILABLE", message)))
            }
            Outcome::Settled(Ok(value)) if value.is_undefined() || value.is_null() => {
                self.use_token(None);
                Ok(())
            }
            Outcome::Settled(Ok(value)) => match value.as_string().filter(|token| is_token(token)) {
                Some(token) => {
                    self.use_token(Some(token));
                    Ok(())
                }
                None => Err(errors::invalid(InvalidArgument::new(
                    "options.token",
                    "must return a bearer token: visible ASCII characters only",
                ))),
            },
            Outcome::Settled(Err(cause)) => {
                let failure = unavailable(FailureKind::Plain, "TOKEN_UNAVAILABLE", "the token function failed");
                Err(self.error(Failure { cause: Some(cause), ..failure }))
            }
        }
    }

    fn use_token(&mut self, token: Option<String>) {
        if self.token != token {
            self.spent.extend(std::mem::replace(&mut self.token, token));
        }
    }

    /// Whether the token function may be asked again.
    fn may_renew(&self) -> bool {
        !self.renewed && self.operation.token.is_none() && matches!(self.settings.token, Token::Provider(_))
    }

    async fn wait(&self, promise: Promise) -> Outcome {
        match self.waits.wait(promise).await {
            Ok(outcome) => Outcome::read(&outcome),
            // What waits within limits never rejects.
            Err(error) => Outcome::Settled(Err(error)),
        }
    }

    /// How many milliseconds the next step may take, and whether the call has no more than that left.
    fn time(&self) -> (f64, bool) {
        let left = self.time_left();
        if left < self.settings.timeout { (left, true) } else { (self.settings.timeout, false) }
    }

    fn time_left(&self) -> f64 {
        if self.ends.is_finite() { self.ends - now() } else { f64::INFINITY }
    }

    /// What the caller aborted with.
    fn reason(&self) -> JsValue {
        Reflect::get(&self.settings.signal, &JsValue::from_str("reason")).unwrap_or_default()
    }

    /// The JavaScript error for `failure`, in which no secret of this call appears.
    pub fn error(&self, mut failure: Failure<JsValue>) -> JsValue {
        failure.attempts = self.attempts;
        let secrets = self.spent.iter().chain(&self.token).chain(&self.operation.token).chain(&self.operation.password);
        let secrets = secrets.map(String::as_str).chain(self.settings.headers.secrets());
        errors::failure(&failure, secrets.map(JsValue::from_str).collect())
    }

    fn observe(&self, stage: Stage, request: &Request, result: &Result<Reply<JsValue>, Failure<JsValue>>, time: f64) {
        let (status, code) = match result {
            Ok(reply) => (Some(reply.status), None),
            Err(failure) => (failure.status, Some(failure.code.as_str())),
        };
        self.tell(stage, request, status, code, time);
    }

    fn tell(&self, stage: Stage, request: &Request, status: Option<u16>, code: Option<&str>, time: f64) {
        if let Some(observers) = &self.connection.observers {
            let method = self.operation.route.method();
            observers.tell(stage, method, request.method.name(), &request.url, self.attempts, status, code, time);
        }
    }
}
