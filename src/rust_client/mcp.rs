//! The registry of MCP servers. Servers of the `sdk` dialect have it.

use super::call::{Call, argument, typed};
use super::client::Client;
use super::{McpServer, RegisterMcpServerInput};
use crate::endpoints::mcp as endpoints;
use serde_json::Value;

/// The registry of MCP servers. Servers of the `sdk` dialect have it.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, "[]");
/// # let kavach = script.client();
/// # pollster::block_on(async {
/// assert!(kavach.mcp().list().await.unwrap().is_empty());
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Mcp<'a>(pub(super) &'a Client);

impl Mcp<'_> {
    /// Registers a server. Its callers must be authorized unless the input says otherwise.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"id": "mcp-1", "name": "github", "endpoint": "https://mcp.example", "tools": ["search"], "authRequired": true, "createdAt": "2026-01-01T00:00:00Z"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::RegisterMcpServerInput;
    ///
    /// # pollster::block_on(async {
    /// let input = RegisterMcpServerInput::new("github", "https://mcp.example", ["search".to_owned()]);
    /// assert!(kavach.mcp().register(input).await.unwrap().auth_required);
    /// # assert!(script.requests()[0].body.as_ref().unwrap().contains(r#""authRequired":true"#));
    /// # });
    /// ```
    pub fn register(&self, input: RegisterMcpServerInput) -> Call<McpServer> {
        self.call(&endpoints::REGISTER, &[argument(&input)])
    }

    /// Lists servers.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"[{"id": "mcp-1", "name": "github", "endpoint": "https://mcp.example", "tools": ["search"], "authRequired": true, "createdAt": "2026-01-01T00:00:00Z"}]"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// assert_eq!(kavach.mcp().list().await.unwrap()[0].tools, ["search"]);
    /// # });
    /// ```
    pub fn list(&self) -> Call<Vec<McpServer>> {
        self.call(&endpoints::LIST, &[])
    }

    /// Gets a server, or `None` if there is none.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(404, r#""#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// assert!(kavach.mcp().get("mcp-2").await.unwrap().is_none());
    /// # });
    /// ```
    pub fn get(&self, id: &str) -> Call<Option<McpServer>> {
        self.call(&endpoints::GET, &[id.into()])
    }

    fn call<T: serde::de::DeserializeOwned>(
        &self,
        endpoint: &'static crate::endpoints::Endpoint,
        arguments: &[Value],
    ) -> Call<T> {
        Call::new(self.0, endpoint, arguments, typed)
    }
}
