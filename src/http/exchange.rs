//! The only I/O: one request out through the host's `fetch`, one reply in.

use super::answer::Form;
use super::failure::{Failure, FailureKind};
use super::reply::{Payload, Reply, retry_after};
use super::request::Request;
use crate::schema::Schema;
use crate::schema::shapes::in_javascript;
use crate::text::text;
use gloo_net::http::Response;
use js_sys::Function;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/host/fetch/exchange.js")]
extern "C" {
    #[wasm_bindgen(js_name = hostOf)]
    fn host_of(fetch: &JsValue, credentials: &JsValue) -> JsValue;
    #[allow(clippy::too_many_arguments)] // One crossing.
    fn exchange(
        host: &JsValue,
        method: u32,
        url: &str,
        headers: &JsValue,
        body: &JsValue,
        timeout: f64,
        caller: &JsValue,
        init: &JsValue,
        form: u32,
        schema: &JsValue,
    ) -> Function;
}

#[wasm_bindgen(module = "/src/host/fetch/request-init.js")]
extern "C" {
    /// What `fetch` is given besides the request, and how large an answer may be: what `options` say, over `beneath`.
    #[wasm_bindgen(js_name = requestInit)]
    pub fn request_init(beneath: &JsValue, options: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/src/host/fetch/host-error.js")]
extern "C" {
    /// What a host's error says, with its code.
    #[wasm_bindgen(js_name = messageOf)]
    pub fn host_message(error: &JsValue) -> String;
    /// Whether something thrown is a signal of the caller's framework, which must reach it as it is.
    #[wasm_bindgen(js_name = isHostSignal)]
    pub fn is_host_signal(error: &JsValue) -> bool;
}

#[wasm_bindgen(module = "/src/host/fetch/headers.js")]
extern "C" {
    /// Headers over those beneath them, all as pairs.
    #[wasm_bindgen(js_name = headersOver)]
    pub fn headers_over(own: &JsValue, beneath: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = headersFor)]
    fn headers_for(own: &JsValue, token: Option<&str>, has_body: bool) -> JsValue;
}

#[wasm_bindgen(module = "/src/host/timeout/limits.js")]
extern "C" {
    /// Waits until the time is up, in milliseconds, or the caller aborts.
    pub fn pause(milliseconds: f64, caller: &JsValue) -> Function;
    /// Milliseconds that only ever grow.
    pub fn now() -> f64;
}

#[wasm_bindgen(module = "/src/host/fetch/token.js")]
extern "C" {
    #[wasm_bindgen(js_name = provided)]
    #[allow(clippy::too_many_arguments)] // One crossing.
    fn ask_provider(
        provider: &Function,
        timeout: f64,
        caller: &JsValue,
        operation: &str,
        is_unauthorized: bool,
        previous: Option<&str>,
        is_shared: bool,
    ) -> Function;
}

/// How requests leave: through which `fetch`, with which credentials mode.
pub struct Transport {
    host: JsValue,
    /// The headers of the last request without a body, and of the last with one: the next are most likely the same.
    fields: [Cell<Option<Fields>>; 2],
}

struct Fields {
    headers: Rc<JsValue>,
    token: Option<Rc<String>>,
    object: JsValue,
}

impl Transport {
    /// `fetch` is the caller's own, in place of the global one. Some hosts refuse to be told a `credentials` mode, so it is
    /// only set when asked for.
    pub fn new(fetch: &JsValue, credentials: &JsValue) -> Self {
        Self { host: host_of(fetch, credentials), fields: Default::default() }
    }

    fn fields(&self, headers: &Rc<JsValue>, token: Option<&Rc<String>>, has_body: bool) -> JsValue {
        let [without, with] = &self.fields;
        let place = if has_body { with } else { without };
        let fits = |last: &Fields| Rc::ptr_eq(&last.headers, headers) && last.token.as_ref() == token;
        let fields = place.take().filter(fits).unwrap_or_else(|| {
            let object = headers_for(headers, token.map(|token| token.as_str()), has_body);
            Fields { headers: headers.clone(), token: token.cloned(), object }
        });
        let object = fields.object.clone();
        place.set(Some(fields));
        object
    }
}

/// How a token function is asked.
pub struct Asking<'a> {
    /// The function.
    pub provider: &'a Function,
    /// How long it may take, in milliseconds.
    pub timeout: f64,
    /// The caller's `AbortSignal`, or `undefined`.
    pub signal: &'a JsValue,
    /// The method that needs the token.
    pub operation: &'a str,
    /// Whether the server has refused the previous token.
    pub is_unauthorized: bool,
    /// That token.
    pub previous: Option<&'a str>,
    /// Whether calls that wait at the same time may share the answer.
    pub is_shared: bool,
}

/// Asks a token function, within limits.
pub fn provided(asking: &Asking<'_>) -> Function {
    let Asking { provider, timeout, signal, operation, is_unauthorized, previous, is_shared } = *asking;
    ask_provider(provider, timeout, signal, operation, is_unauthorized, previous, is_shared)
}

/// What something came to that had its limits.
pub enum Outcome {
    /// It came to its own end.
    Settled(Result<JsValue, JsValue>),
    /// Its time was up.
    TimedOut,
    /// The caller aborted it.
    Aborted,
}

#[wasm_bindgen]
extern "C" {
    /// What exchange.js makes of a response.
    type Exchanged;
    #[wasm_bindgen(method, getter)]
    fn form(this: &Exchanged) -> u32;
    #[wasm_bindgen(method, getter)]
    fn response(this: &Exchanged) -> web_sys::Response;
    #[wasm_bindgen(method, getter)]
    fn body(this: &Exchanged) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = type)]
    fn content_type(this: &Exchanged) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = retryAfterMs)]
    fn retry_after_ms(this: &Exchanged) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = retryAfter)]
    fn retry_after(this: &Exchanged) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = requestId)]
    fn request_id(this: &Exchanged) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn problem(this: &Exchanged) -> u32;
    #[wasm_bindgen(method, getter)]
    fn target(this: &Exchanged) -> Option<String>;
}

impl Outcome {
    /// What [`send`], [`pause`] or [`provided`] came to, as limits.js says it.
    pub fn of(ending: u32, value: JsValue) -> Self {
        match ending {
            0 => Self::Settled(Ok(value)),
            1 => Self::Settled(Err(value)),
            2 => Self::TimedOut,
            _ => Self::Aborted,
        }
    }
}

/// What goes along with a request.
pub struct Sending<'a> {
    /// Headers of the caller's own.
    pub headers: &'a Rc<JsValue>,
    /// The bearer token.
    pub token: Option<&'a Rc<String>>,
    /// How long it may take, in milliseconds.
    pub timeout: f64,
    /// The caller's `AbortSignal`, or `undefined`.
    pub signal: &'a JsValue,
    /// What else `fetch` is given.
    pub init: &'a JsValue,
    /// What a success is due to hold.
    pub form: Form,
    /// The form of a value that can be handed out without another look.
    pub schema: Option<&'static Schema>,
}

/// Sends `request`, once it is called.
pub fn send(transport: &Transport, request: &Request<JsValue>, sending: &Sending<'_>) -> Function {
    let none = JsValue::UNDEFINED;
    let schema: Option<&JsValue> = sending.schema.map(in_javascript);
    exchange(
        &transport.host,
        request.method as u32,
        &request.url,
        &transport.fields(sending.headers, sending.token, request.body.is_some()),
        request.body.as_ref().unwrap_or(&none),
        sending.timeout,
        sending.signal,
        sending.init,
        sending.form as u32,
        schema.unwrap_or(&none),
    )
}

/// An answer to a request.
pub enum Answered {
    /// The value that the call comes to.
    Ready(JsValue),
    /// What is still to be made sense of.
    Reply(Reply<JsValue>),
}

/// The answer in `exchanged`, which is what [`send`] came to.
///
/// # Errors
/// If there was none, or a redirect that the request does not follow.
pub fn answered(request: &Request<JsValue>, exchanged: Result<JsValue, JsValue>) -> Result<Answered, Failure<JsValue>> {
    let found = exchanged.map_err(|cause| no_answer(request, cause))?.unchecked_into::<Exchanged>();
    let form = found.form();
    match form {
        6 => return Ok(Answered::Ready(found.body())),
        4 => return Err(not_a_response(request)),
        _ => {}
    }
    let status = Response::from(found.response()).status();
    let request_id = found.request_id();
    let payload = match form {
        0 => Payload::Empty,
        1 => Payload::Json(found.body()),
        2 => Payload::Text(found.body()),
        3 => Payload::Malformed,
        7 => return Err(Failure { request_id, ..too_large(request, status) }),
        _ => return Err(Failure { request_id, ..redirected(request, status, found.problem(), found.target()) }),
    };
    let content_type = found.content_type().unwrap_or_default();
    let mut reply = Reply { status, content_type, request_id, retry_after: None, payload };
    if !reply.is_success() {
        reply.retry_after = retry_after(found.retry_after_ms().as_deref(), found.retry_after().as_deref(), |date| {
            (js_sys::Date::parse(date) - js_sys::Date::now()) / 1000.0
        });
    }
    Ok(Answered::Reply(reply))
}

/// The failure of a request that was not answered in time; `deadline` says whether that of the whole call has passed.
pub fn too_late(asked: &str, deadline: bool) -> Failure<JsValue> {
    let (code, by_when) =
        if deadline { ("DEADLINE_EXCEEDED", " before the deadline of the call") } else { ("TIMEOUT", " in time") };
    Failure::new(FailureKind::Timeout, code, text(&[asked, " was not answered", by_when]))
}

fn no_answer(request: &Request<JsValue>, cause: JsValue) -> Failure<JsValue> {
    let message = text(&[&request.described(), " failed: ", &host_message(&cause)]);
    Failure { cause: Some(cause), ..Failure::new(FailureKind::Network, "NETWORK_ERROR", message) }
}

fn not_a_response(request: &Request<JsValue>) -> Failure<JsValue> {
    let message = text(&[&request.described(), ": fetch did not return a Response that can be read"]);
    Failure::new(FailureKind::Network, "INVALID_RESPONSE", message)
}

fn too_large(request: &Request<JsValue>, status: u16) -> Failure<JsValue> {
    let told = " answered with more bytes than the option maxResponseBytes allows";
    let failure = Failure::new(FailureKind::Decode, "RESPONSE_TOO_LARGE", text(&[&request.described(), told]));
    Failure { status: Some(status), ..failure }
}

fn redirected(request: &Request<JsValue>, status: u16, problem: u32, target: Option<String>) -> Failure<JsValue> {
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
    let message = text(&[&request.described(), &text(rest)]);
    let status = Some(status).filter(|status| *status > 0);
    Failure { status, ..Failure::new(FailureKind::Plain, code, message) }
}
