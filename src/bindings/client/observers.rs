//! The caller's own functions that are told what the client does.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/host/client/observe.js")]
extern "C" {
    #[wasm_bindgen(js_name = observersOf)]
    fn observers_of(options: &JsValue) -> JsValue;
    #[allow(clippy::too_many_arguments)] // One crossing.
    fn observe(
        observers: &JsValue,
        stage: u32,
        call: u32,
        operation: &str,
        method: &str,
        url: &str,
        attempt: u32,
        status: Option<u16>,
        code: Option<&str>,
        milliseconds: f64,
    );
    /// Says once for each origin that tokens would travel unencrypted.
    #[wasm_bindgen(js_name = warnIfInsecure, catch)]
    pub fn warn_if_insecure(base: &str, logger: &JsValue) -> Result<(), JsValue>;
}

/// When an observer is told, as observe.js knows it.
#[derive(Clone, Copy)]
pub enum Stage {
    Request = 0,
    Response = 1,
    Retry = 2,
}

/// `onRequest`, `onResponse`, `onRetry` and `logger`.
pub struct Observers(JsValue);

impl Observers {
    /// Those among `options`, if there are any.
    pub fn of(options: &JsValue) -> Option<Self> {
        let observers = observers_of(options);
        (!observers.is_undefined()).then_some(Self(observers))
    }

    /// Tells them of an attempt. `time` is in milliseconds.
    #[allow(clippy::too_many_arguments)] // The members of an event.
    pub fn tell(
        &self,
        stage: Stage,
        call: u32,
        operation: &str,
        method: &str,
        url: &str,
        attempt: u32,
        status: Option<u16>,
        code: Option<&str>,
        time: f64,
    ) {
        observe(&self.0, stage as u32, call, operation, method, url, attempt, status, code, time);
    }
}
