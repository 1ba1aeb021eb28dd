//! The client and its namespaces.

use super::agents::Agents;
use super::audit::Audit;
use super::auth::Auth;
use super::authorize_many::AuthorizeMany;
use super::builder::ClientBuilder;
use super::call::{Call, argument, typed};
use super::custom_request::CustomRequest;
use super::dashboard::Dashboard;
use super::delegation::Delegation;
use super::future::SingleThread;
use super::guard::{Authorizer, DecisionCache, Guard, Rule};
use super::hooks::Hooks;
use super::mcp::Mcp;
use super::mutations::Mutations;
use super::options::Settings;
use super::transport::Transport;
use super::{AuthorizeRequest, Decision, Dialect, Method, Subject};
use crate::client::Server;
use crate::endpoints::agents;
use crate::http::Base;
use ::http::HeaderMap;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

/// A client of a KavachOS server. Clones share everything.
///
/// ```
/// # use kavachos_wasm::rust_client::testing::Script;
/// use kavachos_wasm::Client;
/// use kavachos_wasm::rust_client::AuthorizeRequest;
///
/// # let script = Script::new();
/// # script.answer(200, r#"{"allowed": false, "auditId": "audit-1", "reason": "No permission grants \"write\""}"#);
/// # pollster::block_on(async {
/// let kavach = Client::builder("https://your-app.com/api/kavach").token("kv_service");
/// # let kavach = kavach.transport(script);
/// let kavach = kavach.build()?;
///
/// let decision = kavach.authorize("agent-1", AuthorizeRequest::new("write", "mcp:github:repos")).await?;
/// assert!(!decision.allowed);
/// assert_eq!(decision.audit_id, "audit-1");
/// # Ok::<(), kavachos_wasm::Error>(())
/// # }).unwrap();
/// ```
#[derive(Clone)]
pub struct Client(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub server: Arc<Server>,
    pub settings: Settings,
    pub transport: SingleThread<Arc<dyn Transport>>,
    pub hooks: Option<SingleThread<Arc<dyn Hooks>>>,
    /// The number of calls that hooks learned of.
    pub calls: AtomicU32,
    pub mutations: Mutations,
}

/// Shows where the server is, and nothing secret.
impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("dialect", &self.dialect())
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Builds a client of the API at that URL.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// use kavachos_wasm::Client;
    ///
    /// let kavach = Client::builder("https://your-app.com/api/kavach").transport(Script::new()).build().unwrap();
    /// assert_eq!(kavach.dialect(), None);
    /// ```
    pub fn builder(base_url: impl AsRef<str>) -> ClientBuilder {
        ClientBuilder::new(base_url.as_ref())
    }

    /// The base URL, without a slash at its end.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// use kavachos_wasm::Client;
    ///
    /// let kavach = Client::builder("https://app.example/api/").transport(Script::new()).build().unwrap();
    /// assert_eq!(kavach.base_url(), "https://app.example/api");
    /// ```
    pub fn base_url(&self) -> &str {
        &self.0.server.bases.api
    }

    /// The dialect of the server, as far as it is known.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"data": []}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::Dialect;
    ///
    /// # pollster::block_on(async {
    /// kavach.agents().list().await.unwrap();
    /// # });
    /// assert_eq!(kavach.dialect(), Some(Dialect::Adapter));
    /// ```
    pub fn dialect(&self) -> Option<Dialect> {
        self.0.server.memory().settled(Base::Api)
    }

    /// Decides whether an agent may do something. A denial is a value: check [`Decision::allowed`].
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// # let script = Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::AuthorizeRequest;
    ///
    /// # pollster::block_on(async {
    /// let request = AuthorizeRequest::new("read", "mcp:github:repos").arguments([("branch", "main")]);
    /// assert!(kavach.authorize("agent-1", request).await.unwrap().allowed);
    /// # });
    /// # assert_eq!(script.requests()[0].url, "https://app.example/api/kavach/agents/agent-1/authorize");
    /// ```
    pub fn authorize(&self, agent_id: &str, request: AuthorizeRequest) -> Call<Decision> {
        Call::new(self, &agents::AUTHORIZE, &[agent_id.into(), argument(&request)], typed)
    }

    /// Many decisions about one agent, a few at a time: one result for each request, in their order.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// # let script = Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "a"}"#).answer(200, r#"{"allowed": false, "auditId": "b"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{AuthorizeRequest, Subject};
    ///
    /// # pollster::block_on(async {
    /// let requests = ["read", "write", "read"].map(|action| AuthorizeRequest::new(action, "mcp:github:repos"));
    /// let decisions = kavach.authorize_many(Subject::token("kv_agent"), requests).concurrency(1).await;
    /// let allowed: Vec<_> = decisions.iter().map(|decision| decision.as_ref().unwrap().allowed).collect();
    /// assert_eq!(allowed, [true, false, true]);
    /// # });
    /// # assert_eq!(script.requests().len(), 2, "the third is the first");
    /// ```
    pub fn authorize_many(
        &self,
        subject: Subject,
        requests: impl IntoIterator<Item = AuthorizeRequest>,
    ) -> AuthorizeMany {
        AuthorizeMany::new(Authorizer::Client(self.clone()), subject, requests.into_iter().collect())
    }

    /// Decides about a request to your own server, by the bearer token in its headers. It fails closed: whatever goes wrong is a
    /// refusal, with the response to send.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// # let script = Script::new();
    /// # let kavach = script.client();
    /// use http::HeaderMap;
    /// use kavachos_wasm::rust_client::Rule;
    ///
    /// # pollster::block_on(async {
    /// let refusal = kavach.guard(&HeaderMap::new(), Rule::new("execute", "tool:deploy")).await.unwrap_err();
    /// let response = refusal.into_response();
    /// assert_eq!(response.status(), 401);
    /// assert_eq!(response.headers()["www-authenticate"], "Bearer realm=\"KavachOS\"");
    /// # });
    /// ```
    pub fn guard(&self, headers: &HeaderMap, rule: Rule) -> Guard {
        Guard::new(Authorizer::Client(self.clone()), headers, rule)
    }

    /// A cache in front of this client: it keeps decisions for one second. [`DecisionCache::builder`] makes one with options.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": false, "auditId": "audit-1", "reason": "Invalid or expired agent token"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::AuthorizeRequest;
    ///
    /// # pollster::block_on(async {
    /// let cache = kavach.decision_cache();
    /// for _ in 0..3 {
    ///     let request = AuthorizeRequest::new("read", "files");
    ///     assert!(!cache.authorize_by_token("kv_revoked", request).await.unwrap().allowed);
    /// }
    /// # });
    /// assert_eq!(script.requests().len(), 1);
    /// ```
    pub fn decision_cache(&self) -> DecisionCache {
        DecisionCache::builder(self).made()
    }

    /// A counter of calls that can change decisions: `agents().update()`, `revoke` and `rotate`, `delegation().create()` and `revoke`.
    ///
    /// It grows when any client of the same base URL in this program starts or ends such a call. A cache of decisions is valid only
    /// as long as it stays the same.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(204, "");
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// let before = kavach.mutations();
    /// kavach.agents().revoke("agent-1").await.unwrap();
    /// assert!(kavach.mutations() > before);
    /// # });
    /// ```
    pub fn mutations(&self) -> u64 {
        self.0.mutations.count()
    }

    /// A request to a route of your own server, with the token, the retries and the errors of this client.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// # let script = Script::new();
    /// # script.answer(200, r#"["a", "b"]"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::Method;
    ///
    /// # pollster::block_on(async {
    /// let tools = kavach.request(Method::Get, "/servers/:id/tools").param("id", "s/1").query("tag", "ci").json::<Vec<String>>();
    /// assert_eq!(tools.await.unwrap(), ["a", "b"]);
    /// # });
    /// # assert_eq!(script.requests()[0].url, "https://app.example/api/kavach/servers/s%2F1/tools?tag=ci");
    /// ```
    pub fn request(&self, method: Method, path: &str) -> CustomRequest {
        CustomRequest::new(self.clone(), method, path)
    }

    /// Agents: identities that hold permissions and a bearer token.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"[]"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// assert!(kavach.agents().list().await.unwrap().is_empty());
    /// # });
    /// ```
    pub fn agents(&self) -> Agents<'_> {
        Agents(self)
    }

    /// The audit log: one entry for every decision.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"[]"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// assert!(kavach.audit().query(Default::default()).await.unwrap().is_empty());
    /// # });
    /// ```
    pub fn audit(&self) -> Audit<'_> {
        Audit(self)
    }

    /// People: signing up, in and out. And agents that act with their own token.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"null"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// assert!(kavach.auth().get_session().await.is_err());
    /// # });
    /// ```
    pub fn auth(&self) -> Auth<'_> {
        Auth(self)
    }

    /// Numbers for dashboards.
    ///
    /// ```
    /// # use kavachos_wasm::Client;
    /// use kavachos_wasm::rust_client::Dialect;
    ///
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # pollster::block_on(async {
    /// let kavach = Client::builder("https://app.example").dialect(Dialect::Sdk);
    /// # let kavach = kavach.transport(script).build().unwrap();
    /// assert!(kavach.dashboard().stats().await.unwrap_err().is_not_supported());
    /// # });
    /// ```
    pub fn dashboard(&self) -> Dashboard<'_> {
        Dashboard(self)
    }

    /// Delegation: an agent grants some of its permissions to another agent until an expiry.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"[]"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// assert!(kavach.delegation().list_chains("agent-1").await.unwrap().is_empty());
    /// # });
    /// ```
    pub fn delegation(&self) -> Delegation<'_> {
        Delegation(self)
    }

    /// The registry of MCP servers.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"[]"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// assert!(kavach.mcp().list().await.unwrap().is_empty());
    /// # });
    /// ```
    pub fn mcp(&self) -> Mcp<'_> {
        Mcp(self)
    }

    pub(super) fn decide(&self, subject: &Subject, request: &AuthorizeRequest) -> Call<Decision> {
        let request: Value = argument(request);
        match subject {
            Subject::Agent(id) => Call::new(self, &agents::AUTHORIZE, &[id.as_str().into(), request], typed),
            Subject::Token(token) => {
                let endpoint = &crate::endpoints::auth::AUTHORIZE_BY_TOKEN;
                Call::new(self, endpoint, &[token.as_str().into(), request], typed)
            }
        }
    }
}
