//! Bearer tokens: fixed ones, and functions that return one.

use super::flight::Flights;
use super::future::{BoxFuture, MaybeSend, MaybeSync, SingleThread};
use crate::schema::Secret;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

/// What a token function returns: a token, none, or an error.
pub type TokenResult = Result<Option<String>, Box<dyn StdError + Send + Sync>>;

/// A bearer token of an agent, a service or a session. `Debug` redacts it.
///
/// ```
/// use kavachos_wasm::rust_client::Token;
///
/// assert_eq!(format!("{:?}", Token::from("kv_1")), "Fixed([redacted])");
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub enum Token {
    /// This token.
    Fixed(Secret),
    /// A function that returns one: see [`Token::provider`].
    Provider(TokenProvider),
}

/// A function that returns tokens.
///
/// ```
/// use kavachos_wasm::rust_client::Token;
///
/// let token = Token::provider(|_| async { Ok::<_, std::io::Error>(None) });
/// assert_eq!(format!("{token:?}"), "Provider");
/// ```
#[derive(Clone)]
pub struct TokenProvider(Arc<Inner>);

struct Inner {
    provide: SingleThread<Box<dyn Provide>>,
    /// The call that concurrent ones share.
    flight: Flights,
}

impl TokenProvider {
    fn new(provide: impl Provide + 'static) -> Self {
        Self(Arc::new(Inner { provide: SingleThread(Box::new(provide)), flight: Flights::default() }))
    }

    /// Calls the function.
    pub(super) fn provide(&self, context: TokenContext) -> BoxFuture<'static, TokenResult> {
        self.0.provide.provide(context)
    }

    /// Calls the function, unless it is being called for the same reason.
    pub(super) fn share(&self, context: TokenContext) -> BoxFuture<'static, TokenResult> {
        let previous = context.previous_token.clone();
        self.0.flight.join(previous, || self.0.provide.provide(context))
    }

    /// Lets later calls ask anew: what is in flight may never return.
    pub(super) fn forget(&self) {
        self.0.flight.forget();
    }
}

trait Provide: MaybeSend + MaybeSync {
    fn provide(&self, context: TokenContext) -> BoxFuture<'static, TokenResult>;
}

impl<F, R, E> Provide for F
where
    F: Fn(TokenContext) -> R + MaybeSend + MaybeSync,
    R: Future<Output = Result<Option<String>, E>> + MaybeSend + 'static,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    fn provide(&self, context: TokenContext) -> BoxFuture<'static, TokenResult> {
        let pending = self(context);
        BoxFuture::new(async move { pending.await.map_err(Into::into) })
    }
}

/// Why a token function is called, and for which call. `Debug` redacts the token.
///
/// ```
/// use kavachos_wasm::rust_client::{Token, TokenReason};
///
/// let token = Token::provider(|context| async move {
///     assert_eq!((context.reason, context.operation), (TokenReason::Initial, "agents.list"));
///     Ok::<_, std::io::Error>(Some("kv_1".to_owned()))
/// });
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, "[]");
/// # let kavach = script.client();
/// # pollster::block_on(async {
/// kavach.agents().list().token(token).await.unwrap();
/// # });
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TokenContext {
    /// Why.
    pub reason: TokenReason,
    /// The method that was called: `agents.create`.
    pub operation: &'static str,
    /// The token that the server refused, if there was one.
    pub previous_token: Option<Secret>,
}

/// Why a token function is called.
///
/// ```
/// use kavachos_wasm::rust_client::{Token, TokenReason};
///
/// let token = Token::provider(|context| async move {
///     assert_eq!((context.reason, context.operation), (TokenReason::Initial, "agents.list"));
///     Ok::<_, std::io::Error>(Some("kv_1".to_owned()))
/// });
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, "[]");
/// # let kavach = script.client();
/// # pollster::block_on(async {
/// kavach.agents().list().token(token).await.unwrap();
/// # });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenReason {
    /// An attempt is about to be made.
    Initial,
    /// The server answered 401. If the function returns the same token again, or none, the call is not repeated.
    Unauthorized,
}

impl Token {
    /// A function that is called for every attempt, and once more after a 401.
    ///
    /// ```
    /// use kavachos_wasm::Client;
    /// use kavachos_wasm::rust_client::{Token, TokenReason};
    ///
    /// let token = Token::provider(|context| async move {
    ///     let refresh = context.reason == TokenReason::Unauthorized;
    ///     Ok::<_, std::io::Error>(Some(if refresh { "kv_new" } else { "kv_old" }.to_owned()))
    /// });
    /// let kavach = Client::builder("https://app.example/api/kavach").token(token);
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(401, r#"{"error":"expired"}"#).answer(200, "[]");
    /// # let kavach = kavach.transport(script.clone()).build().unwrap();
    /// # pollster::block_on(kavach.agents().list().into_future()).unwrap();
    /// # assert_eq!(script.requests()[1].headers["authorization"], "Bearer kv_new");
    /// ```
    pub fn provider<F, R, E>(provide: F) -> Self
    where
        F: Fn(TokenContext) -> R + MaybeSend + MaybeSync + 'static,
        R: Future<Output = Result<Option<String>, E>> + MaybeSend + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::Provider(TokenProvider::new(provide))
    }
}

impl<T: Into<Secret>> From<T> for Token {
    fn from(token: T) -> Self {
        Self::Fixed(token.into())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Fixed(_) => "Fixed([redacted])",
            Self::Provider(_) => "Provider",
        })
    }
}

impl fmt::Debug for TokenProvider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TokenProvider")
    }
}
