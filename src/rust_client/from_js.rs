//! A client out of the options that JavaScript has.

use super::builder::ClientBuilder;
use super::client::Client;
use super::error::Error;
use super::fetch::{FetchTransport, thrown};
use super::fetch_options::{CacheMode, Credentials};
use super::future::SingleThread;
use super::js_hooks::JsHooks;
use super::options::AllowUnknown;
use super::token::{Token, TokenContext, TokenReason};
use crate::http::Dialect;
use js_sys::{Function, Object, Promise};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The argument of a token function, as in the npm package.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsContext<'a> {
    reason: &'a str,
    operation: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_token: Option<&'a str>,
}

impl Client {
    /// A client out of a JavaScript object, with all options of the npm package. `token` may be a function, and so may `onRequest`,
    /// `onResponse` and `onRetry`; what they throw is ignored.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` names the option that cannot be used.
    ///
    /// ```no_run
    /// use kavachos_wasm::Client;
    ///
    /// let options = js_sys::Object::new();
    /// js_sys::Reflect::set(&options, &"baseUrl".into(), &"https://app.example".into()).unwrap();
    /// assert_eq!(Client::from_js(&options).unwrap().base_url(), "https://app.example");
    /// ```
    pub fn from_js(options: &JsValue) -> Result<Self, Error> {
        let object = options.dyn_ref::<Object>().filter(|object| !object.is_function());
        let object = object.ok_or_else(|| invalid("options", "an object such as { baseUrl, token }"))?;
        let base_url: Option<String> = member(object, "baseUrl", "an http: or https: URL")?;
        let mut builder = Self::builder(base_url.unwrap_or_default());
        if let Some(token) = token(object)? {
            builder = builder.token(token);
        }
        if let Some(auth_url) = member::<String>(object, "authUrl", "an http: or https: URL")? {
            builder = builder.auth_url(&auth_url);
        }
        let headers: Option<HashMap<String, Option<String>>> = member(object, "headers", "an object of strings")?;
        for (name, value) in headers.into_iter().flatten() {
            if let Some(value) = value {
                builder = builder.header(&name, &value);
            }
        }
        if let Some(timeout) = duration(object, "timeout")? {
            builder = builder.timeout(timeout);
        }
        if let Some(deadline) = duration(object, "deadline")? {
            builder = builder.deadline(deadline);
        }
        if let Some(number) = count(object, "maxRetries")? {
            builder = builder.max_retries(number);
        }
        if let Some(number) = count(object, "maxResponseBytes")? {
            builder = builder.max_response_bytes(number as usize);
        }
        if let Some(flag) = member::<bool>(object, "shareToken", "a boolean")? {
            builder = builder.share_token(flag);
        }
        if let Some(flag) = member::<bool>(object, "allowInsecure", "a boolean")? {
            builder = builder.allow_insecure(flag);
        }
        if let Some(allow_unknown) = allow_unknown(object)? {
            builder = builder.allow_unknown(allow_unknown);
        }
        if let Some(hooks) = JsHooks::of(object)? {
            builder = builder.hooks(hooks);
        }
        finish(builder, object)
    }
}

fn finish(mut builder: ClientBuilder, object: &Object) -> Result<Client, Error> {
    const DIALECTS: &str = "\"auto\", \"sdk\" or \"adapter\"";
    builder = match member::<String>(object, "dialect", DIALECTS)?.as_deref() {
        None | Some("auto") => builder,
        Some("sdk") => builder.dialect(Dialect::Sdk),
        Some("adapter") => builder.dialect(Dialect::Adapter),
        Some(_) => return Err(invalid("options.dialect", DIALECTS)),
    };
    let fetch = own(object, "fetch");
    let mut transport = match fetch.dyn_into::<Function>() {
        Ok(fetch) => FetchTransport::with_fetch(fetch),
        Err(other) if is_absent(&other) => FetchTransport::new(),
        Err(_) => return Err(invalid("options.fetch", "a function")),
    };
    const MODES: &str = "\"omit\", \"same-origin\" or \"include\"";
    transport = match member::<String>(object, "credentials", MODES)?.as_deref() {
        None => transport,
        Some("omit") => transport.credentials(Credentials::Omit),
        Some("same-origin") => transport.credentials(Credentials::SameOrigin),
        Some("include") => transport.credentials(Credentials::Include),
        Some(_) => return Err(invalid("options.credentials", MODES)),
    };
    const CACHE: &str = "a cache mode of fetch, such as \"no-store\"";
    if let Some(name) = member::<String>(object, "cache", CACHE)? {
        let known = CacheMode::NAMES.iter().find(|(known, _)| *known == name);
        let (_, mode) = known.ok_or_else(|| invalid("options.cache", CACHE))?;
        transport = transport.cache(*mode);
    }
    match own(object, "init").dyn_into::<Object>() {
        Ok(init) if !init.is_function() => transport = transport.init(init),
        Err(other) if is_absent(&other) => {}
        _ => return Err(invalid("options.init", "an object")),
    }
    builder.transport(transport).build()
}

/// `true`, or a list of names.
fn allow_unknown(object: &Object) -> Result<Option<AllowUnknown>, Error> {
    let value = own(object, "allowUnknown");
    Ok(match value.as_bool() {
        _ if is_absent(&value) => None,
        Some(all) => Some(all.into()),
        None => member::<Vec<String>>(object, "allowUnknown", "a boolean or a list of names")?.map(Into::into),
    })
}

pub(super) fn invalid(name: &str, expected: &str) -> Error {
    Error::invalid("Client", &[name, " must be ", expected].concat())
}

pub(super) fn is_absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

/// The object's own member; `undefined` if there is none, or its getter throws.
pub(super) fn own(object: &Object, name: &str) -> JsValue {
    let key = JsValue::from_str(name);
    match Object::has_own(object, &key) {
        true => js_sys::Reflect::get(object, &key).unwrap_or(JsValue::UNDEFINED),
        false => JsValue::UNDEFINED,
    }
}

/// A member as that type. The error of the conversion goes no further: it may quote a secret.
fn member<T: DeserializeOwned>(object: &Object, name: &str, expected: &str) -> Result<Option<T>, Error> {
    let value = own(object, name);
    if is_absent(&value) {
        return Ok(None);
    }
    let converted = serde_wasm_bindgen::from_value(value);
    converted.map(Some).map_err(|_| invalid(&["options.", name].concat(), expected))
}

/// Milliseconds, which may be without end.
fn duration(object: &Object, name: &str) -> Result<Option<Option<Duration>>, Error> {
    const EXPECTED: &str = "a positive number of milliseconds (Infinity for no limit)";
    let Some(number) = member::<f64>(object, name, EXPECTED)? else { return Ok(None) };
    if number == f64::INFINITY {
        return Ok(Some(None));
    }
    match Duration::try_from_secs_f64(number / 1000.0) {
        Ok(duration) if duration > Duration::ZERO => Ok(Some(Some(duration))),
        _ => Err(invalid(&["options.", name].concat(), EXPECTED)),
    }
}

/// A whole number, which may be without end.
fn count(object: &Object, name: &str) -> Result<Option<u32>, Error> {
    const EXPECTED: &str = "a whole number of 0 or more";
    let Some(number) = member::<f64>(object, name, EXPECTED)? else { return Ok(None) };
    match number >= 0.0 && (number.fract() == 0.0 || number == f64::INFINITY) {
        true => Ok(Some(number as u32)),
        false => Err(invalid(&["options.", name].concat(), EXPECTED)),
    }
}

/// The token, or a function of JavaScript that returns one.
fn token(object: &Object) -> Result<Option<Token>, Error> {
    const EXPECTED: &str = "a bearer token (visible ASCII characters only) or a function that returns one";
    let value = own(object, "token");
    if !value.is_function() {
        return Ok(member::<String>(object, "token", EXPECTED)?.map(Token::from));
    }
    let function = SingleThread(value.unchecked_into::<Function>());
    Ok(Some(Token::provider(move |context| provided(function.clone(), context))))
}

async fn provided(function: SingleThread<Function>, context: TokenContext) -> Result<Option<String>, String> {
    let context = JsContext {
        reason: if context.reason == TokenReason::Unauthorized { "unauthorized" } else { "initial" },
        operation: context.operation,
        previous_token: context.previous_token.as_deref(),
    };
    let context = serde_wasm_bindgen::to_value(&context).map_err(|error| error.to_string())?;
    let returned = function.call1(&JsValue::UNDEFINED, &context).map_err(|error| thrown(&error))?;
    let found = JsFuture::from(Promise::resolve(&returned)).await.map_err(|error| thrown(&error))?;
    // Anything else is no token either, and is refused as an empty one is.
    Ok(if is_absent(&found) { None } else { Some(found.as_string().unwrap_or_default()) })
}
