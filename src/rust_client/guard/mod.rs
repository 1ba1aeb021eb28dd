//! The guard: one request, one rule, one answer. Whatever goes wrong, the answer is a refusal.

mod authorizer;
mod bearer;
mod cache;
mod cache_builder;
mod cache_entries;
mod cors;
mod decision;
mod local;
mod refusal;
mod rule;
mod setters;

pub(super) use authorizer::Authorizer;
pub use cache::DecisionCache;
pub use cache_builder::DecisionCacheBuilder;
pub use cors::Cors;
pub use decision::{DecisionSource, GuardDecision};
pub use refusal::Refusal;
pub use rule::{Rule, RuleError};

use super::authorize_many::Subject;
use super::call::argument;
use super::error::Error;
use super::future::{BoxFuture, MaybeSend, MaybeSync, within};
use super::options::CallOptions;
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
