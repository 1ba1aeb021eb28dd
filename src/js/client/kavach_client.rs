//! `KavachClient`: where every program starts.

use super::agents::Agents;
use super::audit::Audit;
use super::auth::Auth;
use super::connection::Connection;
use super::delegation::Delegation;
use super::errors;
use super::mcp::Mcp;
use crate::resources::agents;
use js_sys::Promise;
use std::cell::OnceCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// A client of one KavachOS server.
///
/// It is cheap to make and to keep: making one sends nothing, starts no timer and needs no `free()`. One client can
/// carry any number of calls at once, and can be shared between the requests of an edge function.
///
/// ```ts
/// const kavach = new KavachClient({ baseUrl: "https://your-app.com/api/kavach", token: "kv_…" });
/// const decision = await kavach.authorize(agentId, { action: "read", resource: "mcp:github:repos" });
/// if (!decision.allowed) console.log(decision.reason);
/// ```
#[wasm_bindgen]
pub struct KavachClient {
    connection: Rc<Connection>,
    // Made when they are first asked for: few programs use them all, and each is one more object for the host to look after.
    agents: OnceCell<JsValue>,
    auth: OnceCell<JsValue>,
    audit: OnceCell<JsValue>,
    delegation: OnceCell<JsValue>,
    mcp: OnceCell<JsValue>,
}

#[wasm_bindgen]
impl KavachClient {
    /// Makes a client.
    ///
    /// Throws a `KavachError` with code `INVALID_ARGUMENT` that names the option that is missing or wrong.
    ///
    /// ```ts
    /// new KavachClient({ baseUrl: "https://your-app.com/api/kavach", token: () => session.token, timeout: 10_000 });
    /// ```
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "KavachClientOptions")] options: &JsValue,
    ) -> Result<Self, JsValue> {
        let connection = Rc::new(Connection::new(options).map_err(errors::invalid)?);
        Ok(Self {
            connection,
            agents: OnceCell::new(),
            auth: OnceCell::new(),
            audit: OnceCell::new(),
            delegation: OnceCell::new(),
            mcp: OnceCell::new(),
        })
    }

    /// Agents: create, list, get, update, revoke and rotate them, and decide what they may do.
    #[wasm_bindgen(getter, unchecked_return_type = "Agents")]
    pub fn agents(&self) -> JsValue {
        self.agents.get_or_init(|| Agents::new(&self.connection).into()).clone()
    }

    /// People: sign up, in and out. And agents that act with their own token.
    #[wasm_bindgen(getter, unchecked_return_type = "Auth")]
    pub fn auth(&self) -> JsValue {
        self.auth.get_or_init(|| Auth::new(&self.connection).into()).clone()
    }

    /// The audit log: every decision, newest first.
    #[wasm_bindgen(getter, unchecked_return_type = "Audit")]
    pub fn audit(&self) -> JsValue {
        self.audit.get_or_init(|| Audit::new(&self.connection).into()).clone()
    }

    /// Delegation: agents that lend permissions to agents.
    #[wasm_bindgen(getter, unchecked_return_type = "Delegation")]
    pub fn delegation(&self) -> JsValue {
        self.delegation.get_or_init(|| Delegation::new(&self.connection).into()).clone()
    }

    /// The registry of MCP servers. Servers of the `adapter` dialect have none: its methods reject with `NOT_SUPPORTED`.
    #[wasm_bindgen(getter, unchecked_return_type = "Mcp")]
    pub fn mcp(&self) -> JsValue {
        self.mcp.get_or_init(|| Mcp::new(&self.connection).into()).clone()
    }

    /// Decides whether an agent may do something. The same as `agents.authorize`.
    ///
    /// The server records the decision in the audit log, and counts it towards `maxCallsPerHour`.
    ///
    /// Resolves to the decision. **A denial is a value** (`allowed: false` with a `reason`), not an error. It rejects
    /// only where there is no decision: `PermissionError` if the client's token may not ask, `NetworkError` and
    /// `ServerError` if the server could not answer. So guard with `if (!decision.allowed)`, and let errors stop you.
    ///
    /// ```ts
    /// const decision = await kavach.authorize(agent.id, {
    ///   action: "execute",
    ///   resource: "mcp:deploy:production",
    ///   arguments: { version: "1.2.3" },
    /// });
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<AuthorizeResult>")]
    pub fn authorize(
        &self,
        #[wasm_bindgen(js_name = agentId, unchecked_param_type = "string")] agent_id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "AuthorizeRequest")] request: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.connection.call(agents::authorize, [agent_id, request], options)
    }
}
