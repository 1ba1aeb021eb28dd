//! What the client asks of its platform: to send a request, to wait, to tell the time.

use super::body::TransportBody;
use super::future::{BoxFuture, MaybeSend, MaybeSync};
use ::http::{HeaderMap, Method};
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// A platform: it sends requests and keeps time.
///
/// The client brings one for browsers and Workers (`FetchTransport`) and, with the feature `native`, one for
/// other programs. Implement it for other HTTP libraries, service bindings and test doubles.
///
/// Dropping the future of a request must end the request.
///
/// ```
/// use kavachos_wasm::Client;
/// use kavachos_wasm::rust_client::{BoxFuture, Transport, TransportError, TransportRequest, TransportResponse};
/// use std::time::Duration;
///
/// /// Answers every request by itself.
/// struct Stub;
///
/// impl Transport for Stub {
///     fn send(&self, request: TransportRequest) -> BoxFuture<'static, Result<TransportResponse, TransportError>> {
///         assert_eq!(request.url, "https://app.example/api/kavach/agents");
///         BoxFuture::new(async { Ok(TransportResponse::new(200, *b"[]")) })
///     }
///     fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
///         BoxFuture::new(std::future::pending())
///     }
///     fn now(&self) -> Duration {
///         Duration::ZERO
///     }
///     fn unix_time(&self) -> Duration {
///         Duration::ZERO
///     }
///     fn random(&self) -> f64 {
///         0.0
///     }
/// }
///
/// # async fn run() -> Result<(), kavachos_wasm::Error> {
/// let kavach = Client::builder("https://app.example/api/kavach").transport(Stub).build()?;
/// assert!(kavach.agents().list().await?.is_empty());
/// # Ok(())
/// # }
/// # pollster::block_on(run()).unwrap();
/// ```
pub trait Transport: MaybeSend + MaybeSync + 'static {
    /// Sends a request and reads the whole response, redirects included: they are responses.
    fn send(&self, request: TransportRequest) -> BoxFuture<'static, Result<TransportResponse, TransportError>>;
    /// Sends a request and reads the response up to its body, which comes in chunks. By default the whole body is one chunk. The
    /// limit `max_response_bytes` does not apply. Dropping the body must end the transfer.
    fn open(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'static, Result<(TransportResponse, TransportBody), TransportError>> {
        let sent = self.send(request);
        BoxFuture::new(async move {
            let mut response = sent.await?;
            let body = TransportBody::from(std::mem::take(&mut response.body));
            Ok((response, body))
        })
    }
    /// Waits.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
    /// The time since some moment in the past, by a clock that is never set.
    fn now(&self) -> Duration;
    /// The time since 1970, to read dates by.
    fn unix_time(&self) -> Duration;
    /// A random number from 0 to 1, for the jitter of the backoff.
    fn random(&self) -> f64;
    /// Whether requests cross a network as their URLs say. Where they do not, as with service bindings and test doubles, the client
    /// does not warn of `http:` URLs.
    fn is_network(&self) -> bool {
        true
    }
    /// Whether each request of the host has its own I/O, as in Workers: what one waits for is of no use to another.
    fn is_isolated(&self) -> bool {
        false
    }
}

/// A request for a [`Transport`]. `Debug` shows neither the query, nor the headers, nor the body: they may hold secrets.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, "[]");
/// # let kavach = script.client();
/// use kavachos_wasm::rust_client::RedirectMode;
///
/// # pollster::block_on(async {
/// kavach.agents().list().await.unwrap();
/// # });
/// let request = &script.requests()[0];
/// assert_eq!((request.method.as_str(), request.redirect), ("GET", RedirectMode::Manual));
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct TransportRequest {
    /// The HTTP method.
    pub method: Method,
    /// The whole URL. It is valid.
    pub url: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, which is JSON.
    pub body: Option<String>,
    /// The maximum size of the response's body, in bytes. Answer a larger one with [`TransportError::too_large`], while it comes in.
    pub max_response_bytes: usize,
    /// What to do about redirects.
    pub redirect: RedirectMode,
}

/// What a [`Transport`] does about redirects.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, "[]");
/// # let kavach = script.client();
/// use kavachos_wasm::rust_client::RedirectMode;
///
/// # pollster::block_on(async {
/// kavach.agents().list().await.unwrap();
/// # });
/// let request = &script.requests()[0];
/// assert_eq!((request.method.as_str(), request.redirect), ("GET", RedirectMode::Manual));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedirectMode {
    /// The redirect is the response. A platform that cannot show it says so: [`TransportResponse::opaque_redirect`].
    Manual,
    /// It is followed, and [`TransportResponse::followed_to`] is the URL at the end. The request has neither a token nor cookies: it
    /// only finds out where a redirect leads.
    Follow,
}

impl fmt::Debug for TransportRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.url.split('?').next().unwrap_or_default();
        formatter
            .debug_struct("TransportRequest")
            .field("method", &self.method)
            .field("url", &path)
            .finish_non_exhaustive()
    }
}

/// A response of a [`Transport`].
///
/// ```
/// # use kavachos_wasm::rust_client::TransportResponse;
/// let response = TransportResponse::new(200, "[]");
/// assert_eq!((response.status, response.opaque_redirect), (200, false));
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct TransportResponse {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// The response's URL, if the platform has followed redirects by itself.
    pub followed_to: Option<String>,
    /// Whether this is a redirect of which the platform shows nothing.
    pub opaque_redirect: bool,
}

impl TransportResponse {
    /// A response without headers.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::TransportResponse;
    /// assert_eq!(TransportResponse::new(200, "{}").body, b"{}");
    /// ```
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, body: body.into(), ..Self::default() }
    }
}

impl fmt::Debug for TransportResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TransportResponse").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Why a [`Transport`] has no response.
///
/// ```
/// # use kavachos_wasm::rust_client::TransportError;
/// assert_eq!(TransportError::failed("connection reset").to_string(), "connection reset");
/// ```
#[derive(Debug)]
pub struct TransportError(pub(super) TransportErrorKind);

#[derive(Debug)]
pub(super) enum TransportErrorKind {
    Failed(Box<dyn StdError + Send + Sync>),
    TooLarge,
    NotAResponse,
}

impl TransportError {
    /// The server is unreachable, or the connection broke. What the error says is shown without the call's secrets.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::TransportError;
    /// assert_eq!(TransportError::failed("connection reset").to_string(), "connection reset");
    /// ```
    pub fn failed(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(TransportErrorKind::Failed(error.into()))
    }

    /// The response is larger than the request allows.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::TransportError;
    /// assert_eq!(TransportError::too_large().to_string(), "the response is too large");
    /// ```
    pub const fn too_large() -> Self {
        Self(TransportErrorKind::TooLarge)
    }

    /// What came back is no HTTP response.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::TransportError;
    /// assert_eq!(TransportError::not_a_response().to_string(), "this is no HTTP response");
    /// ```
    pub const fn not_a_response() -> Self {
        Self(TransportErrorKind::NotAResponse)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            TransportErrorKind::Failed(error) => error.fmt(formatter),
            TransportErrorKind::TooLarge => formatter.write_str("the response is too large"),
            TransportErrorKind::NotAResponse => formatter.write_str("this is no HTTP response"),
        }
    }
}

impl StdError for TransportError {}
