//! `kavach.agents`.

use super::connection::{Connection, NONE};
use crate::resources::{agents, delegation};
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Agents: identities that hold permissions and a bearer token. Reached as `kavach.agents`.
#[wasm_bindgen]
pub struct Agents(Rc<Connection>);

impl Agents {
    pub(super) fn new(connection: &Rc<Connection>) -> Self {
        Self(connection.clone())
    }
}

#[wasm_bindgen]
impl Agents {
    /// Creates an agent.
    ///
    /// Resolves to the agent **with its token, which the server shows this once**: store it.
    /// Rejects with `INVALID_ARGUMENT` if a field is missing or wrong, with the server's own code if it refuses
    /// (an unknown owner, too many agents for one owner).
    ///
    /// ```ts
    /// const agent = await kavach.agents.create({
    ///   ownerId: "user-123",
    ///   name: "github-reader",
    ///   type: "autonomous",
    ///   permissions: [read("mcp:github:*"), withApproval(execute("mcp:deploy:production"))],
    /// });
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<Agent>")]
    pub fn create(
        &self,
        #[wasm_bindgen(unchecked_param_type = "CreateAgentInput")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|input, _| agents::create(input), [input, NONE], options)
    }

    /// Lists agents.
    ///
    /// Resolves to all agents that match the filters, or all there are. Their `token` is an empty string.
    ///
    /// ```ts
    /// const agents = await kavach.agents.list({ userId: "user-123", status: "active" });
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<Agent[]>")]
    pub fn list(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AgentFilters | null")] filters: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|filters, _| agents::list(filters), [filters, NONE], options)
    }

    /// Gets one agent.
    ///
    /// Resolves to the agent, or to `null` if there is none of that id. A revoked agent is still there: look at `status`.
    ///
    /// ```ts
    /// const agent = await kavach.agents.get("agent-abc123");
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<Agent | null>")]
    pub fn get(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|id, _| agents::get(id), [id, NONE], options)
    }

    /// Changes an agent's name, permissions, end of life or metadata.
    ///
    /// Resolves to the changed agent. What is left out, or `null`, stays as it is. Rejects with `NotFoundError` if
    /// there is none of that id.
    ///
    /// ```ts
    /// const agent = await kavach.agents.update("agent-abc123", { name: "better-name" });
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<Agent>")]
    pub fn update(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "UpdateAgentInput")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(agents::update, [id, input], options)
    }

    /// Revokes an agent for good: its token stops working, every decision about it is a denial.
    ///
    /// Resolves to nothing, also if it was revoked before. Rejects with `NotFoundError` if there is none of that id.
    ///
    /// ```ts
    /// await kavach.agents.revoke("agent-abc123");
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn revoke(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|id, _| agents::revoke(id), [id, NONE], options)
    }

    /// Gives an agent a new token. The old one stops working at once.
    ///
    /// Resolves to the agent **with its new token, which the server shows this once**: store it.
    /// Rejects with `NotFoundError` if there is none of that id, `ServerError` if it is revoked or expired.
    ///
    /// ```ts
    /// const { token } = await kavach.agents.rotate("agent-abc123");
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<Agent>")]
    pub fn rotate(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|id, _| agents::rotate(id), [id, NONE], options)
    }

    /// Decides whether an agent may do something; see `kavach.authorize`.
    ///
    /// ```ts
    /// const { allowed, reason } = await kavach.agents.authorize(agent.id, { action: "read", resource: "mcp:github:repos" });
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<AuthorizeResult>")]
    pub fn authorize(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "AuthorizeRequest")] request: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(agents::authorize, [id, request], options)
    }

    /// Returns what an agent may do, by its own right and by delegation. The same as `delegation.getEffectivePermissions`.
    ///
    /// Rejects with `NOT_SUPPORTED` on servers of the `adapter` dialect, which have no such route.
    ///
    /// ```ts
    /// const permissions = await kavach.agents.getEffectivePermissions("agent-abc123");
    /// ```
    #[wasm_bindgen(js_name = getEffectivePermissions, unchecked_return_type = "Promise<Permission[]>")]
    pub fn get_effective_permissions(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|id, _| delegation::effective_permissions("id", id), [id, NONE], options)
    }
}
