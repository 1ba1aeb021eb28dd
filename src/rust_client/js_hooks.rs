//! Hooks that call the observers among the options of JavaScript.

use super::error::Error;
use super::fetch::console_warn;
use super::from_js::{invalid, is_absent, own};
use super::hooks::{Hooks, RequestEvent, ResponseEvent, RetryEvent};
use js_sys::{Function, Object};
use serde::Serialize;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};

/// The observers of JavaScript.
pub(super) struct JsHooks {
    on_request: Option<Function>,
    on_response: Option<Function>,
    on_retry: Option<Function>,
    logger: Option<Object>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsEvent<'a> {
    call: u32,
    operation: &'a str,
    method: &'a str,
    url: &'a str,
    attempt: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delay_ms: Option<f64>,
}

impl<'a> JsEvent<'a> {
    const fn new(event: &RequestEvent<'a>) -> Self {
        let RequestEvent { call, operation, method, url, attempt } = *event;
        Self { call, operation, method, url, attempt, status: None, code: None, duration_ms: None, delay_ms: None }
    }

    /// Tells an observer, which cannot break what it observes.
    fn tell(&self, observer: Option<&Function>) {
        let Some(observer) = observer else { return };
        if let Ok(event) = serde_wasm_bindgen::to_value(self) {
            let _ = observer.call1(&JsValue::UNDEFINED, &event);
        }
    }
}

impl JsHooks {
    pub fn of(object: &Object) -> Result<Option<Self>, Error> {
        let function = |name: &str| match own(object, name).dyn_into::<Function>() {
            Ok(function) => Ok(Some(function)),
            Err(other) if is_absent(&other) => Ok(None),
            Err(_) => Err(invalid(&["options.", name].concat(), "a function")),
        };
        let hooks = Self {
            on_request: function("onRequest")?,
            on_response: function("onResponse")?,
            on_retry: function("onRetry")?,
            logger: own(object, "logger").dyn_into().ok(),
        };
        let is_any = hooks.on_request.is_some() || hooks.on_response.is_some() || hooks.on_retry.is_some();
        Ok((is_any || hooks.logger.is_some()).then_some(hooks))
    }

    fn log(&self, level: &str, event: &RequestEvent<'_>, status: Option<u16>, code: Option<&str>, ending: &str) {
        if self.logger.is_some() {
            let path = event.url.split('?').next().unwrap_or_default();
            let status = status.map(|status| status.to_string());
            let outcome = status.as_deref().or(code).unwrap_or_default();
            let line = ["kavachos ", event.operation, ": ", event.method, " ", path, ": ", outcome, ending].concat();
            self.write(level, &line);
        }
    }

    fn write(&self, level: &str, line: &str) {
        let Some(logger) = &self.logger else { return };
        let method = js_sys::Reflect::get(logger, &JsValue::from_str(level)).unwrap_or(JsValue::UNDEFINED);
        if let Ok(method) = method.dyn_into::<Function>() {
            let _ = method.call1(logger, &JsValue::from_str(line));
        }
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

impl Hooks for JsHooks {
    fn on_request(&self, event: &RequestEvent<'_>) {
        JsEvent::new(event).tell(self.on_request.as_ref());
    }

    fn on_response(&self, event: &ResponseEvent<'_>) {
        let ResponseEvent { request, status, code, duration } = *event;
        let duration_ms = Some(milliseconds(duration));
        JsEvent { status, code, duration_ms, ..JsEvent::new(&request) }.tell(self.on_response.as_ref());
        let ending = [" in ", &milliseconds(duration).round().to_string(), " ms"].concat();
        self.log("debug", &request, status, code, &ending);
    }

    fn on_retry(&self, event: &RetryEvent<'_>) {
        let RetryEvent { request, status, code, delay } = *event;
        let delay_ms = Some(milliseconds(delay));
        JsEvent { status, code, delay_ms, ..JsEvent::new(&request) }.tell(self.on_retry.as_ref());
        let ending = [", trying again in ", &milliseconds(delay).round().to_string(), " ms"].concat();
        self.log("warn", &request, status, code, &ending);
    }

    fn on_warning(&self, text: &str) {
        match &self.logger {
            Some(_) => self.write("warn", text),
            None => console_warn(text),
        }
    }
}
