//! What a client tells its owner: one event before and after each attempt, and one before each backoff. No event holds headers or
//! bodies, and so none holds a secret.

use super::future::{MaybeSend, MaybeSync};
use super::insecure::print_warning;
use std::time::Duration;

/// Gets to know of every attempt. The methods for attempts do nothing unless they are implemented.
///
/// ```
/// use kavachos_wasm::Client;
/// use kavachos_wasm::rust_client::{Hooks, ResponseEvent};
///
/// struct Log;
///
/// impl Hooks for Log {
///     fn on_response(&self, event: &ResponseEvent<'_>) {
///         println!("{} {:?} in {:?}", event.request.operation, event.status, event.duration);
///     }
/// }
///
/// let kavach = Client::builder("https://app.example/api/kavach").hooks(Log);
/// assert_eq!(format!("{kavach:?}"), "ClientBuilder { .. }");
/// ```
pub trait Hooks: MaybeSend + MaybeSync + 'static {
    /// Called before each attempt.
    fn on_request(&self, event: &RequestEvent<'_>) {
        let _ = event;
    }
    /// Called after each attempt.
    fn on_response(&self, event: &ResponseEvent<'_>) {
        let _ = event;
    }
    /// Called before the backoff that precedes a retry.
    fn on_retry(&self, event: &RetryEvent<'_>) {
        let _ = event;
    }
    /// Called when a client is built in a way that is unsafe, once for each server: tokens would travel unencrypted. By default the
    /// text goes to standard error, or to the console of JavaScript.
    fn on_warning(&self, text: &str) {
        print_warning(text);
    }
}

/// An attempt.
///
/// ```
/// use kavachos_wasm::Client;
/// use kavachos_wasm::rust_client::{Hooks, RequestEvent, ResponseEvent, RetryEvent};
/// use std::time::Duration;
///
/// struct Watch;
/// impl Hooks for Watch {
///     fn on_request(&self, event: &RequestEvent<'_>) {
///         assert_eq!((event.operation, event.method), ("agents.list", "GET"));
///     }
///     fn on_response(&self, event: &ResponseEvent<'_>) {
///         assert_eq!(event.status, Some(if event.request.attempt == 1 { 503 } else { 200 }));
///     }
///     fn on_retry(&self, event: &RetryEvent<'_>) {
///         assert_eq!(event.delay, Duration::from_millis(500));
///     }
/// }
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(503, "").answer(200, "[]");
/// let kavach = Client::builder("https://app.example").hooks(Watch);
/// # let kavach = kavach.transport(script).build().unwrap();
/// # pollster::block_on(async {
/// kavach.agents().list().await.unwrap();
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RequestEvent<'a> {
    /// The number of the call within this client, starting at 1. All events of a call have the same number.
    pub call: u32,
    /// The method that was called: `agents.create`.
    pub operation: &'a str,
    /// The HTTP method.
    pub method: &'a str,
    /// The URL, with its query.
    pub url: &'a str,
    /// The number of the attempt within the call, starting at 1.
    pub attempt: u32,
}

/// The end of an attempt.
///
/// ```
/// use kavachos_wasm::Client;
/// use kavachos_wasm::rust_client::{Hooks, RequestEvent, ResponseEvent, RetryEvent};
/// use std::time::Duration;
///
/// struct Watch;
/// impl Hooks for Watch {
///     fn on_request(&self, event: &RequestEvent<'_>) {
///         assert_eq!((event.operation, event.method), ("agents.list", "GET"));
///     }
///     fn on_response(&self, event: &ResponseEvent<'_>) {
///         assert_eq!(event.status, Some(if event.request.attempt == 1 { 503 } else { 200 }));
///     }
///     fn on_retry(&self, event: &RetryEvent<'_>) {
///         assert_eq!(event.delay, Duration::from_millis(500));
///     }
/// }
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(503, "").answer(200, "[]");
/// let kavach = Client::builder("https://app.example").hooks(Watch);
/// # let kavach = kavach.transport(script).build().unwrap();
/// # pollster::block_on(async {
/// kavach.agents().list().await.unwrap();
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ResponseEvent<'a> {
    /// The attempt.
    pub request: RequestEvent<'a>,
    /// The HTTP status, if there was a response.
    pub status: Option<u16>,
    /// The error code, if there was no response that can be used.
    pub code: Option<&'a str>,
    /// The duration of the attempt.
    pub duration: Duration,
}

/// A backoff.
///
/// ```
/// use kavachos_wasm::Client;
/// use kavachos_wasm::rust_client::{Hooks, RequestEvent, ResponseEvent, RetryEvent};
/// use std::time::Duration;
///
/// struct Watch;
/// impl Hooks for Watch {
///     fn on_request(&self, event: &RequestEvent<'_>) {
///         assert_eq!((event.operation, event.method), ("agents.list", "GET"));
///     }
///     fn on_response(&self, event: &ResponseEvent<'_>) {
///         assert_eq!(event.status, Some(if event.request.attempt == 1 { 503 } else { 200 }));
///     }
///     fn on_retry(&self, event: &RetryEvent<'_>) {
///         assert_eq!(event.delay, Duration::from_millis(500));
///     }
/// }
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(503, "").answer(200, "[]");
/// let kavach = Client::builder("https://app.example").hooks(Watch);
/// # let kavach = kavach.transport(script).build().unwrap();
/// # pollster::block_on(async {
/// kavach.agents().list().await.unwrap();
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RetryEvent<'a> {
    /// The attempt that failed.
    pub request: RequestEvent<'a>,
    /// Its HTTP status, if there was a response.
    pub status: Option<u16>,
    /// Its error code, if there was none.
    pub code: Option<&'a str>,
    /// The backoff before the next attempt.
    pub delay: Duration,
}
