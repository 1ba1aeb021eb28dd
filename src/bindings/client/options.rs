//! Reading what a client and a call are told. Everything is checked here, before any request.

use super::observers::{Observers, warn_if_insecure};
use crate::http::{Bases, Dialect, InvalidArgument, Transport, headers_over, request_init};
use crate::schema::{CallOptions, Json, KavachClientOptions, Kind, Schema, Wire};
use js_sys::{Array, Function};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

const DEFAULT_TIMEOUT: f64 = 30_000.0;
const DEFAULT_RETRIES: u32 = 2;

/// Where a bearer token comes from.
#[derive(Clone)]
pub enum Token {
    /// There is none.
    None,
    /// It is known.
    Fixed(Rc<String>),
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
    /// Pairs.
    pub headers: Rc<JsValue>,
    /// Of one attempt, in milliseconds.
    pub timeout: f64,
    /// Of the whole call, in milliseconds.
    pub deadline: f64,
    pub max_retries: u32,
    pub signal: JsValue,
    /// Whether calls that wait for the same token function share what it returns.
    pub share_token: bool,
    /// What else `fetch` is given, and how large an answer may be.
    pub init: Rc<JsValue>,
    /// Which names of permissions and constraints are let through that the client does not know.
    pub allow_unknown: JsValue,
}

/// Reads the argument of `new KavachClient(options)`.
pub fn client_settings(options: &JsValue) -> Result<ClientSettings, InvalidArgument> {
    if options.kind() != Kind::Object {
        return Err(InvalidArgument::new("options", "must be an object such as { baseUrl, token }"));
    }
    let options = &conforming(options, &KavachClientOptions::SCHEMA)?;
    let unset = CallSettings {
        token: Token::None,
        headers: Rc::new(Array::new().into()),
        timeout: DEFAULT_TIMEOUT,
        deadline: f64::INFINITY,
        max_retries: DEFAULT_RETRIES,
        signal: JsValue::UNDEFINED,
        share_token: options.get("shareToken").flag() == Some(true),
        init: Rc::new(request_init(&JsValue::UNDEFINED, options)),
        allow_unknown: JsValue::UNDEFINED,
    };
    let settings = ClientSettings {
        bases: Bases {
            api: options.get("baseUrl").as_string().unwrap_or_default(),
            auth: options.get("authUrl").as_string(),
        },
        dialect: match options.get("dialect").as_string().as_deref() {
            Some("sdk") => Some(Dialect::Sdk),
            Some("adapter") => Some(Dialect::Adapter),
            _ => None,
        },
        transport: Transport::new(&options.get("fetch"), &options.get("credentials")),
        call: unset.with_shared(options),
        observers: Observers::of(options),
    };
    // A service binding goes by such names, and over no network.
    if options.get("fetch").is_absent() && options.get("allowInsecure").flag() != Some(true) {
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
                let options = conforming(options, &CallOptions::SCHEMA)?;
                let mut settings = self.with_shared(&options);
                settings.signal = options.get("signal");
                Ok(settings)
            }
            _ => Err(InvalidArgument::new("options", "must be an object such as { signal, timeout }")),
        }
    }

    /// What clients and calls can both be told.
    fn with_shared(&self, options: &JsValue) -> Self {
        let mut settings = self.clone();
        let headers = options.get("headers");
        if !headers.is_absent() {
            settings.headers = Rc::new(headers_over(&headers, &settings.headers));
        }
        let token = options.get("token");
        match (token.dyn_ref::<Function>(), token.as_string()) {
            (Some(provider), _) => settings.token = Token::Provider(provider.clone()),
            (_, Some(token)) => settings.token = Token::Fixed(Rc::new(token)),
            _ => {}
        }
        if ["cache", "init", "maxResponseBytes"].iter().any(|name| !options.get(name).is_absent()) {
            settings.init = Rc::new(request_init(&self.init, options));
        }
        let allowed = options.get("allowUnknown");
        if !allowed.is_absent() {
            settings.allow_unknown = allowed;
        }
        let number = |name| options.get(name).as_f64();
        settings.timeout = number("timeout").unwrap_or(settings.timeout);
        settings.deadline = number("deadline").unwrap_or(settings.deadline);
        // Saturates: there is no end to `Infinity`, nor any that one would live to see.
        settings.max_retries = number("maxRetries").map_or(settings.max_retries, |retries| retries as u32);
        settings
    }
}

/// A copy of the options, once they have the right form.
fn conforming(options: &JsValue, schema: &'static Schema) -> Result<JsValue, InvalidArgument> {
    options.conforming(schema).map_err(|mismatch| InvalidArgument::mismatch("options", &mismatch))
}
