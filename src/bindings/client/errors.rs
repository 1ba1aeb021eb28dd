//! Failures as JavaScript errors.

use crate::endpoints::METHODS;
use crate::http::{Failure, InvalidArgument};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/host/client/failure.js")]
extern "C" {
    #[wasm_bindgen(js_name = describeFailure)]
    #[allow(clippy::too_many_arguments)] // One crossing; the object it makes has as many members.
    fn describe_failure(
        class: &str,
        code: &str,
        message: &str,
        status: Option<u16>,
        retry_after: Option<f64>,
        attempts: u32,
        path: Option<&str>,
        details: &JsValue,
        answer: &JsValue,
        has_cause: bool,
        cause: &JsValue,
        operation: &str,
        method: Option<&str>,
        url: Option<&str>,
        request_id: Option<&str>,
        secrets: &Array,
        headers: &JsValue,
    ) -> JsValue;
    #[wasm_bindgen(js_name = errorOf)]
    fn error_of(failure: &JsValue) -> JsValue;
}

// The error classes, exported by the crate's module as they are. Nothing calls these: declaring
// them is what exports them, and `errors.d.ts` is what types them.
#[wasm_bindgen(module = "/src/host/errors/errors.js")]
#[allow(dead_code)]
extern "C" {
    #[wasm_bindgen(js_name = KavachError, reexport, skip_typescript)]
    fn kavach_error();
    #[wasm_bindgen(js_name = AuthenticationError, reexport, skip_typescript)]
    fn authentication_error();
    #[wasm_bindgen(js_name = PermissionError, reexport, skip_typescript)]
    fn permission_error();
    #[wasm_bindgen(js_name = NotFoundError, reexport, skip_typescript)]
    fn not_found_error();
    #[wasm_bindgen(js_name = RateLimitError, reexport, skip_typescript)]
    fn rate_limit_error();
    #[wasm_bindgen(js_name = ServerError, reexport, skip_typescript)]
    fn server_error();
    #[wasm_bindgen(js_name = NetworkError, reexport, skip_typescript)]
    fn network_error();
    #[wasm_bindgen(js_name = TimeoutError, reexport, skip_typescript)]
    fn timeout_error();
    #[wasm_bindgen(js_name = DecodeError, reexport, skip_typescript)]
    fn decode_error();
}

/// What was asked when something failed.
#[derive(Default)]
pub struct Asked<'a> {
    /// The method of the client.
    pub operation: &'a str,
    /// That of HTTP, once a request was sent.
    pub method: Option<&'a str>,
    /// The URL without its query, once a request was sent.
    pub url: Option<&'a str>,
}

/// What describes the JavaScript error for `failure`, in which none of `secrets` appears, nor any among the `headers`. The
/// error is made where the stack shows the caller.
pub fn describe(failure: &Failure<JsValue>, asked: &Asked<'_>, secrets: Array, headers: &JsValue) -> JsValue {
    describe_failure(
        failure.kind.class(),
        &failure.code,
        &failure.message,
        failure.status,
        failure.retry_after,
        failure.attempts,
        failure.path.as_deref(),
        failure.details.as_ref().unwrap_or(&JsValue::UNDEFINED),
        failure.answer.as_ref().unwrap_or(&JsValue::UNDEFINED),
        failure.cause.is_some(),
        failure.cause.as_ref().unwrap_or(&JsValue::UNDEFINED),
        asked.operation,
        asked.method,
        asked.url,
        failure.request_id.as_deref(),
        &secrets,
        headers,
    )
}

/// What describes the error for an argument of a method that cannot be sent.
pub fn invalid_of(argument: InvalidArgument, method: usize) -> JsValue {
    let operation = METHODS.get(method).map(|method| method.name).unwrap_or_default();
    describe(&argument.into(), &Asked { operation, ..Asked::default() }, Array::new(), &JsValue::UNDEFINED)
}

/// The JavaScript error for an argument that cannot be used.
pub fn invalid(argument: InvalidArgument) -> JsValue {
    error_of(&describe(&argument.into(), &Asked::default(), Array::new(), &JsValue::UNDEFINED))
}

#[wasm_bindgen(typescript_custom_section)]
const ERROR_TYPES: &str = include_str!("../../host/errors/errors.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const CLIENT_TYPES: &str = include_str!("../../host/client/client.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const ITERATOR_TYPES: &str = include_str!("../../host/client/iterate.d.ts");
