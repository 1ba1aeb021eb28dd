//! One try of one request: it ends when its time is up or its caller aborts it.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/http/attempt.js")]
extern "C" {
    #[wasm_bindgen(js_name = Attempt)]
    type JsAttempt;
    #[wasm_bindgen(constructor, js_class = "Attempt")]
    fn new(timeout: f64, signal: &JsValue) -> JsAttempt;
    #[wasm_bindgen(method, getter)]
    fn signal(this: &JsAttempt) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn ending(this: &JsAttempt) -> u32;
    #[wasm_bindgen(method)]
    fn race(this: &JsAttempt, promise: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    fn stop(this: &JsAttempt);
}

/// Why an attempt ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Its time was up.
    TimedOut,
    /// The caller aborted it.
    Aborted,
}

/// A running attempt. Its timer and its listener are gone once it is dropped.
pub struct Attempt(JsAttempt);

impl Attempt {
    /// Starts the clock: `timeout` milliseconds, or for ever if they do not fit a timer.
    pub fn start(timeout: f64, signal: &JsValue) -> Self {
        Self(JsAttempt::new(timeout, signal))
    }

    /// The signal to give to `fetch`.
    pub fn signal(&self) -> JsValue {
        self.0.signal()
    }

    /// Whether it has ended early, and why.
    pub fn ending(&self) -> Option<Ending> {
        match self.0.ending() {
            1 => Some(Ending::TimedOut),
            2 => Some(Ending::Aborted),
            _ => None,
        }
    }

    /// Waits for `promise`, but no longer than this attempt lasts.
    ///
    /// # Errors
    /// What `promise` rejects with, or `undefined` once the attempt has ended.
    pub async fn wait(&self, promise: &JsValue) -> Result<JsValue, JsValue> {
        wasm_bindgen_futures::JsFuture::from(self.0.race(promise)).await
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        self.0.stop();
    }
}
