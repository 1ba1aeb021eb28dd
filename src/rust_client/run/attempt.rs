//! An attempt at a request, and the wait before the next one.

use super::Run;
use crate::client::Request;
use crate::http::{Budget, FailureReason, RetryCause};
use crate::rust_client::error::Error;
use crate::rust_client::exchange::{Exchanged, Trouble, exchange};
use crate::rust_client::hooks::RetryEvent;
use crate::rust_client::transport::{RedirectMode, TransportRequest};
use ::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use ::http::{HeaderMap, HeaderValue, Method};
use serde_json::Value;
use std::time::Duration;

impl Run {
    /// Sends a request once. Returns `None` if it is to be sent again.
    pub(super) async fn attempt(&mut self, request: &Request<Value>) -> Result<Option<Exchanged>, Error> {
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
    pub(super) fn headers(&self, has_body: bool) -> Option<HeaderMap> {
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
    pub(super) async fn wait(
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
}

pub(super) fn reason_of(trouble: &Trouble) -> FailureReason {
    match trouble {
        Trouble::Unanswered(_) => FailureReason::NoAnswer,
        Trouble::NotAResponse => FailureReason::NotAResponse,
        Trouble::TooLarge => FailureReason::TooLarge,
        Trouble::Redirected { reason, .. } => *reason,
    }
}
