//! A request on its way: sent, and sent again where that is sound, within the time that the call has.

use super::connection::Connection;
use super::errors;
use super::observers::Stage;
use super::options::{CallSettings, Token};
use crate::http::{
    Answered, Asking, Budget, Call, Failure, FailureKind, Form, InvalidArgument, Outcome, Repeat, Reply, Request,
    Sending, Setback, Step, answered, host_message, is_host_signal, is_token, now, pause, provided, send, too_late,
};
use crate::schema::Json;
use crate::text::text;
use js_sys::{Array, Function};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/host/client/stream.js")]
extern "C" {
    fn guarded(body: &JsValue, timeout: f64, caller: &JsValue, asked: &str, failure: &JsValue) -> JsValue;
}

/// What a call does next.
pub enum Next {
    /// It waits for this, which has its limits and calls what it is given once it is over.
    Wait(Function),
    /// It resolves to this.
    Done(JsValue),
    /// It rejects with the error that this describes.
    Fail(JsValue),
    /// It rejects with this itself: what the caller has aborted with, or a signal of the caller's framework.
    Throw(JsValue),
}

/// What a call waits for.
#[derive(Clone, Copy)]
enum Awaited {
    Token,
    Answer,
    NextAttempt,
}

/// A call on its way, and what it has used up so far, over all its requests.
pub struct Trip {
    connection: Rc<Connection>,
    /// The method that was called.
    method: &'static str,
    settings: CallSettings,
    call: Call<JsValue>,
    /// The request in hand.
    request: Request<JsValue>,
    awaited: Awaited,
    /// Whether the call has no more time than what it waits for may take.
    is_last: bool,
    /// When the call must be over, on the clock of [`now`].
    ends: f64,
    /// When the last attempt began.
    began: f64,
    /// Which of the client's calls this is, for its observers; 0 before they were told of it.
    number: u32,
    attempts: u32,
    repeated: u32,
    /// The bearer token in use.
    token: Option<Rc<String>>,
    /// Those that were in use before.
    spent: Vec<Rc<String>>,
    /// Whether the token function has been asked again, after a 401.
    renewed: bool,
    /// That 401, while the function is asked.
    unauthorized: Option<Reply<JsValue>>,
}

impl Trip {
    /// Starts the clock.
    pub fn new(connection: Rc<Connection>, method: &'static str, settings: CallSettings, call: Call<JsValue>) -> Self {
        let ends = if settings.deadline.is_finite() { now() + settings.deadline } else { f64::INFINITY };
        Self {
            connection,
            method,
            settings,
            call,
            request: Request::none(),
            awaited: Awaited::NextAttempt,
            is_last: false,
            ends,
            began: 0.0,
            number: 0,
            attempts: 0,
            repeated: 0,
            token: None,
            spent: Vec::new(),
            renewed: false,
            unauthorized: None,
        }
    }

    /// Sets out.
    pub fn start(&mut self) -> Next {
        let step = self.call.start();
        self.follow(step)
    }

    /// Goes on with what came of what it waited for.
    pub fn go_on(&mut self, outcome: Outcome) -> Next {
        match (self.awaited, outcome) {
            (Awaited::Answer, outcome) => self.receive(outcome),
            (_, Outcome::Aborted) => Next::Throw(self.reason()),
            (Awaited::Token, outcome) => self.receive_token(outcome),
            (Awaited::NextAttempt, _) => self.find_token(),
        }
    }

    fn follow(&mut self, step: Step<JsValue>) -> Next {
        match step {
            Step::Send(request) => {
                self.request = request;
                self.find_token()
            }
            Step::Done(Ok(body)) if self.call.operation.answer.form() == Form::Stream => {
                Next::Done(self.guarded(&body))
            }
            Step::Done(Ok(value)) => Next::Done(value),
            Step::Done(Err(failure)) => self.fail(failure),
        }
    }

    /// Finds the bearer token, which a function is asked for.
    fn find_token(&mut self) -> Next {
        self.ask_for_token(false)
    }

    fn ask_for_token(&mut self, is_unauthorized: bool) -> Next {
        let token = match (&self.call.operation.token, &self.settings.token) {
            (Some(token), _) => Some(Rc::new(token.clone())),
            (None, Token::Fixed(token)) => Some(token.clone()),
            (None, Token::None) => None,
            (None, Token::Provider(provider)) => {
                let (time, is_last) = self.time();
                let wait = provided(&Asking {
                    provider,
                    timeout: time,
                    signal: &self.settings.signal,
                    operation: self.method,
                    is_unauthorized,
                    previous: self.token.as_ref().map(|token| token.as_str()),
                    is_shared: self.settings.share_token,
                });
                (self.awaited, self.is_last) = (Awaited::Token, is_last);
                return Next::Wait(wait);
            }
        };
        self.use_token(token);
        self.send()
    }

    fn receive_token(&mut self, outcome: Outcome) -> Next {
        let unavailable = |kind, message: &str, cause| Failure {
            cause,
            ..Failure::new(kind, "TOKEN_UNAVAILABLE", message.to_owned())
        };
        let failure = match outcome {
            Outcome::Settled(Ok(value)) => {
                let text = value.as_string();
                let is_same = text.is_none() || text.as_deref() == self.token.as_ref().map(|token| token.as_str());
                if self.unauthorized.is_some() && is_same && (value.is_absent() || text.is_some()) {
                    // There is no other token than the one that the server has refused: its answer stands.
                    return self.finish();
                }
                if !(value.is_absent() || text.as_deref().is_some_and(is_token)) {
                    let expected = "must return a bearer token: visible ASCII characters only";
                    return self.fail(InvalidArgument::new("options.token", expected).into());
                }
                self.unauthorized = None;
                self.use_token(text.map(Rc::new));
                return self.send();
            }
            Outcome::Settled(Err(cause)) if is_host_signal(&cause) => return Next::Throw(cause),
            Outcome::Settled(Err(cause)) => {
                let message = text(&["the token function failed: ", &host_message(&cause)]);
                unavailable(FailureKind::Plain, &message, Some(cause))
            }
            _ if self.is_last => too_late("the token function", true),
            _ => unavailable(FailureKind::Timeout, "the token function did not return in time", None),
        };
        self.fail(failure)
    }

    /// Sends the request once.
    fn send(&mut self) -> Next {
        self.attempts += 1;
        let is_observed = self.connection.observers.is_some();
        if is_observed {
            self.began = now();
            if self.number == 0 {
                self.number = self.connection.next_number();
            }
            self.tell(Stage::Request, None, None, 0.0);
        }
        let (timeout, is_last) = self.time();
        (self.awaited, self.is_last) = (Awaited::Answer, is_last);
        Next::Wait(send(
            &self.connection.transport,
            &self.request,
            &Sending {
                headers: &self.settings.headers,
                token: self.token.as_ref(),
                timeout,
                signal: &self.settings.signal,
                form: self.call.operation.answer.form(),
                init: &self.settings.init,
                // Observers are told the status, so they want the reply.
                schema: if is_observed { None } else { self.call.ready_schema() },
            },
        ))
    }

    fn receive(&mut self, outcome: Outcome) -> Next {
        #[cfg(feature = "force-panic")]
        super::forced_panic::at("after", &self.call.operation);
        let result = match outcome {
            Outcome::Aborted => {
                self.tell(Stage::Response, None, Some("ABORTED"), self.took());
                return Next::Throw(self.reason());
            }
            Outcome::Settled(Err(cause)) if is_host_signal(&cause) => return Next::Throw(cause),
            Outcome::TimedOut => Err(too_late(&self.request.described(), self.is_last)),
            Outcome::Settled(exchanged) => match answered(&self.request, exchanged) {
                Ok(Answered::Ready(value)) => return Next::Done(value),
                Ok(Answered::Reply(reply)) => Ok(reply),
                Err(failure) => Err(failure),
            },
        };
        self.observe(Stage::Response, &result, self.took());
        if matches!(&result, Ok(reply) if self.may_renew() && self.call.wants_token(reply)) {
            self.renewed = true;
            self.unauthorized = result.ok();
            return self.ask_for_token(true);
        }
        let setback = match &result {
            Ok(reply) => self.call.setback(reply),
            // Neither is a `fetch` that breaks its contract mended by another try, nor is a redirect.
            Err(failure) => matches!(failure.code.as_str(), "NETWORK_ERROR" | "TIMEOUT").then_some(Setback::NoAnswer),
        };
        if let Some(wait) = setback.and_then(|setback| self.wait_after(setback)) {
            self.observe(Stage::Retry, &result, wait);
            self.repeated += 1;
            self.awaited = Awaited::NextAttempt;
            return Next::Wait(pause(wait, &self.settings.signal));
        }
        match result {
            Ok(reply) => self.conclude(reply),
            Err(failure) => self.fail(failure),
        }
    }

    fn conclude(&mut self, reply: Reply<JsValue>) -> Next {
        let step = self.call.receive(reply, self.token.as_ref().map(|token| token.as_str()));
        self.follow(step)
    }

    /// Ends with the answer that has asked for another token, when there is none.
    fn finish(&mut self) -> Next {
        match self.unauthorized.take() {
            Some(reply) => self.conclude(reply),
            None => self.send(),
        }
    }

    /// How many milliseconds to wait before another attempt, if there is to be one.
    fn wait_after(&self, setback: Setback) -> Option<f64> {
        let repeat = Repeat::of(self.call.operation.route, self.request.method);
        let budget =
            Budget { repeated: self.repeated, max_retries: self.settings.max_retries, time_left: self.time_left() };
        repeat.wait(setback, budget, js_sys::Math::random())
    }

    fn use_token(&mut self, token: Option<Rc<String>>) {
        if self.token != token {
            self.spent.extend(std::mem::replace(&mut self.token, token));
        }
    }

    /// Whether the token function may be asked again.
    fn may_renew(&self) -> bool {
        !self.renewed && self.call.operation.token.is_none() && matches!(self.settings.token, Token::Provider(_))
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
        js_sys::Reflect::get(&self.settings.signal, &JsValue::from_str("reason")).unwrap_or(JsValue::UNDEFINED)
    }

    fn fail(&self, failure: Failure<JsValue>) -> Next {
        Next::Fail(self.described(failure))
    }

    /// What describes the JavaScript error for `failure`, in which no secret of this call appears.
    fn described(&self, mut failure: Failure<JsValue>) -> JsValue {
        failure.attempts = self.attempts;
        let Request { method, .. } = &self.request;
        let asked = errors::Asked {
            operation: self.method,
            method: if self.attempts > 0 { Some(method.name()) } else { None },
            url: if self.attempts > 0 { Some(self.request.path()) } else { None },
        };
        errors::describe(&failure, &asked, self.secrets(), &self.settings.headers)
    }

    /// A body that is still coming in, within the limits of this call.
    fn guarded(&self, body: &JsValue) -> JsValue {
        let CallSettings { timeout, signal, .. } = &self.settings;
        let failure = self.described(Failure::new(FailureKind::Network, "NETWORK_ERROR", String::new()));
        guarded(body, *timeout, signal, &self.request.described(), &failure)
    }

    fn secrets(&self) -> Array {
        let sent = self.spent.iter().chain(&self.token).map(|token| token.as_str());
        let own = self.call.operation.token.iter().chain(&self.call.operation.password).map(String::as_str);
        sent.chain(own).map(JsValue::from_str).collect()
    }

    fn took(&self) -> f64 {
        if self.connection.observers.is_some() { now() - self.began } else { 0.0 }
    }

    fn observe(&self, stage: Stage, result: &Result<Reply<JsValue>, Failure<JsValue>>, time: f64) {
        match result {
            Ok(reply) => self.tell(stage, Some(reply.status), None, time),
            Err(failure) => self.tell(stage, failure.status, Some(&failure.code), time),
        }
    }

    fn tell(&self, stage: Stage, status: Option<u16>, code: Option<&str>, time: f64) {
        if let Some(observers) = &self.connection.observers {
            let Request { url, .. } = &self.request;
            observers.tell(
                stage,
                self.number,
                self.method,
                self.request.method.name(),
                url,
                self.attempts,
                status,
                code,
                time,
            );
        }
    }
}
