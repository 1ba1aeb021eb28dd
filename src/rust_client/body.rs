//! Bodies of responses, as a transport hands them over: in chunks.

use super::future::{BoxFuture, MaybeSend, SingleThread};
use super::transport::TransportError;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

#[cfg(not(target_arch = "wasm32"))]
type Chunks = dyn Stream<Item = Result<Vec<u8>, TransportError>> + Send;
#[cfg(target_arch = "wasm32")]
type Chunks = dyn Stream<Item = Result<Vec<u8>, TransportError>>;

/// A body that comes in chunks: see [`Transport::open`](super::Transport::open).
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
