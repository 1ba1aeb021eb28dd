//! Agents: identities that hold permissions and a bearer token.

use super::call::{Call, argument, typed};
use super::client::Client;
use super::{Agent, AgentFilters, AuthorizeRequest, CreateAgentInput, Decision, Permission, UpdateAgentInput};
use crate::endpoints::agents as endpoints;
use serde_json::Value;

/// Agents: identities that hold permissions and a bearer token.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, "[]");
/// # let kavach = script.client();
/// # pollster::block_on(async {
/// assert!(kavach.agents().list().await.unwrap().is_empty());
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Agents<'a>(pub(super) &'a Client);

impl Agents<'_> {
    /// Creates an agent. The answer holds its token, which the server does not show again.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"id": "agent-1", "ownerId": "user-1", "name": "reader", "type": "autonomous", "token": "kv_1", "permissions": [], "status": "active", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{CreateAgentInput, KnownAgentType, Permission};
    ///
    /// # pollster::block_on(async {
    /// let input = CreateAgentInput::new("user-1", "reader", KnownAgentType::Autonomous, [Permission::read("mcp:github:*")]);
    /// let agent = kavach.agents().create(input).await.unwrap();
    /// assert_eq!((&*agent.id, &*agent.token), ("agent-1", "kv_1"));
    /// # });
    /// ```
    pub fn create(&self, input: CreateAgentInput) -> Call<Agent> {
        self.call(&endpoints::CREATE, &[argument(&input)])
    }

    /// Lists all agents.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"[{"id": "agent-1", "ownerId": "user-1", "name": "reader", "type": "autonomous", "token": "", "permissions": [], "status": "active", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}]"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// assert_eq!(kavach.agents().list().await.unwrap()[0].name, "reader");
    /// # });
    /// ```
    pub fn list(&self) -> Call<Vec<Agent>> {
        self.call(&endpoints::LIST, &[])
    }

    /// Lists the agents that match the filters.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"[{"id": "agent-1", "ownerId": "user-1", "name": "reader", "type": "autonomous", "token": "", "permissions": [], "status": "active", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}]"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{AgentFilters, KnownAgentStatus};
    ///
    /// # pollster::block_on(async {
    /// let filters = AgentFilters::default().user_id("user-1").status(KnownAgentStatus::Active);
    /// let agents = kavach.agents().list_with(filters).await.unwrap();
    /// assert!(agents[0].status == KnownAgentStatus::Active);
    /// # assert!(script.requests()[0].url.ends_with("/agents?userId=user-1&status=active"));
    /// # });
    /// ```
    pub fn list_with(&self, filters: AgentFilters) -> Call<Vec<Agent>> {
        self.call(&endpoints::LIST, &[argument(&filters)])
    }

    /// Gets an agent, or `None` if there is none.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"id": "agent-1", "ownerId": "user-1", "name": "reader", "type": "autonomous", "token": "", "permissions": [], "status": "active", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// let agent = kavach.agents().get("agent-1").await.unwrap();
    /// assert_eq!(agent.unwrap().name, "reader");
    /// # });
    /// ```
    pub fn get(&self, id: &str) -> Call<Option<Agent>> {
        self.call(&endpoints::GET, &[id.into()])
    }

    /// Changes an agent. What is not set stays as it is.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"id": "agent-1", "ownerId": "user-1", "name": "reader", "type": "autonomous", "token": "", "permissions": [], "status": "active", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::UpdateAgentInput;
    ///
    /// # pollster::block_on(async {
    /// let agent = kavach.agents().update("agent-1", UpdateAgentInput::default().name("reader")).await.unwrap();
    /// assert_eq!(agent.name, "reader");
    /// # assert_eq!(script.requests()[0].body.as_deref(), Some(r#"{"name":"reader"}"#));
    /// # });
    /// ```
    pub fn update(&self, id: &str, input: UpdateAgentInput) -> Call<Agent> {
        self.call(&endpoints::UPDATE, &[id.into(), argument(&input)])
    }

    /// Revokes an agent, and its token with it.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(204, r#""#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// kavach.agents().revoke("agent-1").await.unwrap();
    /// # assert_eq!(script.requests()[0].method, "DELETE");
    /// # });
    /// ```
    pub fn revoke(&self, id: &str) -> Call<()> {
        self.call(&endpoints::REVOKE, &[id.into()])
    }

    /// Gives an agent a new token, which the server does not show again.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"id": "agent-1", "ownerId": "user-1", "name": "reader", "type": "autonomous", "token": "kv_2", "permissions": [], "status": "active", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// assert_eq!(kavach.agents().rotate("agent-1").await.unwrap().token, "kv_2");
    /// # });
    /// ```
    pub fn rotate(&self, id: &str) -> Call<Agent> {
        self.call(&endpoints::ROTATE, &[id.into()])
    }

    /// Decides whether an agent may do something: [`Client::authorize`].
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::AuthorizeRequest;
    ///
    /// # pollster::block_on(async {
    /// let request = AuthorizeRequest::new("read", "mcp:github:repos");
    /// assert!(kavach.agents().authorize("agent-1", request).await.unwrap().allowed);
    /// # });
    /// ```
    pub fn authorize(&self, agent_id: &str, request: AuthorizeRequest) -> Call<Decision> {
        self.call(&endpoints::AGENTS_AUTHORIZE, &[agent_id.into(), argument(&request)])
    }

    /// What an agent may do, by its own right and by delegation. Servers of the `sdk` dialect have this.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"[{"resource": "files:*", "actions": ["read"]}]"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::Permission;
    ///
    /// # pollster::block_on(async {
    /// let permissions = kavach.agents().get_effective_permissions("agent-1").await.unwrap();
    /// assert_eq!(permissions, [Permission::read("files:*")]);
    /// # });
    /// ```
    pub fn get_effective_permissions(&self, id: &str) -> Call<Vec<Permission>> {
        self.call(&endpoints::EFFECTIVE_PERMISSIONS, &[id.into()])
    }

    fn call<T: serde::de::DeserializeOwned>(
        &self,
        endpoint: &'static crate::endpoints::Endpoint,
        arguments: &[Value],
    ) -> Call<T> {
        Call::new(self.0, endpoint, arguments, typed)
    }
}
