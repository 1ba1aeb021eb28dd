//! The only I/O: one request out through the host's `fetch`, one reply in.

use super::attempt::{Attempt, Ending};
use super::failure::{Failure, FailureKind};
use super::headers::Headers;
use super::reply::{Payload, Reply, retry_after};
use super::request::Request;
use gloo_net::http::Response;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    // Called as a global: taken off its object, `fetch` refuses to run ("Illegal invocation").
    #[wasm_bindgen(js_name = fetch, catch)]
    fn global_fetch(url: &str, init: &JsValue) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/http/response.js")]
extern "C" {
    #[wasm_bindgen(js_name = isResponse, catch)]
    fn is_response(value: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(js_name = header, catch)]
    fn header(response: &JsValue, name: &str) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(js_name = body, catch)]
    fn body(response: &JsValue, as_json: bool) -> Result<Promise, JsValue>;
}

/// How requests leave: through which `fetch`, with which credentials mode.
#[derive(Clone, Debug, Default)]
pub struct Transport {
    /// The caller's own `fetch`, in place of the global one.
    pub fetch: Option<Function>,
    /// The `credentials` mode. Some hosts refuse to be told, so it is only set when asked for.
    pub credentials: Option<String>,
}

/// Why there is no reply.
pub enum Interruption {
    /// The caller aborted the call: it rejects with their reason, as it is.
    Aborted,
    /// Anything else.
    Failed(Failure<JsValue>),
}

/// Sends `request` and reads the whole reply. `as_json` says whether a success is due to hold JSON.
///
/// # Errors
/// An [`Interruption`] if there is no reply, or not all of it.
pub async fn send(
    transport: &Transport,
    request: &Request,
    headers: &Headers,
    as_json: bool,
    attempt: &Attempt,
) -> Result<Reply<JsValue>, Interruption> {
    let interrupted = |cause| interruption(attempt, request, cause);
    if attempt.ending().is_some() {
        return Err(interrupted(JsValue::UNDEFINED));
    }
    let init = request_init(transport, request, headers, attempt);
    let answered = match &transport.fetch {
        Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(&request.url), &init),
        None => global_fetch(&request.url, &init),
    };
    let answered = attempt.wait(&answered.map_err(interrupted)?).await.map_err(interrupted)?;
    if !is_response(&answered).unwrap_or(false) {
        return Err(Interruption::Failed(Failure::new(
            FailureKind::Network,
            "INVALID_RESPONSE",
            [&request.described(), ": fetch did not return a Response"].concat(),
        )));
    }
    let raw = answered.clone();
    let response = Response::from(answered.unchecked_into::<web_sys::Response>());
    let status = response.status();
    let mut reply = Reply { status, content_type: String::new(), retry_after: None, payload: Payload::Empty };
    if matches!(status, 204 | 205 | 304) {
        return Ok(reply);
    }
    let is_json = as_json && reply.is_success();
    let content = match body(&raw, is_json) {
        Ok(promise) => attempt.wait(&promise).await,
        Err(error) => Err(error),
    };
    reply.payload = match content {
        Ok(value) if is_json => Payload::Json(value),
        Ok(value) => text_payload(value.as_string().unwrap_or_default(), !reply.is_success()),
        // Only the parser throws a SyntaxError, and its message quotes the body: it goes no further.
        Err(error) if is_json && is_syntax_error(&error) => Payload::Malformed,
        Err(error) => return Err(interrupted(error)),
    };
    if !matches!(reply.payload, Payload::Json(_)) || !reply.is_success() {
        describe(&mut reply, &raw);
    }
    Ok(reply)
}

/// Adds the headers that only refusals and surprises need.
fn describe(reply: &mut Reply<JsValue>, response: &JsValue) {
    let header = |name| header(response, name).ok().flatten();
    reply.content_type = header("content-type").unwrap_or_default();
    if !reply.is_success() {
        reply.retry_after =
            retry_after(header("retry-after-ms").as_deref(), header("retry-after").as_deref(), |date| {
                (js_sys::Date::parse(date) - js_sys::Date::now()) / 1000.0
            });
    }
}

fn text_payload(text: String, may_be_json: bool) -> Payload<JsValue> {
    if text.is_empty() {
        return Payload::Empty;
    }
    match may_be_json.then(|| js_sys::JSON::parse(&text)) {
        Some(Ok(value)) => Payload::Json(value),
        _ => Payload::Text(text),
    }
}

fn is_syntax_error(error: &JsValue) -> bool {
    Reflect::get(error, &JsValue::from_str("name")).is_ok_and(|name| name == "SyntaxError")
}

fn request_init(transport: &Transport, request: &Request, headers: &Headers, attempt: &Attempt) -> JsValue {
    let init = Object::new();
    let set = |target: &Object, name: &str, value: &JsValue| {
        // Setting a member of an object of our own cannot fail.
        let _ = Reflect::set(target, &JsValue::from_str(name), value);
    };
    set(&init, "method", &JsValue::from_str(request.method.name()));
    let fields = Object::new();
    for (name, value) in headers.iter() {
        set(&fields, name, &JsValue::from_str(value));
    }
    if let Some(body) = &request.body {
        set(&init, "body", &JsValue::from_str(body));
    }
    set(&init, "headers", &fields);
    set(&init, "signal", &attempt.signal());
    if let Some(credentials) = &transport.credentials {
        set(&init, "credentials", &JsValue::from_str(credentials));
    }
    init.into()
}

/// Tells apart what the host's rejection alone does not: which of us ended the attempt, if one did.
pub fn interruption(attempt: &Attempt, request: &Request, cause: JsValue) -> Interruption {
    let asked = request.described();
    match attempt.ending() {
        Some(Ending::Aborted) => Interruption::Aborted,
        Some(Ending::TimedOut) => Interruption::Failed(Failure::new(
            FailureKind::Timeout,
            "TIMEOUT",
            [&asked, " was not answered in time"].concat(),
        )),
        None => {
            let said = Reflect::get(&cause, &JsValue::from_str("message")).ok().and_then(|text| text.as_string());
            let message = match said.as_deref() {
                Some(said) if !said.is_empty() => [&asked, " failed: ", said].concat(),
                _ => [&asked, " failed: no answer"].concat(),
            };
            let mut failure = Failure::new(FailureKind::Network, "NETWORK_ERROR", message);
            failure.cause = Some(cause);
            Interruption::Failed(failure)
        }
    }
}
