//! Reading what a client and a call are told. Everything is checked here, before any request.

use super::observers::{Observers, warn_if_insecure};
use super::value::entries;
use crate::http::{Bases, Dialect, HeaderError, Headers, InvalidArgument, Transport, base_url, is_token};
use crate::types::{Json, Kind};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;

const DEFAULT_TIMEOUT: f64 = 30_000.0;
const DEFAULT_RETRIES: u32 = 2;

/// Where a bearer token comes from.
#[derive(Clone, Debug)]
pub enum Token {
    /// There is none.
    None,
    /// It is known.
    Fixed(String),
    /// The caller's function returns it.
    Provider(Function),
}

/// What a client was told.
pub struct ClientSettings {
    pub bases: Bases,
    pub dialect: Option<Dialect>,
    pub transport: Transport,
    pub call: CallSettings,
    pub observers: Option<Observers>,
}

/// What a call was told: its own options, over those of the client.
#[derive(Clone)]
pub struct CallSettings {
    pub token: Token,
    pub headers: Headers,
    /// Of one attempt, in milliseconds.
    pub timeout: f64,
    /// Of the whole call, in milliseconds.
    pub deadline: f64,
    pub max_retries: u32,
    pub signal: JsValue,
}

/// Reads the argument of `new KavachClient(options)`.
pub fn client_settings(options: &JsValue) -> Result<ClientSettings, InvalidArgument> {
    if options.kind() != Kind::Object {
        return Err(InvalidArgument::new("options", "must be an object such as { baseUrl, token }"));
    }
    let unset = CallSettings {
        token: Token::None,
        headers: Headers::new(),
        timeout: DEFAULT_TIMEOUT,
        deadline: f64::INFINITY,
        max_retries: DEFAULT_RETRIES,
        signal: JsValue::UNDEFINED,
    };
    let auth = options.get("authUrl");
    let settings = ClientSettings {
        bases: Bases {
            api: base("options.baseUrl", &options.get("baseUrl"))?,
            auth: if auth.is_absent() { None } else { Some(base("options.authUrl", &auth)?) },
        },
        dialect: dialect(&options.get("dialect"))?,
        transport: Transport {
            fetch: function("options.fetch", &options.get("fetch"))?,
            credentials: credentials(&options.get("credentials"))?,
        },
        call: unset.with_shared(options)?,
        observers: observers(options)?,
    };
    let insecure = options.get("allowInsecure");
    if !insecure.is_absent() && insecure.flag().is_none() {
        return Err(InvalidArgument::new("options.allowInsecure", "must be true or false"));
    }
    // A service binding goes by such names, and over no network.
    if settings.transport.fetch.is_none() && insecure.flag() != Some(true) {
        for base in [Some(&settings.bases.api), settings.bases.auth.as_ref()].into_iter().flatten() {
            let _ = warn_if_insecure(base, &options.get("logger"));
        }
    }
    Ok(settings)
}

impl CallSettings {
    /// These settings with a call's own options over them.
    pub fn with_call(&self, options: &JsValue) -> Result<Self, InvalidArgument> {
        match options.kind() {
            Kind::Absent => Ok(self.clone()),
            Kind::Object => {
                let mut settings = self.with_shared(options)?;
                settings.signal = signal(&options.get("signal"))?;
                Ok(settings)
            }
            _ => Err(InvalidArgument::new("options", "must be an object such as { signal, timeout }")),
        }
    }

    /// What clients and calls can both be told.
    fn with_shared(&self, options: &JsValue) -> Result<Self, InvalidArgument> {
        let mut settings = self.clone();
        add_headers(&mut settings.headers, &options.get("headers"))?;
        let token = options.get("token");
        if !token.is_absent() {
            settings.token = read_token(&token)?;
        }
        if let Some(timeout) = milliseconds("options.timeout", &options.get("timeout"))? {
            settings.timeout = timeout;
        }
        if let Some(deadline) = milliseconds("options.deadline", &options.get("deadline"))? {
            settings.deadline = deadline;
        }
        if let Some(retries) = retries(&options.get("maxRetries"))? {
            settings.max_retries = retries;
        }
        Ok(settings)
    }
}

fn base(name: &str, value: &JsValue) -> Result<String, InvalidArgument> {
    let unparsable = || InvalidArgument::new(name, crate::http::BaseUrlError::Form.expected());
    let text = value.as_string().ok_or_else(unparsable)?;
    let base = base_url(&text).map_err(|problem| InvalidArgument::new(name, problem.expected()))?;
    if !text.starts_with('/') {
        web_sys::Url::new(base).map_err(|_| unparsable())?;
        return Ok(base.to_owned());
    }
    // A path is relative to the page; where there is no page, there is nothing for it to be relative to.
    let origin = Reflect::get(&js_sys::global(), &JsValue::from_str("location"))
        .and_then(|location| Reflect::get(&location, &JsValue::from_str("origin")))
        .ok()
        .and_then(|origin| origin.as_string())
        .filter(|origin| origin.starts_with("http"));
    origin.map(|origin| [&origin, base].concat()).ok_or_else(unparsable)
}

fn dialect(value: &JsValue) -> Result<Option<Dialect>, InvalidArgument> {
    match (value.kind(), value.as_string().as_deref()) {
        (Kind::Absent, _) | (_, Some("auto")) => Ok(None),
        (_, Some("sdk")) => Ok(Some(Dialect::Sdk)),
        (_, Some("adapter")) => Ok(Some(Dialect::Adapter)),
        _ => Err(InvalidArgument::new("options.dialect", "must be \"auto\", \"sdk\" or \"adapter\"")),
    }
}

fn credentials(value: &JsValue) -> Result<Option<String>, InvalidArgument> {
    match value.as_string() {
        None if value.is_absent() => Ok(None),
        Some(mode) if matches!(mode.as_str(), "omit" | "same-origin" | "include") => Ok(Some(mode)),
        _ => Err(InvalidArgument::new("options.credentials", "must be \"omit\", \"same-origin\" or \"include\"")),
    }
}

fn function(name: &str, value: &JsValue) -> Result<Option<Function>, InvalidArgument> {
    if value.is_absent() {
        return Ok(None);
    }
    value.dyn_ref::<Function>().cloned().map(Some).ok_or_else(|| InvalidArgument::new(name, "must be a function"))
}

fn read_token(value: &JsValue) -> Result<Token, InvalidArgument> {
    if let Some(provider) = value.dyn_ref::<Function>() {
        return Ok(Token::Provider(provider.clone()));
    }
    match value.as_string() {
        Some(token) if is_token(&token) => Ok(Token::Fixed(token)),
        _ => Err(InvalidArgument::new(
            "options.token",
            "must be a bearer token (visible ASCII characters only) or a function that returns one",
        )),
    }
}

fn signal(value: &JsValue) -> Result<JsValue, InvalidArgument> {
    let is_signal = || value.get("aborted").flag().is_some() && value.get("addEventListener").is_function();
    if value.is_absent() || is_signal() {
        return Ok(value.clone());
    }
    Err(InvalidArgument::new("options.signal", "must be an AbortSignal"))
}

fn milliseconds(name: &str, value: &JsValue) -> Result<Option<f64>, InvalidArgument> {
    if value.is_absent() {
        return Ok(None);
    }
    let expected = "must be a positive number of milliseconds (Infinity for no limit)";
    value.as_f64().filter(|time| *time > 0.0).map(Some).ok_or_else(|| InvalidArgument::new(name, expected))
}

fn retries(value: &JsValue) -> Result<Option<u32>, InvalidArgument> {
    let whole = |number: &f64| *number >= 0.0 && (number.is_infinite() || number.fract() == 0.0);
    match value.as_f64().filter(whole) {
        None if value.is_absent() => Ok(None),
        Some(number) => Ok(Some(number as u32)), // Saturates.
        None => Err(InvalidArgument::new("options.maxRetries", "must be a whole number of 0 or more")),
    }
}

fn observers(options: &JsValue) -> Result<Option<Observers>, InvalidArgument> {
    for (name, key) in
        [("options.onRequest", "onRequest"), ("options.onResponse", "onResponse"), ("options.onRetry", "onRetry")]
    {
        function(name, &options.get(key))?;
    }
    let logger = options.get("logger");
    if !logger.is_absent() && logger.kind() != Kind::Object {
        return Err(InvalidArgument::new("options.logger", "must be an object such as console"));
    }
    Ok(Observers::of(options))
}

/// Reads a plain object or a `Headers`.
fn add_headers(headers: &mut Headers, value: &JsValue) -> Result<(), InvalidArgument> {
    const NAME: &str = "options.headers";
    if value.is_absent() {
        return Ok(());
    }
    let pairs = entries(value).map_err(|_| InvalidArgument::new(NAME, "must be an object or a Headers"))?;
    for pair in pairs.iter() {
        let pair: Array = pair.unchecked_into();
        let name = pair.get(0).as_string().unwrap_or_default();
        let value = pair.get(1);
        if value.is_absent() {
            continue; // As fetch users write it: `{ "X-Tenant": tenant }` with no tenant.
        }
        let named = || [NAME, "[\"", &name, "\"]"].concat();
        let value = value.as_string().ok_or_else(|| InvalidArgument::new(&named(), "must be a string"))?;
        headers.set(&name, &value).map_err(|problem| match problem {
            HeaderError::Name => InvalidArgument::new(NAME, "must have header names for keys"),
            HeaderError::Value(_) => {
                InvalidArgument::new(&named(), "must not hold line breaks, NUL or characters beyond Latin-1")
            }
        })?;
    }
    Ok(())
}
