//! The guard: one request, one rule, one answer. Whatever goes wrong, the answer is a refusal.

mod authorizer;
mod bearer;
mod cache;
mod cors;
mod decision;
mod local;
mod refusal;
mod rule;

pub(super) use authorizer::Authorizer;
pub use cache::{DecisionCache, DecisionCacheBuilder};
pub use cors::Cors;
pub use decision::{DecisionSource, GuardDecision};
pub use refusal::Refusal;
pub use rule::{Rule, RuleError};

use super::authorize_many::Subject;
use super::call::argument;
use super::error::Error;
use super::future::{BoxFuture, MaybeSend, MaybeSync, within};
use super::options::{CallOptions, setters};
use super::{AuthorizeRequest, Permission};
use crate::guard::Problem;
use crate::schema::Secret;
use ::http::{HeaderMap, Method, Response};
use bearer::bearer_of;
use cors::add_headers;
use refusal::Challenge;
use rule::{Asked, RuleErrorKind};
use std::fmt;
use std::future::{Future, IntoFuture};
use std::time::Duration;

/// Of the time limit, if a local decision may follow.
const SERVER_SHARE: f64 = 0.8;

/// What a guard has let through.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
/// # let kavach = script.client();
/// use kavachos_wasm::rust_client::Rule;
///
/// let mut headers = http::HeaderMap::new();
/// headers.insert("authorization", "Bearer kv_agent".parse().unwrap());
/// # pollster::block_on(async {
/// let granted = kavach.guard(&headers, Rule::new("execute", "tool:deploy")).await.unwrap();
/// assert_eq!((&*granted.token, &*granted.decision.audit_id), ("kv_agent", "audit-1"));
/// assert!(!format!("{granted:?}").contains("kv_agent"));
/// # });
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Granted {
    /// The decision, and who made it.
    pub decision: GuardDecision,
    /// The caller's token. `Debug` redacts it.
    pub token: Secret,
    /// The CORS headers for your response, if [`Guard::cors`] was called.
    pub headers: HeaderMap,
}

/// A decision about a request that is ready to be asked for: see [`Client::guard`](super::Client::guard).
///
/// `.await` resolves to what was granted, or to the refusal with the response to send. It always fails closed, within
/// [`limit`](Self::limit).
///
/// ```
/// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
/// use http::HeaderMap;
/// use kavachos_wasm::rust_client::Rule;
///
/// # pollster::block_on(async {
/// let guard = kavach.guard(&HeaderMap::new(), Rule::new("execute", "tool:deploy")).realm("MCP").scope("tools:execute");
/// let refusal = guard.await.unwrap_err();
/// assert_eq!(refusal.headers()["www-authenticate"], r#"Bearer realm="MCP", scope="tools:execute""#);
/// # });
/// ```
#[must_use = "nothing is asked until it is awaited"]
pub struct Guard {
    authorizer: Authorizer,
    /// Those of the request that the guard reads.
    headers: HeaderMap,
    rule: Rule,
    realm: String,
    resource_metadata: Option<String>,
    scope: Option<Scope>,
    cors: Option<(Cors, Method)>,
    local: Option<Local>,
    arguments_limit: usize,
    limit: Duration,
    options: CallOptions,
}

/// The scopes that a challenge asks for.
enum Scope {
    Fixed(String),
    By(Box<dyn ScopeOf>),
}

trait ScopeOf: MaybeSend + MaybeSync {
    fn of(&self, request: &AuthorizeRequest) -> Option<String>;
}

impl<F: Fn(&AuthorizeRequest) -> Option<String> + MaybeSend + MaybeSync> ScopeOf for F {
    fn of(&self, request: &AuthorizeRequest) -> Option<String> {
        self(request)
    }
}

/// Finds the last known permissions of the holder of a token.
type Local = Box<dyn Known>;

trait Known: MaybeSend {
    fn permissions(self: Box<Self>, token: Secret) -> BoxFuture<'static, Option<Vec<Permission>>>;
}

impl<F, R> Known for F
where
    F: FnOnce(Secret) -> R + MaybeSend,
    R: Future<Output = Option<Vec<Permission>>> + MaybeSend + 'static,
{
    fn permissions(self: Box<Self>, token: Secret) -> BoxFuture<'static, Option<Vec<Permission>>> {
        BoxFuture::new(self(token))
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Guard").field("rule", &self.rule).finish_non_exhaustive()
    }
}

impl Guard {
    pub(super) fn new(authorizer: Authorizer, headers: &HeaderMap, rule: Rule) -> Self {
        Self {
            authorizer,
            headers: headers.clone(),
            rule,
            realm: "KavachOS".to_owned(),
            resource_metadata: None,
            scope: None,
            cors: None,
            local: None,
            arguments_limit: 65_536,
            limit: Duration::from_secs(60),
            options: CallOptions::default(),
        }
    }

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

    /// Runs a handler if the request is allowed, and returns its response; else the response of the refusal. CORS headers are added
    /// to both.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
    /// # let kavach = script.client();
    /// use http::Response;
    /// use kavachos_wasm::rust_client::Rule;
    ///
    /// # let mut headers = http::HeaderMap::new();
    /// # headers.insert("authorization", "Bearer kv_agent".parse().unwrap());
    /// # pollster::block_on(async {
    /// let guard = kavach.guard(&headers, Rule::new("execute", "tool:deploy"));
    /// let response = guard.protect(|granted| async move { Response::new(granted.decision.audit_id.clone()) }).await;
    /// assert_eq!(response.body(), "audit-1");
    /// # });
    /// ```
    pub async fn protect<B, F, R>(self, handler: F) -> Response<B>
    where
        B: From<String>,
        F: FnOnce(Granted) -> R,
        R: Future<Output = Response<B>>,
    {
        match self.await {
            Ok(granted) => {
                let more = granted.headers.clone();
                let mut response = handler(granted).await;
                add_headers(response.headers_mut(), &more, false);
                response
            }
            Err(refusal) => refusal.into_response().map(B::from),
        }
    }

    async fn answer(self) -> Result<Granted, Refusal> {
        let cors = self.cors.as_ref().map(|(cors, method)| cors.answer(method, &self.headers));
        let (more, preflight) = cors.unwrap_or_default();
        if let Some(headers) = preflight {
            return Err(Refusal::preflight(headers).with_headers(&more, false));
        }
        let has_cors = self.cors.is_some();
        let transport = self.authorizer.client().transport.clone();
        let timer = transport.sleep(self.limit);
        let outcome = within(self.decide(), Some(timer)).await;
        match outcome.unwrap_or_else(|| Err(Refusal::unavailable(None))) {
            Ok(granted) => Ok(Granted { headers: more, ..granted }),
            Err(refusal) if has_cors => Err(refusal.with_headers(&more, true)),
            Err(refusal) => Err(refusal),
        }
    }

    async fn decide(self) -> Result<Granted, Refusal> {
        let Self { authorizer, rule, options, .. } = self;
        let fixed = match &self.scope {
            Some(Scope::Fixed(scope)) => Some(scope.as_str()),
            _ => None,
        };
        let challenge = Challenge::new(&self.realm, fixed, self.resource_metadata.as_deref());
        let mut challenge =
            challenge.map_err(|problem| Refusal::unavailable(Some(Error::invalid("guard", problem))))?;
        let scope = self.scope;
        let ask_for = |challenge: &mut Challenge, asked: &AuthorizeRequest| {
            if let Some(Scope::By(scope)) = &scope {
                challenge.set_scope(scope.of(asked));
            }
        };
        let token = match bearer_of(&self.headers) {
            Ok(token) => token,
            Err(problem) => {
                if let Some(asked) = rule.known() {
                    ask_for(&mut challenge, &asked.request);
                }
                return Err(Refusal::new(problem, &challenge));
            }
        };
        let Asked { request, is_token_only } = rule.asked().await.map_err(|error| match error.0 {
            RuleErrorKind::InvalidRequest(error) => Refusal::of_rule(Problem::InvalidRequest, error),
            RuleErrorKind::Failed(error) => Refusal::of_rule(Problem::Unavailable, error),
            RuleErrorKind::Refused(response) => Refusal::with_response(response),
        })?;
        ask_for(&mut challenge, &request);
        let size = request.arguments.as_ref().map_or(0, |arguments| argument(arguments).to_string().len());
        if size > self.arguments_limit {
            return Err(Refusal::new(Problem::RequestTooLarge, &challenge));
        }
        let call = authorizer.decide(&Subject::Token(token.clone()), &request, options);
        let share = self.local.is_some().then(|| self.limit.mul_f64(SERVER_SHARE));
        let timer = share.map(|share| authorizer.client().transport.sleep(share));
        let found = match (within(call, timer).await, self.local) {
            (Some(Ok(decision)), _) => Ok(decision),
            (Some(Err(error)), Some(known)) if local::is_outage(&error) => {
                let permissions = known.permissions(token.clone()).await;
                let decision = permissions.and_then(|permissions| local::decide(&permissions, &request));
                decision.ok_or_else(|| Refusal::failure(error, &challenge))
            }
            (Some(Err(error)), _) => Err(Refusal::failure(error, &challenge)),
            (None, known) => {
                let permissions = match known {
                    Some(known) => known.permissions(token.clone()).await,
                    None => None,
                };
                let decision = permissions.and_then(|permissions| local::decide(&permissions, &request));
                decision.ok_or_else(|| Refusal::unavailable(None))
            }
        };
        let mut decision = found?;
        let is_ungranted = || {
            let reason = decision.reason.as_deref().unwrap_or_default();
            Problem::of_denial(reason) == Problem::InsufficientScope
        };
        if is_token_only && (decision.allowed || is_ungranted()) {
            decision.decision.allowed = true;
            decision.decision.reason = None;
            decision.is_token_only = true;
        }
        match decision.allowed {
            true => Ok(Granted { decision, token, headers: HeaderMap::new() }),
            false => Err(Refusal::denial(decision, &token, &challenge)),
        }
    }
}

impl IntoFuture for Guard {
    type Output = Result<Granted, Refusal>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        BoxFuture::new(self.answer())
    }
}
