//! Keeps decisions for a short time, in front of a client.

use super::authorizer::Authorizer;
use super::cache_builder::{DecisionCacheBuilder, Permissions};
use super::cache_entries::{Entry, State, Times};
use super::decision::{DecisionSource, GuardDecision};
use super::{Guard, Rule};
use crate::guard::{Problem, TOKEN_ONLY};
use crate::rust_client::authorize_many::{AuthorizeMany, Subject, canonical};
use crate::rust_client::call::argument;
use crate::rust_client::client::Client;
use crate::rust_client::future::{BoxFuture, SingleThread, within};
use crate::rust_client::options::CallOptions;
use crate::rust_client::token::{Token, TokenContext, TokenReason};
use crate::rust_client::{AuthorizeRequest, Error, Permission};
use crate::schema::Secret;
use ::http::HeaderMap;
use std::fmt;
use std::future::IntoFuture;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// For a token function.
const TOKEN_TIMEOUT: Duration = Duration::from_secs(60);
/// Larger questions are not kept: an entry holds its question.
const LARGEST_KEY: usize = 4096;

/// Keeps decisions for a short time, so that the same question is not sent again: see
/// [`Client::decision_cache`](crate::Client::decision_cache). Clones share everything.
///
/// A decision from the cache is **neither audited nor counted**, and its source is [`DecisionSource::Cache`]. Only decisions that no
/// constraint affects are kept: denials because no permission matches, or because the token or agent is not valid; and allowed
/// requests, if [`permissions`](DecisionCacheBuilder::permissions) returns valid permissions without constraints. Failures are never
/// kept, nor are calls with headers or `allow_unknown`, nor questions of more than 4 KiB.
///
/// A decision is kept for the caller whose token asks: one caller never sees the decision of another. The cache is emptied when any
/// client of the same base URL in this program updates, revokes or rotates an agent, or creates or revokes a delegation, and again when
/// that call is over. Changes made elsewhere take effect when the entry expires. The age of an entry begins when the question is sent.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, r#"{"allowed": false, "auditId": "audit-1", "reason": "No permission grants it"}"#);
/// # let kavach = script.client();
/// use kavachos_wasm::rust_client::{AuthorizeRequest, DecisionSource};
///
/// # pollster::block_on(async {
/// let cache = kavach.decision_cache();
/// let ask = || cache.authorize_by_token("kv_agent", AuthorizeRequest::new("write", "files"));
/// assert_eq!(ask().await.unwrap().source, DecisionSource::Server);
/// assert_eq!(ask().await.unwrap().source, DecisionSource::Cache);
/// # });
/// # assert_eq!(script.requests().len(), 1);
/// ```
#[derive(Clone)]
pub struct DecisionCache(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub client: Client,
    pub allow_ttl: Duration,
    pub deny_ttl: Duration,
    pub max: usize,
    pub permissions: Option<SingleThread<Box<dyn Permissions>>>,
    pub state: Mutex<State>,
}

impl DecisionCache {
    pub(super) fn client(&self) -> &Client {
        &self.0.client
    }

    /// Builds a cache in front of a client, with options.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// use kavachos_wasm::rust_client::DecisionCache;
    /// use std::time::Duration;
    ///
    /// let cache = DecisionCache::builder(&kavach).deny_ttl(Duration::from_secs(5)).build().unwrap();
    /// assert!(cache.is_empty());
    /// ```
    pub fn builder(client: &Client) -> DecisionCacheBuilder {
        DecisionCacheBuilder::new(client.clone())
    }

    /// Decides about an agent by its id, from the cache if the decision is kept.
    ///
    /// # Errors
    /// Those of [`Client::authorize`](crate::Client::authorize).
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
    /// # let kavach = script.client();
    /// # use kavachos_wasm::rust_client::AuthorizeRequest;
    /// # pollster::block_on(async {
    /// let decision = kavach.decision_cache().authorize("agent-1", AuthorizeRequest::new("read", "files")).await;
    /// assert!(decision.unwrap().allowed);
    /// # });
    /// ```
    pub fn authorize(
        &self,
        agent_id: &str,
        request: AuthorizeRequest,
    ) -> BoxFuture<'static, Result<GuardDecision, Error>> {
        self.ask(Subject::agent(agent_id), request)
    }

    /// Decides about the agent that holds a token, from the cache if the decision is kept.
    ///
    /// # Errors
    /// Those of [`Auth::authorize_by_token`](crate::rust_client::Auth::authorize_by_token).
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
    /// # let kavach = script.client();
    /// # use kavachos_wasm::rust_client::AuthorizeRequest;
    /// # pollster::block_on(async {
    /// let decision = kavach.decision_cache().authorize_by_token("kv_1", AuthorizeRequest::new("read", "files")).await;
    /// assert!(decision.unwrap().allowed);
    /// # });
    /// ```
    pub fn authorize_by_token(
        &self,
        agent_token: &str,
        request: AuthorizeRequest,
    ) -> BoxFuture<'static, Result<GuardDecision, Error>> {
        self.ask(Subject::token(agent_token), request)
    }

    /// The guard of [`Client::guard`](crate::Client::guard), which asks this cache.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": false, "auditId": "audit-1", "reason": "No permission grants it"}"#);
    /// # let kavach = script.client();
    /// # use kavachos_wasm::rust_client::Rule;
    /// # let mut headers = http::HeaderMap::new();
    /// # headers.insert("authorization", "Bearer kv_agent".parse().unwrap());
    /// # pollster::block_on(async {
    /// let cache = kavach.decision_cache();
    /// for _ in 0..2 {
    ///     assert_eq!(cache.guard(&headers, Rule::new("read", "files")).await.unwrap_err().status(), 403);
    /// }
    /// # });
    /// assert_eq!(script.requests().len(), 1);
    /// ```
    pub fn guard(&self, headers: &HeaderMap, rule: Rule) -> Guard {
        Guard::new(Authorizer::Cache(self.clone()), headers, rule)
    }

    /// The decisions of [`Client::authorize_many`](crate::Client::authorize_many), which asks this cache.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{AuthorizeRequest, Subject};
    ///
    /// # pollster::block_on(async {
    /// let cache = kavach.decision_cache();
    /// let decisions = cache.authorize_many(Subject::agent("agent-1"), [AuthorizeRequest::new("read", "files")]).await;
    /// assert!(decisions[0].as_ref().unwrap().allowed);
    /// # });
    /// ```
    pub fn authorize_many(
        &self,
        subject: Subject,
        requests: impl IntoIterator<Item = AuthorizeRequest>,
    ) -> AuthorizeMany {
        AuthorizeMany::new(Authorizer::Cache(self.clone()), subject, requests.into_iter().collect())
    }

    /// Drops all decisions. Decisions in flight are not kept either.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// let cache = kavach.decision_cache();
    /// cache.clear();
    /// assert_eq!(cache.len(), 0);
    /// ```
    pub fn clear(&self) {
        self.state().clear();
    }

    /// The number of decisions that are kept.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// assert_eq!(kavach.decision_cache().len(), 0);
    /// ```
    pub fn len(&self) -> usize {
        self.state().entries.len()
    }

    /// Whether no decision is kept.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// assert!(kavach.decision_cache().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn ask(&self, subject: Subject, request: AuthorizeRequest) -> BoxFuture<'static, Result<GuardDecision, Error>> {
        let cache = self.clone();
        BoxFuture::new(async move { cache.decide(subject, request, CallOptions::default()).await })
    }

    /// The state, emptied if a client has changed anything.
    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.invalidate(self.client().0.mutations.count());
        state
    }

    fn times(&self) -> Times {
        let transport = &self.client().0.transport;
        Times(transport.now(), transport.unix_time())
    }

    pub(super) async fn decide(
        &self,
        subject: Subject,
        request: AuthorizeRequest,
        options: CallOptions,
    ) -> Result<GuardDecision, Error> {
        let client = self.client();
        let times = self.times();
        let mut options = options;
        let mut is_same_token = None;
        let mut key = None;
        if options.are_neutral() {
            let asker = match &subject {
                Subject::Token(_) => Some(None),
                Subject::Agent(_) => self.asker(&mut options, &mut is_same_token).await,
            };
            key = asker.and_then(|asker| key_of(asker.as_ref(), &subject, &request));
        }
        if let Some(key) = &key
            && let Some(decision) = self.look_up(key)
        {
            return Ok(decision);
        }
        let before = self.state().invalidations;
        let decision = client.decide(&subject, &request).options(options).into_future().await?;
        let decision = GuardDecision::new(decision, DecisionSource::Server);
        let is_same = is_same_token.is_none_or(|is_same: Arc<AtomicBool>| is_same.load(Ordering::SeqCst));
        if let Some(key) = key.filter(|_| is_same) {
            self.keep(key, &subject, &request, &decision, times, before);
        }
        Ok(decision)
    }

    /// The token that the client would ask with; `None` if that is not known. The call then sends the token of the key, even if the
    /// token function returns another one by then, unless the server rejects it.
    async fn asker(
        &self,
        options: &mut CallOptions,
        is_same_token: &mut Option<Arc<AtomicBool>>,
    ) -> Option<Option<Secret>> {
        let client = &self.client().0;
        let provider = match options.own_token().or(client.settings.token.as_ref()) {
            None => return Some(None),
            Some(Token::Fixed(token)) => return Some(Some(token.clone())),
            Some(Token::Provider(provider)) => provider.clone(),
        };
        let context = TokenContext { reason: TokenReason::Initial, operation: "authorize", previous_token: None };
        let limit = options.own_deadline().unwrap_or(TOKEN_TIMEOUT);
        let timer = client.transport.sleep(limit);
        // A function that fails fails the call too, which says so.
        let token = within(provider.provide(context), Some(timer)).await?.ok()?;
        let is_same = Arc::new(AtomicBool::new(true));
        *is_same_token = Some(is_same.clone());
        let sent = token.clone();
        options.set_token(Token::provider(move |context: TokenContext| {
            let again = context.reason == TokenReason::Unauthorized;
            if again {
                is_same.store(false, Ordering::SeqCst);
            }
            let (provider, sent) = (provider.clone(), sent.clone());
            async move { if again { provider.provide(context).await } else { Ok(sent) } }
        }));
        Some(token.map(Secret))
    }

    fn look_up(&self, key: &str) -> Option<GuardDecision> {
        let now = self.times();
        let mut state = self.state();
        let entry = state.remove(key)?;
        if entry.times.is_over(now, entry.ttl) {
            return None;
        }
        let decision = GuardDecision { source: DecisionSource::Cache, ..entry.decision.clone() };
        state.insert(key.into(), entry, self.0.max);
        Some(decision)
    }

    fn keep(
        &self,
        key: String,
        subject: &Subject,
        request: &AuthorizeRequest,
        decision: &GuardDecision,
        times: Times,
        before: u64,
    ) {
        let Inner { allow_ttl, deny_ttl, max, permissions, .. } = &*self.0;
        let ttl = if decision.allowed {
            let known = permissions.as_ref().and_then(|permissions| permissions.of(subject));
            if !known.is_some_and(|known| are_unconstrained(&known)) {
                return;
            }
            *allow_ttl
        } else {
            let problem = Problem::of_denial(decision.reason.as_deref().unwrap_or_default());
            if !problem.is_cacheable() {
                return;
            }
            // With a rule that asks for the token alone, this denial lets through.
            let is_allowing = request.resource.as_str() == TOKEN_ONLY.1 && problem == Problem::InsufficientScope;
            if is_allowing { *allow_ttl.min(deny_ttl) } else { *deny_ttl }
        };
        let mut state = self.state();
        // The decision may be older than a change.
        if !ttl.is_zero() && state.invalidations == before {
            state.insert(key.into(), Entry { decision: decision.clone(), times, ttl, used: 0 }, *max);
        }
    }
}

/// What a decision depends on, as text: whose token asks, about whom, and what.
fn key_of(asker: Option<&Secret>, subject: &Subject, request: &AuthorizeRequest) -> Option<String> {
    let (is_token, about) = match subject {
        Subject::Agent(id) => (false, id.as_str()),
        Subject::Token(token) => (true, &**token),
    };
    let who = serde_json::json!([asker.map(|token| &**token), is_token, about]).to_string();
    let key = [&who, " ", &canonical(&argument(request))].concat();
    (key.len() <= LARGEST_KEY).then_some(key)
}

/// Whether these are valid permissions, at least one, and none has a constraint.
fn are_unconstrained(permissions: &[Permission]) -> bool {
    let is_plain = |permission: &Permission| {
        let texts = permission.actions.iter().chain([&permission.resource]);
        let constraints = permission.constraints.as_ref();
        texts.into_iter().all(|text| !text.is_empty()) && constraints.is_none_or(|made| *made == Default::default())
    };
    !permissions.is_empty() && permissions.iter().all(is_plain)
}

/// Shows the number of decisions, and nothing of them.
impl fmt::Debug for DecisionCache {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("DecisionCache").field("len", &self.len()).finish_non_exhaustive()
    }
}
