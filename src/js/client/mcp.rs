//! `kavach.mcp`.

use super::connection::{Connection, NONE};
use crate::resources::mcp;
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The registry of MCP servers. Reached as `kavach.mcp`.
///
/// Servers of the `adapter` dialect have none: every method rejects with a `KavachError` of code `NOT_SUPPORTED`.
#[wasm_bindgen]
pub struct Mcp(Rc<Connection>);

impl Mcp {
    pub(super) fn new(connection: &Rc<Connection>) -> Self {
        Self(connection.clone())
    }
}

#[wasm_bindgen]
impl Mcp {
    /// Registers an MCP server.
    ///
    /// Resolves to the registered server.
    ///
    /// ```ts
    /// const server = await kavach.mcp.register({
    ///   name: "github",
    ///   endpoint: "https://mcp.example.com/github",
    ///   tools: ["search", "issues"],
    ///   rateLimit: { rpm: 60 },
    /// });
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<McpServer>")]
    pub fn register(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RegisterMcpServerInput")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|input, _| mcp::register(input), [input, NONE], options)
    }

    /// Lists the registered MCP servers.
    ///
    /// ```ts
    /// const servers = await kavach.mcp.list();
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<McpServer[]>")]
    pub fn list(&self, #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue) -> Promise {
        self.0.call(|_, _| Ok(mcp::list()), [NONE, NONE], options)
    }

    /// Gets one MCP server.
    ///
    /// Resolves to the server, or to `null` if there is none of that id.
    ///
    /// ```ts
    /// const server = await kavach.mcp.get("mcp-abc123");
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<McpServer | null>")]
    pub fn get(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|id, _| mcp::get(id), [id, NONE], options)
    }
}
