//! `kavach.auth`.

use super::connection::{Connection, NONE};
use crate::resources::auth;
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// People: accounts and sessions by e-mail and password. And agents that act with their own token. Reached as `kavach.auth`.
///
/// If the e-mail routes are not served under `baseUrl`, say where with the client's option `authUrl`.
#[wasm_bindgen]
pub struct Auth(Rc<Connection>);

impl Auth {
    pub(super) fn new(connection: &Rc<Connection>) -> Self {
        Self(connection.clone())
    }
}

#[wasm_bindgen]
impl Auth {
    /// Opens an account and signs in.
    ///
    /// Resolves to the user and a session with its token. The client does not keep the token: pass it on as `token`.
    /// Rejects with the server's own code if it refuses the address or the password (`DUPLICATE_EMAIL`, `INVALID_PASSWORD`).
    ///
    /// ```ts
    /// const { user, session } = await kavach.auth.signUp({
    ///   email: "user@example.com",
    ///   password: "secure-password",
    ///   name: "Alice",
    /// });
    /// ```
    #[wasm_bindgen(js_name = signUp, unchecked_return_type = "Promise<AuthResponse>")]
    pub fn sign_up(
        &self,
        #[wasm_bindgen(unchecked_param_type = "SignUpInput")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|input, _| auth::sign_up(input), [input, NONE], options)
    }

    /// Signs in.
    ///
    /// Resolves to the user and a session with its token. Rejects with `AuthenticationError` if the address or the
    /// password is wrong.
    ///
    /// ```ts
    /// const { session } = await kavach.auth.signIn({ email: "user@example.com", password: "secure-password" });
    /// ```
    #[wasm_bindgen(js_name = signIn, unchecked_return_type = "Promise<AuthResponse>")]
    pub fn sign_in(
        &self,
        #[wasm_bindgen(unchecked_param_type = "SignInInput")] input: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|input, _| auth::sign_in(input), [input, NONE], options)
    }

    /// Ends a session: that of `token`, or that of the client's own token.
    ///
    /// Resolves to nothing. Rejects with `AuthenticationError` if the server finds no session to end.
    ///
    /// ```ts
    /// await kavach.auth.signOut(session.token);
    /// ```
    #[wasm_bindgen(js_name = signOut, unchecked_return_type = "Promise<void>")]
    pub fn sign_out(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "string | null")] token: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|token, _| auth::sign_out(token), [token, NONE], options)
    }

    /// Returns the session of `token`, or of the client's own token.
    ///
    /// Resolves to the session, or to `null` if it does not exist or has ended.
    ///
    /// ```ts
    /// const session = await kavach.auth.getSession(token);
    /// if (session === null) location.assign("/sign-in");
    /// ```
    #[wasm_bindgen(js_name = getSession, unchecked_return_type = "Promise<Session | null>")]
    pub fn get_session(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "string | null")] token: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|token, _| auth::get_session(token), [token, NONE], options)
    }

    /// Decides whether the agent that holds `agentToken` may do something.
    ///
    /// The agent's own token is all it takes: this is the call for a tool or an edge function that was handed one.
    /// Resolves to the decision; an unknown, revoked or expired token is a denial, see `kavach.authorize`.
    /// Delegated permissions do not count here.
    ///
    /// ```ts
    /// const decision = await kavach.auth.authorizeByToken("kv_agent_xyz", { action: "read", resource: "mcp:github:repos" });
    /// ```
    #[wasm_bindgen(js_name = authorizeByToken, unchecked_return_type = "Promise<AuthorizeResult>")]
    pub fn authorize_by_token(
        &self,
        #[wasm_bindgen(js_name = agentToken, unchecked_param_type = "string")] agent_token: JsValue,
        #[wasm_bindgen(unchecked_param_type = "AuthorizeRequest")] request: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(auth::authorize_by_token, [agent_token, request], options)
    }
}
