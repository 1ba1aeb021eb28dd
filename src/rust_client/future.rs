//! Futures that may cross threads where there are threads.
//!
//! What JavaScript gives is bound to its thread. A module of WebAssembly without threads has just one, so there the futures of the
//! client are `Send` all the same: axum on Workers asks for it. Natively they are `Send` because all their parts are.

use std::fmt;
use std::future::{Future, poll_fn};
use std::ops::Deref;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

#[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
compile_error!(
    "the feature rust-client does not support WebAssembly with threads: values of JavaScript cannot leave theirs"
);

/// `Send` natively; in WebAssembly, where values of JavaScript are not `Send`, anything.
#[cfg(not(target_arch = "wasm32"))]
pub trait MaybeSend: Send {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Send + ?Sized> MaybeSend for T {}

/// `Sync` natively; in WebAssembly, where values of JavaScript are not `Sync`, anything.
#[cfg(not(target_arch = "wasm32"))]
pub trait MaybeSync: Sync {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Sync + ?Sized> MaybeSync for T {}

/// `Send` natively; in WebAssembly, where values of JavaScript are not `Send`, anything.
#[cfg(target_arch = "wasm32")]
pub trait MaybeSend {}
#[cfg(target_arch = "wasm32")]
impl<T: ?Sized> MaybeSend for T {}

/// `Sync` natively; in WebAssembly, where values of JavaScript are not `Sync`, anything.
#[cfg(target_arch = "wasm32")]
pub trait MaybeSync {}
#[cfg(target_arch = "wasm32")]
impl<T: ?Sized> MaybeSync for T {}

#[cfg(not(target_arch = "wasm32"))]
type Inner<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
#[cfg(target_arch = "wasm32")]
type Inner<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A boxed future, which is `Send`.
///
/// ```
/// # use kavachos_wasm::rust_client::BoxFuture;
/// fn is_send<T: Send>(future: T) -> T {
///     future
/// }
/// assert_eq!(pollster::block_on(is_send(BoxFuture::new(async { 1 }))), 1);
/// ```
#[must_use = "a future does nothing until it is awaited"]
pub struct BoxFuture<'a, T>(Inner<'a, T>);

impl<'a, T> BoxFuture<'a, T> {
    /// That future in a box.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::BoxFuture;
    /// assert_eq!(pollster::block_on(BoxFuture::new(async { 1 })), 1);
    /// ```
    pub fn new(future: impl Future<Output = T> + MaybeSend + 'a) -> Self {
        Self(Box::pin(future))
    }
}

impl<T> Future for BoxFuture<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for BoxFuture<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BoxFuture")
    }
}

// SAFETY: without threads there is no other thread to send it to.
#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
unsafe impl<T> Send for BoxFuture<'_, T> {}

/// A value that is `Send` and `Sync` in WebAssembly, whatever it is.
#[derive(Clone, Debug)]
pub(super) struct SingleThread<T>(pub T);

// SAFETY: without threads there is no other thread to send it to, or to share it with.
#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
unsafe impl<T> Send for SingleThread<T> {}
#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
unsafe impl<T> Sync for SingleThread<T> {}

impl<T> Deref for SingleThread<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Waits for `work` until `limit` is over; then `work` is dropped, which ends it.
pub(super) async fn within<T>(work: impl Future<Output = T>, limit: Option<BoxFuture<'_, ()>>) -> Option<T> {
    let Some(limit) = limit else { return Some(work.await) };
    let (mut work, mut limit) = (pin!(work), pin!(limit));
    poll_fn(|context| {
        if let Poll::Ready(value) = work.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        limit.as_mut().poll(context).map(|()| None)
    })
    .await
}

/// Runs futures, so many at a time, and hands each result to `done` with the place of its future.
pub(super) async fn run_all<'a, T>(
    mut waiting: impl Iterator<Item = BoxFuture<'a, T>>,
    concurrency: usize,
    mut done: impl FnMut(usize, T),
) {
    let mut running: Vec<(usize, BoxFuture<'a, T>)> = Vec::new();
    let mut started = 0;
    poll_fn(move |context| {
        loop {
            while running.len() < concurrency.max(1)
                && let Some(next) = waiting.next()
            {
                running.push((started, next));
                started += 1;
            }
            let before = running.len();
            running.retain_mut(|(place, future)| match Pin::new(future).poll(context) {
                Poll::Ready(value) => {
                    done(*place, value);
                    false
                }
                Poll::Pending => true,
            });
            if running.is_empty() && before == 0 {
                return Poll::Ready(());
            }
            if running.len() == before {
                return Poll::Pending;
            }
        }
    })
    .await;
}
