//! Tells hooks of a call.

use super::Run;
use crate::client::Request;
use crate::rust_client::hooks::{RequestEvent, ResponseEvent};
use serde_json::Value;
use std::sync::atomic::Ordering;
use std::time::Duration;

impl Run {
    pub(super) fn event<'a>(&'a self, request: &'a Request<Value>) -> RequestEvent<'a> {
        let operation = self.call.operation().endpoint.name;
        let (method, url) = (request.method.name(), &*request.url);
        RequestEvent { call: self.number, operation, method, url, attempt: self.attempts }
    }

    pub(super) fn tell_request(&mut self, request: &Request<Value>) {
        let client = self.client.clone();
        let Some(hooks) = &client.hooks else { return };
        if self.number == 0 {
            self.number = client.calls.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        }
        hooks.on_request(&self.event(request));
    }

    pub(super) fn tell_response(
        &self,
        request: &Request<Value>,
        status: Option<u16>,
        code: Option<&str>,
        began: Duration,
    ) {
        let Some(hooks) = &self.client.hooks else { return };
        let duration = self.client.transport.now().saturating_sub(began);
        hooks.on_response(&ResponseEvent { request: self.event(request), status, code, duration });
    }
}
