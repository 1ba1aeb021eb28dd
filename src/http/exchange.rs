//! The only I/O: one request out through the host's `fetch`, one reply in.

use super::failure::{Failure, FailureKind};
use super::headers::Headers;
use super::reply::{Payload, Reply, retry_after};
use super::request::Request;
use gloo_net::http::Response;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/http/exchange.js")]
extern "C" {
    #[allow(clippy::too_many_arguments)] // One crossing.
    fn exchange(
        send: Option<&Function>,
        method: &str,
        url: &str,
        fields: &str,
        body: Option<&str>,
        credentials: Option<&str>,
        timeout: f64,
        caller: &JsValue,
        is_json: bool,
    ) -> Promise;
}

#[wasm_bindgen(module = "/src/http/limits.js")]
extern "C" {
    /// Resolves when the time is up, in milliseconds, or the caller aborts.
    pub fn pause(milliseconds: f64, caller: &JsValue) -> Promise;
    /// Milliseconds that only ever grow.
    pub fn now() -> f64;
}

#[wasm_bindgen(module = "/src/http/token.js")]
extern "C" {
    /// Asks a token function, within limits.
    pub fn provided(provider: &Function, timeout: f64, caller: &JsValue) -> Promise;
}

// What the modules above import: declaring one of its functions is what takes a module along.
#[wasm_bindgen(module = "/src/http/redirect.js")]
#[allow(dead_code)]
extern "C" {
    #[wasm_bindgen(js_name = isRedirect)]
    fn is_redirect();
}
#[wasm_bindgen(module = "/src/http/response.js")]
#[allow(dead_code)]
extern "C" {
    #[wasm_bindgen(js_name = isResponse)]
    fn is_response();
}

/// How requests leave: through which `fetch`, with which credentials mode.
#[derive(Clone, Debug, Default)]
pub struct Transport {
    /// The caller's own `fetch`, in place of the global one.
    pub fetch: Option<Function>,
    /// The `credentials` mode. Some hosts refuse to be told, so it is only set when asked for.
    pub credentials: Option<String>,
}

/// How something ended that had its limits.
#[derive(Debug)]
pub enum Outcome {
    /// It came to its own end.
    Settled(Result<JsValue, JsValue>),
    /// Its time was up.
    TimedOut,
    /// The caller aborted it.
    Aborted,
}

impl Outcome {
    /// Reads what [`send`], [`pause`] or [`provided`] resolved to.
    pub fn read(outcome: &JsValue) -> Self {
        match member(outcome, "ending").as_f64() {
            Some(1.0) => Self::TimedOut,
            Some(2.0) => Self::Aborted,
            _ if member(outcome, "ok").is_truthy() => Self::Settled(Ok(member(outcome, "value"))),
            _ => Self::Settled(Err(member(outcome, "value"))),
        }
    }
}

/// Sends `request`. `is_json` says whether a success is due to hold JSON.
pub fn send(
    transport: &Transport,
    request: &Request,
    headers: &Headers,
    is_json: bool,
    timeout: f64,
    caller: &JsValue,
) -> Promise {
    exchange(
        transport.fetch.as_ref(),
        request.method.name(),
        &request.url,
        &headers.lines(),
        request.body.as_deref(),
        transport.credentials.as_deref(),
        timeout,
        caller,
        is_json,
    )
}

/// The reply in `exchanged`, which is what [`send`] came to.
///
/// # Errors
/// If there was no reply, or a redirect that the request does not follow.
pub fn reply(request: &Request, exchanged: Result<JsValue, JsValue>) -> Result<Reply<JsValue>, Failure<JsValue>> {
    let reply = exchanged.map_err(|cause| no_answer(request, cause))?;
    let number = |name| member(&reply, name).as_f64().unwrap_or_default();
    let text = |name| member(&reply, name).as_string();
    let body = || member(&reply, "body");
    let payload = match number("form") as u32 {
        0 => Payload::Empty,
        1 => Payload::Json(body()),
        2 => Payload::Text(body().as_string().unwrap_or_default()),
        3 => Payload::Malformed,
        5 => return Err(redirected(request, number("status") as u16, number("problem") as u32, text("target"))),
        _ => return Err(not_a_response(request)),
    };
    let status = Response::from(member(&reply, "response").unchecked_into::<web_sys::Response>()).status();
    let mut reply = Reply { status, content_type: String::new(), retry_after: None, payload };
    if !(reply.is_success() && matches!(reply.payload, Payload::Json(_))) {
        reply.content_type = text("type").unwrap_or_default();
        reply.retry_after = retry_after(text("retryAfterMs").as_deref(), text("retryAfter").as_deref(), |date| {
            (js_sys::Date::parse(date) - js_sys::Date::now()) / 1000.0
        });
    }
    Ok(reply)
}

/// The failure of a request that was not answered in time; `deadline` says whether that of the whole call has passed.
pub fn too_late(asked: &str, deadline: bool) -> Failure<JsValue> {
    let (code, by_when) =
        if deadline { ("DEADLINE_EXCEEDED", " before the deadline of the call") } else { ("TIMEOUT", " in time") };
    Failure::new(FailureKind::Timeout, code, [asked, " was not answered", by_when].concat())
}

fn no_answer(request: &Request, cause: JsValue) -> Failure<JsValue> {
    let said = cause.is_object().then(|| member(&cause, "message").as_string()).flatten();
    let said = said.filter(|said| !said.is_empty()).unwrap_or_else(|| "no answer".to_owned());
    let message = [&request.described(), " failed: ", &said].concat();
    Failure { cause: Some(cause), ..Failure::new(FailureKind::Network, "NETWORK_ERROR", message) }
}

fn not_a_response(request: &Request) -> Failure<JsValue> {
    let message = [&request.described(), ": fetch did not return a Response that can be read"].concat();
    Failure::new(FailureKind::Network, "INVALID_RESPONSE", message)
}

fn redirected(request: &Request, status: u16, problem: u32, target: Option<String>) -> Failure<JsValue> {
    let target = target.unwrap_or_default();
    let told = " Set the option baseUrl to where the server is.";
    let (code, rest): (_, &[&str]) = match problem {
        1 => (
            "CROSS_ORIGIN_REDIRECT",
            &[" was redirected to ", &target, ", and credentials go to no other origin.", told],
        ),
        2 => ("REDIRECTED", &[" was redirected, and it cannot be seen where to.", told]),
        3 => ("REDIRECTED", &[" was redirected within ", &target, ", and such a request is not repeated there.", told]),
        _ => ("TOO_MANY_REDIRECTS", &[" was redirected again and again."]),
    };
    let message = [request.described(), rest.concat()].concat();
    let status = Some(status).filter(|status| *status > 0);
    Failure { status, ..Failure::new(FailureKind::Plain, code, message) }
}

fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}
