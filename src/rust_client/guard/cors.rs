//! Answers preflights, and the CORS headers of responses.

use crate::rust_client::Error;
use crate::rust_client::future::{MaybeSend, MaybeSync, SingleThread};
use crate::rust_client::url::origin;
use ::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use ::http::{HeaderMap, HeaderName, HeaderValue, Method};
use std::fmt;
use std::sync::Arc;

const EXPOSED: HeaderValue = HeaderValue::from_static("WWW-Authenticate, Retry-After");

/// The origins whose pages may call: see [`Guard::cors`](super::Guard::cors). Credentials mode is not supported: the token is a
/// bearer token.
///
/// ```
/// use kavachos_wasm::rust_client::Cors;
///
/// assert!(Cors::origins(["https://app.example"]).is_ok());
/// assert!(Cors::origins(["app.example"]).unwrap_err().is_invalid_argument());
/// ```
#[derive(Clone)]
pub struct Cors(Allowed);

#[derive(Clone)]
enum Allowed {
    Any,
    These(Arc<[String]>),
    Those(SingleThread<Arc<dyn Predicate>>),
}

trait Predicate: MaybeSend + MaybeSync {
    fn allows(&self, origin: &str) -> bool;
}

impl<F: Fn(&str) -> bool + MaybeSend + MaybeSync> Predicate for F {
    fn allows(&self, origin: &str) -> bool {
        self(origin)
    }
}

impl Cors {
    /// All origins.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::Cors;
    /// assert_eq!(format!("{:?}", Cors::any()), "Cors(\"*\")");
    /// ```
    pub const fn any() -> Self {
        Self(Allowed::Any)
    }

    /// These origins, as browsers send them: `https://app.example`, in lower case and without a path.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` for text that is no origin.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::Cors;
    /// assert!(Cors::origins(["https://app.example", "http://localhost:3000"]).is_ok());
    /// assert!(Cors::origins(["https://app.example/"]).is_err());
    /// ```
    pub fn origins<T: Into<String>>(origins: impl IntoIterator<Item = T>) -> Result<Self, Error> {
        const EXPECTED: &str = "origins must be origins such as \"https://app.example\"";
        let origins: Vec<String> = origins.into_iter().map(Into::into).collect();
        match origins.iter().all(|text| text == "null" || is_origin(text)) {
            true => Ok(Self(Allowed::These(origins.into()))),
            false => Err(Error::invalid("Cors", EXPECTED)),
        }
    }

    /// The origins that a function accepts.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::Cors;
    /// let cors = Cors::matching(|origin| origin.ends_with(".app.example"));
    /// assert_eq!(format!("{cors:?}"), "Cors(function)");
    /// ```
    pub fn matching(allows: impl Fn(&str) -> bool + MaybeSend + MaybeSync + 'static) -> Self {
        Self(Allowed::Those(SingleThread(Arc::new(allows))))
    }

    fn allows(&self, origin: Option<&str>) -> bool {
        match (&self.0, origin) {
            (Allowed::Any, _) => true,
            (_, None) => false,
            (Allowed::These(origins), Some(origin)) => origins.iter().any(|known| known == origin),
            (Allowed::Those(predicate), Some(origin)) => predicate.allows(origin),
        }
    }

    /// The headers for every response, and the response's own headers if the request is a preflight.
    pub(super) fn answer(&self, method: &Method, request: &HeaderMap) -> (HeaderMap, Option<HeaderMap>) {
        let sent = request.get(ORIGIN);
        let origin = sent.and_then(|origin| origin.to_str().ok());
        let is_any = matches!(self.0, Allowed::Any);
        let is_allowed = self.allows(origin);
        let mut headers = HeaderMap::new();
        if !is_any {
            headers.insert(VARY, HeaderValue::from_static("Origin"));
        }
        if is_allowed {
            let value = if is_any { Some(HeaderValue::from_static("*")) } else { sent.cloned() };
            value.map(|value| headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, value));
        }
        let wanted = request.get(ACCESS_CONTROL_REQUEST_METHOD);
        let (&Method::OPTIONS, Some(_), Some(wanted)) = (method, sent, wanted) else { return (headers, None) };
        let mut preflight = HeaderMap::new();
        if is_allowed {
            // `*` would not cover Authorization.
            let usual = HeaderValue::from_static("authorization,content-type");
            let names = request.get(ACCESS_CONTROL_REQUEST_HEADERS).cloned().unwrap_or(usual);
            preflight.insert(ACCESS_CONTROL_ALLOW_METHODS, wanted.clone());
            preflight.insert(ACCESS_CONTROL_ALLOW_HEADERS, names);
            preflight.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
        }
        (headers, Some(preflight))
    }
}

fn is_origin(text: &str) -> bool {
    // A default port is left out by browsers, so an origin with one would never be sent.
    match text.split_once("://") {
        Some(("http" | "https", _)) => origin(text).as_deref() == Some(text),
        // Extensions and apps have their own schemes.
        Some((scheme, host)) => {
            let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+.-:[]_".contains(&byte);
            !host.is_empty()
                && scheme.starts_with(|first: char| first.is_ascii_lowercase())
                && [scheme, host].iter().all(|part| part.bytes().all(is_part))
        }
        None => false,
    }
}

/// Adds headers to those of a response, whose own take precedence. `is_refusal` lets pages read what a refusal says.
pub(super) fn add_headers(response: &mut HeaderMap, more: &HeaderMap, is_refusal: bool) {
    let exposed: (HeaderName, HeaderValue) = (ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    let pairs = more.iter().map(|(name, value)| (name.clone(), value.clone()));
    for (name, value) in pairs.chain(is_refusal.then_some(exposed)) {
        if name == VARY || !response.contains_key(&name) {
            response.append(name, value);
        }
    }
}

impl fmt::Debug for Cors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Allowed::Any => formatter.write_str("Cors(\"*\")"),
            Allowed::These(origins) => formatter.debug_tuple("Cors").field(origins).finish(),
            Allowed::Those(_) => formatter.write_str("Cors(function)"),
        }
    }
}
