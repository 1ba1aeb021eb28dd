//! One server, as a client was told to reach it: the path that every method takes.

use super::errors;
use super::options::{CallSettings, ClientSettings, Token, client_settings};
use crate::http::{
    Attempt, Bases, Call, DialectMemory, Ending, Failure, FailureKind, Interruption, InvalidArgument, Operation, Step,
    Transport, is_token, send,
};
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// A server and how to reach it. It holds no state but the dialect it has found out.
pub struct Connection {
    bases: Bases,
    memory: DialectMemory,
    transport: Transport,
    defaults: CallSettings,
}

impl Connection {
    /// Reads the options of a client.
    pub fn new(options: &JsValue) -> Result<Self, InvalidArgument> {
        let ClientSettings { bases, dialect, transport, call } = client_settings(options)?;
        Ok(Self { bases, memory: DialectMemory::new(dialect), transport, defaults: call })
    }

    /// Carries out `operation`, or rejects without a request if an argument cannot be sent.
    ///
    /// Arguments have been read by now: the caller may change them while the promise is pending.
    pub fn call(self: &Rc<Self>, operation: Result<Operation, InvalidArgument>, options: &JsValue) -> Promise {
        let prepared = operation.and_then(|operation| Ok((operation, self.defaults.with_call(options)?)));
        match prepared {
            Ok((operation, settings)) => future_to_promise(run(self.clone(), operation, settings)),
            Err(argument) => Promise::reject(&errors::invalid(argument)),
        }
    }
}

/// The one asynchronous path: every method's future is this one.
async fn run(connection: Rc<Connection>, operation: Operation, mut settings: CallSettings) -> Result<JsValue, JsValue> {
    if let Some(token) = &operation.token {
        settings.token = Token::Fixed(token.clone());
    }
    let token = resolve_token(&settings).await?;
    let mut call = Call::new(&operation, &connection.memory, &connection.bases);
    let mut step = call.start();
    loop {
        let request = match step {
            Step::Send(request) => request,
            Step::Done(result) => return result.map_err(|failure| errors::failure(&failure)),
        };
        let headers = settings.headers.for_request(token.as_deref(), request.body.is_some());
        let attempt = Attempt::start(settings.timeout, &settings.signal);
        let sent = send(&connection.transport, &request, &headers, operation.answer.is_json(), &attempt).await;
        drop(attempt);
        let reply = sent.map_err(|interruption| rejection(interruption, &settings, token.as_deref()))?;
        step = call.receive(reply, token.as_deref());
    }
}

/// The bearer token of this call, asked for if it comes from a function.
async fn resolve_token(settings: &CallSettings) -> Result<Option<String>, JsValue> {
    let provider = match &settings.token {
        Token::None => return Ok(None),
        Token::Fixed(token) => return Ok(Some(token.clone())),
        Token::Provider(provider) => provider,
    };
    let attempt = Attempt::start(settings.timeout, &settings.signal);
    let provided = match provider.call0(&JsValue::UNDEFINED) {
        Ok(value) => attempt.wait(&value).await,
        Err(error) => Err(error),
    };
    let failed = |kind, message: &str| Failure::new(kind, "TOKEN_UNAVAILABLE", message.to_owned());
    match (provided, attempt.ending()) {
        (_, Some(Ending::Aborted)) => Err(reason(settings)),
        (_, Some(Ending::TimedOut)) => {
            Err(errors::failure(&failed(FailureKind::Timeout, "the token function did not return in time")))
        }
        (Ok(value), None) if value.is_undefined() || value.is_null() => Ok(None),
        (Ok(value), None) => match value.as_string().filter(|token| is_token(token)) {
            Some(token) => Ok(Some(token)),
            None => Err(errors::invalid(InvalidArgument::new(
                "options.token",
                "must return a bearer token: visible ASCII characters only",
            ))),
        },
        (Err(error), None) => {
            let mut failure = failed(FailureKind::Plain, "the token function failed");
            failure.cause = Some(error);
            Err(errors::failure(&failure))
        }
    }
}

fn rejection(interruption: Interruption, settings: &CallSettings, token: Option<&str>) -> JsValue {
    match interruption {
        Interruption::Aborted => reason(settings),
        Interruption::Failed(mut failure) => {
            if let Some(token) = token {
                failure.redact(token);
            }
            errors::failure(&failure)
        }
    }
}

/// What the caller aborted with.
fn reason(settings: &CallSettings) -> JsValue {
    js_sys::Reflect::get(&settings.signal, &JsValue::from_str("reason")).unwrap_or_default()
}
