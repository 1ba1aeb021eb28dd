//! Delegation: an agent grants some of its permissions to another agent until an expiry.

use super::call::{Call, argument, typed};
use super::client::Client;
use super::{DelegateInput, DelegationChain, Permission};
use crate::endpoints::delegation as endpoints;
use serde_json::Value;

/// Delegation: an agent grants some of its permissions to another agent until an expiry.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, "[]");
/// # let kavach = script.client();
/// # pollster::block_on(async {
/// assert!(kavach.delegation().list_chains("agent-1").await.unwrap().is_empty());
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Delegation<'a>(pub(super) &'a Client);

impl Delegation<'_> {
    /// Delegates permissions.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"id": "link-1", "fromAgent": "a", "toAgent": "b", "permissions": [], "expiresAt": "2030-01-01T00:00:00Z", "depth": 1, "createdAt": "2026-01-01T00:00:00Z"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{DelegateInput, Permission};
    ///
    /// # pollster::block_on(async {
    /// let input = DelegateInput::new("a", "b", [Permission::read("files:*")], "2030-01-01T00:00:00Z");
    /// assert_eq!(kavach.delegation().create(input).await.unwrap().depth, 1);
    /// # });
    /// ```
    pub fn create(&self, input: DelegateInput) -> Call<DelegationChain> {
        self.call(&endpoints::CREATE, &[argument(&input)])
    }

    /// Lists what an agent delegates.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"[{"id": "link-1", "fromAgent": "a", "toAgent": "b", "permissions": [], "expiresAt": "2030-01-01T00:00:00Z", "depth": 1, "createdAt": "2026-01-01T00:00:00Z"}]"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// assert_eq!(kavach.delegation().list_chains("a").await.unwrap()[0].to_agent, "b");
    /// # });
    /// ```
    pub fn list_chains(&self, agent_id: &str) -> Call<Vec<DelegationChain>> {
        self.call(&endpoints::LIST_CHAINS, &[agent_id.into()])
    }

    /// What an agent may do, by its own right and by delegation. Servers of the `sdk` dialect have this.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"[]"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// assert!(kavach.delegation().get_effective_permissions("b").await.unwrap().is_empty());
    /// # });
    /// ```
    pub fn get_effective_permissions(&self, agent_id: &str) -> Call<Vec<Permission>> {
        self.call(&endpoints::EFFECTIVE_PERMISSIONS, &[agent_id.into()])
    }

    /// Revokes a delegation.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(204, r#""#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// kavach.delegation().revoke("link-1").await.unwrap();
    /// # assert!(script.requests()[0].url.ends_with("/delegations/link-1"));
    /// # });
    /// ```
    pub fn revoke(&self, id: &str) -> Call<()> {
        self.call(&endpoints::REVOKE, &[id.into()])
    }

    fn call<T: serde::de::DeserializeOwned>(
        &self,
        endpoint: &'static crate::endpoints::Endpoint,
        arguments: &[Value],
    ) -> Call<T> {
        Call::new(self.0, endpoint, arguments, typed)
    }
}
