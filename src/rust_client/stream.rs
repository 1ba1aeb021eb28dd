//! Bodies that come in chunks.

use super::body::TransportBody;
use super::error::Error;
use super::future::BoxFuture;
use super::run::Run;
use crate::http::FailureReason;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The body of a response as a [`Stream`] of bytes: it ends in full, or with an error that says why.
///
/// The timeout of the call applies to each chunk, its deadline and `max_response_bytes` do not. A transfer that breaks is an error, so
/// a stream that ends is complete. Dropping the stream ends the transfer.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, "[]");
/// # let kavach = script.client();
/// use kavachos_wasm::rust_client::ExportOptions;
///
/// # pollster::block_on(async {
/// let mut export = kavach.audit().export_stream(ExportOptions::default()).await.unwrap();
/// assert_eq!(export.next().await.unwrap().unwrap(), b"[]");
/// assert!(export.next().await.is_none());
/// # });
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct ByteStream {
    run: Run,
    /// `None` when the stream is over.
    body: Option<TransportBody>,
    /// Runs while a chunk is waited for.
    timer: Option<BoxFuture<'static, ()>>,
}

impl ByteStream {
    pub(super) const fn new(run: Run, body: TransportBody) -> Self {
        Self { run, body: Some(body), timer: None }
    }

    /// The next chunk, or `None` at the end.
    ///
    /// # Errors
    /// `NETWORK_ERROR` if the transfer breaks, `TIMEOUT` if no chunk comes in time.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, "[]");
    /// # let kavach = script.client();
    /// # use kavachos_wasm::rust_client::ExportOptions;
    /// # pollster::block_on(async {
    /// # let mut export = kavach.audit().export_stream(ExportOptions::default()).await.unwrap();
    /// let mut whole = Vec::new();
    /// while let Some(chunk) = export.next().await {
    ///     whole.extend(chunk.unwrap());
    /// }
    /// assert_eq!(whole, b"[]");
    /// # });
    /// ```
    pub async fn next(&mut self) -> Option<Result<Vec<u8>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn end(&mut self, error: Error) -> Poll<Option<Result<Vec<u8>, Error>>> {
        self.body = None;
        self.timer = None;
        Poll::Ready(Some(Err(error)))
    }
}

impl Stream for ByteStream {
    type Item = Result<Vec<u8>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        match Pin::new(body).poll_next(context) {
            Poll::Ready(Some(Ok(chunk))) => {
                self.timer = None;
                Poll::Ready(Some(Ok(chunk)))
            }
            Poll::Ready(Some(Err(error))) => {
                let error = self.run.broken(error);
                self.end(error)
            }
            Poll::Ready(None) => {
                self.body = None;
                self.timer = None;
                Poll::Ready(None)
            }
            Poll::Pending => {
                if self.timer.is_none() {
                    self.timer = self.run.chunk_timer();
                }
                let is_late = self.timer.as_mut().is_some_and(|timer| Pin::new(timer).poll(context).is_ready());
                if !is_late {
                    return Poll::Pending;
                }
                let error = self.run.fail(FailureReason::AttemptTimedOut, None, &[]);
                self.end(error)
            }
        }
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ByteStream").field("is_over", &self.body.is_none()).finish_non_exhaustive()
    }
}
