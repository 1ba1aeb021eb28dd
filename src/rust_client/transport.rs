//! What the client asks of its platform: to send a request, to wait, to tell the time.

use super::future::{BoxFuture, MaybeSend, MaybeSync, SingleThread};
use ::http::{HeaderMap, Method};
use futures_core::Stream;
use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
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

#[cfg(not(target_arch = "wasm32"))]
type Chunks = dyn Stream<Item = Result<Vec<u8>, TransportError>> + Send;
#[cfg(target_arch = "wasm32")]
type Chunks = dyn Stream<Item = Result<Vec<u8>, TransportError>>;

/// A body that comes in chunks: see [`Transport::open`].
///
/// ```
/// # use kavachos_wasm::rust_client::TransportBody;
/// assert_eq!(format!("{:?}", TransportBody::from(b"whole".to_vec())), "TransportBody");
/// ```
// The lock is never taken: it makes a body `Sync`, as the futures that hold it must be.
pub struct TransportBody(SingleThread<Mutex<Pin<Box<Chunks>>>>);

impl TransportBody {
    /// A body of these chunks.
    ///
    /// ```
    /// use kavachos_wasm::rust_client::{TransportBody, TransportError};
    ///
    /// # struct Chunks;
    /// # impl futures_core::Stream for Chunks {
    /// #     type Item = Result<Vec<u8>, TransportError>;
    /// #     fn poll_next(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<Self::Item>> {
    /// #         std::task::Poll::Ready(None)
    /// #     }
    /// # }
    /// # let stream = Chunks;
    /// let body = TransportBody::new(stream);
    /// assert_eq!(format!("{body:?}"), "TransportBody");
    /// ```
    pub fn new(chunks: impl Stream<Item = Result<Vec<u8>, TransportError>> + MaybeSend + 'static) -> Self {
        Self(SingleThread(Mutex::new(Box::pin(chunks))))
    }

    /// A body whose chunks a function reads one after the other. It gets the state, and gives it back with the chunk; or `None` at
    /// the end.
    pub(super) fn unfold<S, F, R>(state: S, read: F) -> Self
    where
        S: MaybeSend + 'static,
        F: Fn(S) -> R + MaybeSend + 'static,
        R: Future<Output = Option<(Result<Vec<u8>, TransportError>, S)>> + MaybeSend + 'static,
    {
        let pending = BoxFuture::new(read(state));
        Self::new(Unfold { read: Box::new(move |state| BoxFuture::new(read(state))), pending: Some(pending) })
    }

    /// The whole body.
    ///
    /// # Errors
    /// Those of the chunks, and `too_large` above the limit.
    pub(super) async fn collect(mut self, limit: usize) -> Result<Vec<u8>, TransportError> {
        let mut whole = Vec::new();
        while let Some(chunk) = poll_fn(|context| Pin::new(&mut self).poll_next(context)).await {
            let chunk = chunk?;
            if whole.len().saturating_add(chunk.len()) > limit {
                return Err(TransportError::too_large());
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(whole)
    }
}

impl From<Vec<u8>> for TransportBody {
    /// A body of one chunk, or of none if it is empty.
    fn from(bytes: Vec<u8>) -> Self {
        let whole = if bytes.is_empty() { None } else { Some(bytes) };
        Self::unfold(whole, |whole| async move { whole.map(|bytes| (Ok(bytes), None)) })
    }
}

impl Stream for TransportBody {
    type Item = Result<Vec<u8>, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.0.get_mut().unwrap_or_else(PoisonError::into_inner).as_mut().poll_next(context)
    }
}

impl fmt::Debug for TransportBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TransportBody")
    }
}

type Chunk<S> = Option<(Result<Vec<u8>, TransportError>, S)>;

#[cfg(not(target_arch = "wasm32"))]
type ReadChunk<S> = dyn Fn(S) -> BoxFuture<'static, Chunk<S>> + Send;
#[cfg(target_arch = "wasm32")]
type ReadChunk<S> = dyn Fn(S) -> BoxFuture<'static, Chunk<S>>;

struct Unfold<S> {
    read: Box<ReadChunk<S>>,
    /// `None` at the end.
    pending: Option<BoxFuture<'static, Chunk<S>>>,
}

impl<S> Stream for Unfold<S> {
    type Item = Result<Vec<u8>, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(pending) = &mut self.pending else { return Poll::Ready(None) };
        let found = ready!(Pin::new(pending).poll(context));
        self.pending = None;
        let Some((chunk, state)) = found else { return Poll::Ready(None) };
        if chunk.is_ok() {
            self.pending = Some((self.read)(state));
        }
        Poll::Ready(Some(chunk))
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
