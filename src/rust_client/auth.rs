//! People: signing up, in and out. And agents that act with their own token.

use super::call::{Call, argument, typed};
use super::client::Client;
use super::{AuthResponse, AuthorizeRequest, Decision, Session, SignInInput, SignUpInput};
use crate::endpoints::auth as endpoints;
use serde_json::Value;

/// People: signing up, in and out. And agents that act with their own token.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(401, "");
/// # let kavach = script.client();
/// # pollster::block_on(async {
/// assert_eq!(kavach.auth().get_session().await.unwrap(), None);
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Auth<'a>(pub(super) &'a Client);

impl Auth<'_> {
    /// Opens an account and signs in.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"user": {"id": "user-1", "email": "a@example.com", "createdAt": "2026-01-01T00:00:00Z"}, "session": {"userId": "user-1", "token": "session-1"}}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::SignUpInput;
    ///
    /// # pollster::block_on(async {
    /// let account = kavach.auth().sign_up(SignUpInput::new("a@example.com", "correct horse")).await.unwrap();
    /// assert_eq!(account.session.token.unwrap(), "session-1");
    /// # });
    /// ```
    pub fn sign_up(&self, input: SignUpInput) -> Call<AuthResponse> {
        self.call(&endpoints::SIGN_UP, &[argument(&input)])
    }

    /// Signs in.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"user": {"id": "user-1", "email": "a@example.com", "createdAt": "2026-01-01T00:00:00Z"}, "session": {"userId": "user-1", "token": "session-1"}}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::SignInInput;
    ///
    /// # pollster::block_on(async {
    /// let account = kavach.auth().sign_in(SignInInput::new("a@example.com", "correct horse")).await.unwrap();
    /// assert_eq!(account.user.id, "user-1");
    /// # });
    /// ```
    pub fn sign_in(&self, input: SignInInput) -> Call<AuthResponse> {
        self.call(&endpoints::SIGN_IN, &[argument(&input)])
    }

    /// Ends the session of the token.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(204, r#""#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// kavach.auth().sign_out().token("session-1").await.unwrap();
    /// # assert_eq!(script.requests()[0].headers["authorization"], "Bearer session-1");
    /// # });
    /// ```
    pub fn sign_out(&self) -> Call<()> {
        self.call(&endpoints::SIGN_OUT, &[])
    }

    /// The session of the token, or `None`.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(401, r#"{"error": "Not authenticated"}"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// let session = kavach.auth().get_session().token("session-1").await.unwrap();
    /// assert_eq!(session, None);
    /// # });
    /// ```
    pub fn get_session(&self) -> Call<Option<Session>> {
        self.call(&endpoints::GET_SESSION, &[])
    }

    /// Decides whether the agent that holds a token may do something.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::AuthorizeRequest;
    ///
    /// # pollster::block_on(async {
    /// let request = AuthorizeRequest::new("read", "mcp:github:repos");
    /// assert!(kavach.auth().authorize_by_token("kv_1", request).await.unwrap().allowed);
    /// # assert_eq!(script.requests()[0].headers["authorization"], "Bearer kv_1");
    /// # });
    /// ```
    pub fn authorize_by_token(&self, agent_token: &str, request: AuthorizeRequest) -> Call<Decision> {
        self.call(&endpoints::AUTHORIZE_BY_TOKEN, &[agent_token.into(), argument(&request)])
    }

    fn call<T: serde::de::DeserializeOwned>(
        &self,
        endpoint: &'static crate::endpoints::Endpoint,
        arguments: &[Value],
    ) -> Call<T> {
        Call::new(self.0, endpoint, arguments, typed)
    }
}
