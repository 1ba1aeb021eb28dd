//! The options of a guard.

use super::{Cors, Guard, Scope};
use crate::rust_client::future::{MaybeSend, MaybeSync};
use crate::rust_client::options::setters;
use crate::rust_client::{AuthorizeRequest, Permission};
use crate::schema::Secret;
use ::http::Method;
use std::future::Future;
use std::time::Duration;

impl Guard {
    setters!(options);

    /// The realm of the challenge; `KavachOS` by default.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # pollster::block_on(async {
    /// let refusal = kavach.guard(&http::HeaderMap::new(), Rule::token_only()).realm("MCP").await.unwrap_err();
    /// assert_eq!(refusal.headers()["www-authenticate"], "Bearer realm=\"MCP\"");
    /// # });
    /// ```
    pub fn realm(mut self, realm: &str) -> Self {
        self.realm = realm.to_owned();
        self
    }

    /// The URL of the protected resource metadata (RFC 9728), which MCP clients follow from the challenge to sign in.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # pollster::block_on(async {
    /// let url = "https://mcp.example/.well-known/oauth-protected-resource/mcp";
    /// let guard = kavach.guard(&http::HeaderMap::new(), Rule::token_only()).resource_metadata(url);
    /// let refusal = guard.await.unwrap_err();
    /// assert!(refusal.headers()["www-authenticate"].to_str().unwrap().contains(url));
    /// # });
    /// ```
    pub fn resource_metadata(mut self, url: &str) -> Self {
        self.resource_metadata = Some(url.to_owned());
        self
    }

    /// The scopes that the challenge asks for, separated by single spaces.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # pollster::block_on(async {
    /// let guard = kavach.guard(&http::HeaderMap::new(), Rule::token_only()).scope("files:read tools");
    /// let refusal = guard.await.unwrap_err();
    /// assert!(refusal.headers()["www-authenticate"].to_str().unwrap().ends_with("scope=\"files:read tools\""));
    /// # });
    /// ```
    pub fn scope(mut self, scope: &str) -> Self {
        self.scope = Some(Scope::Fixed(scope.to_owned()));
        self
    }

    /// The scopes that the challenge asks for, by what the rule asks. The function is called where that is known: not for a missing
    /// token if the rule is a future. Text that is no scope is left out of the challenge.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # pollster::block_on(async {
    /// let guard = kavach.guard(&http::HeaderMap::new(), Rule::new("execute", "tool:deploy"));
    /// let refusal = guard.scope_by(|asked| Some(asked.resource.as_str().to_owned())).await.unwrap_err();
    /// assert!(refusal.headers()["www-authenticate"].to_str().unwrap().ends_with("scope=\"tool:deploy\""));
    /// # });
    /// ```
    pub fn scope_by(
        mut self,
        scope: impl Fn(&AuthorizeRequest) -> Option<String> + MaybeSend + MaybeSync + 'static,
    ) -> Self {
        self.scope = Some(Scope::By(Box::new(scope)));
        self
    }

    /// Lets pages of these origins call. Their preflights are answered before the token is read, as a refusal with status 204;
    /// refusals expose `WWW-Authenticate` and `Retry-After`; [`Granted::headers`] are for your response, and
    /// [`protect`](Self::protect) adds them by itself. `method` is that of the request.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// use http::{HeaderMap, Method};
    /// use kavachos_wasm::rust_client::{Cors, Rule};
    ///
    /// let cors = Cors::origins(["https://app.example"]).unwrap();
    /// let mut headers = HeaderMap::new();
    /// headers.insert("origin", "https://app.example".parse().unwrap());
    /// headers.insert("access-control-request-method", "POST".parse().unwrap());
    /// # pollster::block_on(async {
    /// let guard = kavach.guard(&headers, Rule::new("execute", "tool:deploy")).cors(&cors, &Method::OPTIONS);
    /// let preflight = guard.await.unwrap_err();
    /// assert_eq!((preflight.status(), preflight.reason()), (204, "preflight"));
    /// assert_eq!(preflight.headers()["access-control-allow-origin"], "https://app.example");
    /// # });
    /// ```
    pub fn cors(mut self, cors: &Cors, method: &Method) -> Self {
        self.cors = Some((cors.clone(), method.clone()));
        self
    }

    /// Decides here if the server cannot be reached: with a network failure, a timeout, or 502, 503 or 504. Anything else that the
    /// server answers refuses the request.
    ///
    /// `permissions` returns the last known permissions of the agent that holds the token, or `None` if the token is not known to be
    /// valid: during an outage, nothing else checks it. A decision that needs what is not known here, such as a rate or an address, is
    /// refused with 503. The server has four fifths of [`limit`](Self::limit).
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(503, "");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{DecisionSource, Permission, Rule};
    ///
    /// # let mut headers = http::HeaderMap::new();
    /// # headers.insert("authorization", "Bearer kv_agent".parse().unwrap());
    /// # pollster::block_on(async {
    /// let guard = kavach.guard(&headers, Rule::new("read", "files:1")).max_retries(0);
    /// let granted = guard.local(|token| async move {
    ///     (&*token == "kv_agent").then(|| vec![Permission::read("files:*")])
    /// });
    /// assert_eq!(granted.await.unwrap().decision.source, DecisionSource::Local);
    /// # });
    /// ```
    pub fn local<F, R>(mut self, permissions: F) -> Self
    where
        F: FnOnce(Secret) -> R + MaybeSend + 'static,
        R: Future<Output = Option<Vec<Permission>>> + MaybeSend + 'static,
    {
        self.local = Some(Box::new(permissions));
        self
    }

    /// The maximum size of the arguments as JSON, in bytes; 65,536 by default. Larger ones are refused with 413.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # let mut headers = http::HeaderMap::new();
    /// # headers.insert("authorization", "Bearer kv_agent".parse().unwrap());
    /// # pollster::block_on(async {
    /// let rule = Rule::new("read", "files").arguments([("text", "x".repeat(100))]);
    /// let refusal = kavach.guard(&headers, rule).arguments_limit(64).await.unwrap_err();
    /// assert_eq!(refusal.status(), 413);
    /// # });
    /// ```
    pub fn arguments_limit(mut self, bytes: usize) -> Self {
        self.arguments_limit = bytes;
        self
    }

    /// The time limit of the whole decision, with everything it calls; 60 seconds by default. After it the request is refused with 503.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.hang();
    /// # let kavach = script.client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// use std::time::Duration;
    ///
    /// # let mut headers = http::HeaderMap::new();
    /// # headers.insert("authorization", "Bearer kv_agent".parse().unwrap());
    /// # pollster::block_on(async {
    /// let guard = kavach.guard(&headers, Rule::new("read", "files")).timeout(None).limit(Duration::from_secs(2));
    /// assert_eq!((guard.await.unwrap_err().status(), script.elapsed()), (503, Duration::from_secs(2)));
    /// # });
    /// ```
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }
}
