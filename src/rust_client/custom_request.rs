//! Routes of the host's own, through the same client.

use super::call::{Call, argument, typed};
use super::client::Client;
use super::error::Error;
use super::run::Outcome;
use super::stream::ByteStream;
use super::url::is_path;
use super::{Base, Method};
use crate::client::{Operation, encode_component, is_dot_segment};
use crate::endpoints::Endpoint;
use crate::http::{Answer, Form, RetryClass, Route};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::{self, Display};

/// A request to a route of your own server: see [`Client::request`].
///
/// It is made by [`json`](Self::json), [`text`](Self::text), [`bytes`](Self::bytes) or [`stream`](Self::stream), which say what the body of the response is.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, "ok");
/// # let kavach = script.client();
/// use kavachos_wasm::rust_client::Method;
///
/// # pollster::block_on(async {
/// assert_eq!(kavach.request(Method::Get, "/health").text().await.unwrap(), "ok");
/// # });
/// assert_eq!(script.requests()[0].url, "https://app.example/api/kavach/health");
/// ```
#[must_use = "a request is not sent until it is made a call and awaited"]
pub struct CustomRequest {
    client: Client,
    method: Method,
    path: String,
    params: Vec<(String, String)>,
    query: String,
    body: Option<Value>,
    base: Base,
    idempotent: Option<bool>,
}

impl CustomRequest {
    pub(super) fn new(client: Client, method: Method, path: &str) -> Self {
        let (params, query, path) = (Vec::new(), String::new(), path.to_owned());
        Self { client, method, path, params, query, body: None, base: Base::Api, idempotent: None }
    }

    /// The parameter that stands as `:name` in the path. It is encoded.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, "ok");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::Method;
    ///
    /// # pollster::block_on(async {
    /// kavach.request(Method::Get, "/tools/:id").param("id", "a/b").text().await.unwrap();
    /// # });
    /// assert_eq!(script.requests()[0].url, "https://app.example/api/kavach/tools/a%2Fb");
    /// ```
    pub fn param(mut self, name: &str, value: impl Display) -> Self {
        self.params.push((name.to_owned(), value.to_string()));
        self
    }

    /// A parameter of the query. It is encoded; names may repeat.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, "ok");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::Method;
    ///
    /// # pollster::block_on(async {
    /// kavach.request(Method::Get, "/tools").query("tag", "a&b").text().await.unwrap();
    /// # });
    /// assert_eq!(script.requests()[0].url, "https://app.example/api/kavach/tools?tag=a%26b");
    /// ```
    pub fn query(mut self, name: &str, value: impl Display) -> Self {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        encode_component(name, &mut self.query);
        self.query.push('=');
        encode_component(&value.to_string(), &mut self.query);
        self
    }

    /// The body, which is sent as JSON.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, "ok");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::Method;
    ///
    /// # pollster::block_on(async {
    /// kavach.request(Method::Put, "/tools").body(&[1, 2]).text().await.unwrap();
    /// # });
    /// assert_eq!(script.requests()[0].body.as_deref(), Some("[1,2]"));
    /// ```
    pub fn body(mut self, body: &impl Serialize) -> Self {
        self.body = Some(argument(body));
        self
    }

    /// What the path is relative to: the base URL of the API unless it is that of the e-mail routes.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// # let script = Script::new();
    /// # script.answer(200, "ok");
    /// use kavachos_wasm::Client;
    /// use kavachos_wasm::rust_client::{Base, Method};
    ///
    /// let kavach = Client::builder("https://app.example/api").auth_url("https://app.example/auth");
    /// # let kavach = kavach.transport(script.clone()).build().unwrap();
    /// # pollster::block_on(async {
    /// kavach.request(Method::Get, "/providers").base(Base::Auth).text().await.unwrap();
    /// # });
    /// assert_eq!(script.requests()[0].url, "https://app.example/auth/providers");
    /// ```
    pub fn base(mut self, base: Base) -> Self {
        self.base = base;
        self
    }

    /// Whether executing the request twice has the effect of executing it once: it then is retried like a GET. By default that is so
    /// for GET, PUT and DELETE.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(500, "").answer(200, "ok");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::Method;
    ///
    /// # pollster::block_on(async {
    /// kavach.request(Method::Post, "/reindex").idempotent(true).text().await.unwrap();
    /// # });
    /// assert_eq!(script.requests().len(), 2);
    /// ```
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = Some(idempotent);
        self
    }

    /// The call, whose response is JSON. A response without a body is `null`.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"created": 2}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::Method;
    ///
    /// # pollster::block_on(async {
    /// let call = kavach.request(Method::Post, "/reports").body(&["a", "b"]).json::<serde_json::Value>();
    /// assert_eq!(call.await.unwrap()["created"], 2);
    /// # });
    /// # assert_eq!(script.requests()[0].body.as_deref(), Some(r#"["a","b"]"#));
    /// ```
    pub fn json<T: DeserializeOwned>(self) -> Call<T> {
        self.call(Form::Json, typed)
    }

    /// The call, whose response is text.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, "ok");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::Method;
    ///
    /// # pollster::block_on(async {
    /// assert_eq!(kavach.request(Method::Get, "/health").text().await.unwrap(), "ok");
    /// # });
    /// ```
    pub fn text(self) -> Call<String> {
        self.call(Form::Text, typed)
    }

    /// The call, whose response is bytes.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, [0xFF, 0x00]);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::Method;
    ///
    /// # pollster::block_on(async {
    /// assert_eq!(kavach.request(Method::Get, "/logo").bytes().await.unwrap(), [0xFF, 0x00]);
    /// # });
    /// ```
    pub fn bytes(self) -> Call<Vec<u8>> {
        self.call(Form::Bytes, |outcome| Ok(outcome.bytes))
    }

    /// The call, whose response is a stream of bytes. Until the response begins it is retried like any other; see [`ByteStream`].
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, "a long file");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::Method;
    ///
    /// # pollster::block_on(async {
    /// let mut file = kavach.request(Method::Get, "/file").stream().await.unwrap();
    /// assert_eq!(file.next().await.unwrap().unwrap(), b"a long file");
    /// assert!(file.next().await.is_none());
    /// # });
    /// ```
    pub fn stream(self) -> Call<ByteStream> {
        self.call(Form::Stream, Outcome::into_stream)
    }

    fn call<T>(self, form: Form, read: fn(Outcome) -> Result<T, Error>) -> Call<T> {
        let client = self.client.clone();
        Call::route(&client, self.operation(form), read)
    }

    fn operation(self, form: Form) -> Result<Operation<Value>, String> {
        if self.method == Method::Get && self.body.is_some() {
            return Err("input.body must be left out: a GET has none".to_owned());
        }
        let path = path(&self.path, &self.params)?;
        let answer = match form {
            Form::Text => Answer::TEXT,
            Form::Bytes => Answer::BYTES,
            Form::Stream => Answer::STREAM,
            _ => Answer { form, ..Answer::NOTHING },
        };
        let is_idempotent = self.idempotent.unwrap_or(!matches!(self.method, Method::Post | Method::Patch));
        let retry = if is_idempotent { RetryClass::Idempotent } else { RetryClass::NonIdempotent };
        let route = Some(Route { method: self.method, path: "" });
        let endpoint = Endpoint {
            sdk: route,
            adapter: route,
            base: self.base,
            answer,
            retry,
            capability: "This route",
            ..Endpoint::get("request", "")
        };
        let body = self.body.map(|body| Value::String(body.to_string()));
        Ok(Operation { path: Some(path), query: self.query, body, ..Operation::of(endpoint) })
    }
}

/// A path with its parameters in place.
fn path(template: &str, params: &[(String, String)]) -> Result<String, String> {
    const EXPECTED: &str = "input.path must be a path that begins with one slash, such as \"/tools/:id\", without a query, white space and dot segments";
    if !is_path(template) {
        return Err(EXPECTED.to_owned());
    }
    let mut path = String::new();
    let mut used = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once(':') {
        path.push_str(before);
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let end = after.find(|letter| !is_part(letter)).unwrap_or(after.len());
        let (name, behind) = after.split_at_checked(end).unwrap_or((after, ""));
        if name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_') {
            let value = params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
            let value = value.filter(|value| !value.is_empty() && !is_dot_segment(value));
            let Some(value) = value else {
                return Err(["input.params.", name, " must be a non-empty string, and not \".\" or \"..\""].concat());
            };
            encode_component(value, &mut path);
            used.push(name);
        } else {
            path.push(':');
            path.push_str(name);
        }
        rest = behind;
    }
    path.push_str(rest);
    match params.iter().find(|(name, _)| !used.contains(&name.as_str())) {
        Some((name, _)) => Err(["input.params.", name, " must be left out: the path has no :", name].concat()),
        None => Ok(path),
    }
}

/// Shows the route alone: the rest may be secret.
impl fmt::Debug for CustomRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("CustomRequest").field("path", &self.path).finish_non_exhaustive()
    }
}
