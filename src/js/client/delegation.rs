//! `kavach.delegation`.

use super::connection::{Connection, NONE};
use crate::resources::delegation;
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Delegation: an agent lends part of its permissions to another. Reached as `kavach.delegation`.
#[wasm_bindgen]
pub struct Delegation(Rc<Connection>);

impl Delegation {
    pub(super) fn new(connection: &Rc<Connection>) -> Self {
        Self(connection.clone())
    }
}

#[wasm_bindgen]
impl Delegation {
    /// Lends permissions from one agent to another, until a moment you set.
    ///
    /// Resolves to the new link. Each permission must be covered by one permission of the lender's own; where it is
    /// not, servers of the `adapter` dialect answer 500 (`ServerError`): `covers` of `kavachos-wasm/permissions` says so
    /// beforehand, and what is lacking. A chain that gets too long is refused with 400. Servers drop constraints from lent
    /// permissions.
    ///
    /// ```ts
    /// const { covered } = covers(lender.permissions, [read("mcp:github:repos")]);
    /// const chain = await kavach.delegation.create({
    ///   fromAgent: "agent-abc123",
    ///   toAgent: "agent-def456",
    ///   permissions: [read("mcp:github:repos")],
    ///   expiresAt: "2030-12-31T00:00:00Z",
    ///   maxDepth: 2,
    /// });
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<DelegationChain>")]
    pub fn create(
        &self,
        #[wasm_bindgen(unchecked_param_type = "DelegateInput")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|input, _| delegation::create(input), [input, NONE], options)
    }

    /// Lists the links of an agent.
    ///
    /// Resolves to an array. Servers of the `adapter` dialect list what the agent lends, not what it borrows, and
    /// keep revoked links in the list.
    ///
    /// ```ts
    /// const chains = await kavach.delegation.listChains("agent-abc123");
    /// ```
    #[wasm_bindgen(js_name = listChains, unchecked_return_type = "Promise<DelegationChain[]>")]
    pub fn list_chains(
        &self,
        #[wasm_bindgen(js_name = agentId, unchecked_param_type = "string")] agent_id: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|id, _| delegation::list_chains(id), [agent_id, NONE], options)
    }

    /// Returns what an agent may do, by its own right and by delegation.
    ///
    /// Rejects with `NOT_SUPPORTED` on servers of the `adapter` dialect, which have no such route.
    ///
    /// ```ts
    /// const permissions = await kavach.delegation.getEffectivePermissions("agent-def456");
    /// ```
    #[wasm_bindgen(js_name = getEffectivePermissions, unchecked_return_type = "Promise<Permission[]>")]
    pub fn get_effective_permissions(
        &self,
        #[wasm_bindgen(js_name = agentId, unchecked_param_type = "string")] agent_id: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|id, _| delegation::effective_permissions("agentId", id), [agent_id, NONE], options)
    }

    /// Ends a link, and with it all links that start at the borrower.
    ///
    /// Resolves to nothing. Rejects with `NotFoundError` if there is none of that id.
    ///
    /// ```ts
    /// await kavach.delegation.revoke(chain.id);
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn revoke(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|id, _| delegation::revoke(id), [id, NONE], options)
    }
}
