//! One call of a token function for all that wait for it.

use super::future::BoxFuture;
use super::token::TokenResult;
use crate::schema::Secret;
use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// The call in flight, if there is one.
#[derive(Default)]
pub(super) struct Flights(Mutex<Option<Arc<Flight>>>);

struct Flight {
    /// The token that the server refused, if that is why.
    previous: Option<Secret>,
    state: Mutex<State>,
    wakers: Arc<Wakers>,
}

enum State {
    Pending(BoxFuture<'static, TokenResult>),
    /// One of those that wait polls it just now.
    Polled,
    Landed(Result<Option<String>, SharedError>),
}

/// Wakes all that wait: any of them may be gone.
#[derive(Default)]
struct Wakers(Mutex<Vec<Waker>>);

impl Wake for Wakers {
    fn wake(self: Arc<Self>) {
        let wakers = std::mem::take(&mut *lock(&self.0));
        wakers.into_iter().for_each(Waker::wake);
    }
}

/// An error of the token function, for each that waited.
#[derive(Clone)]
struct SharedError(Arc<dyn StdError + Send + Sync>);

impl fmt::Display for SharedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Debug for SharedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl StdError for SharedError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

impl Flights {
    /// Joins the call in flight, if it is for the same reason, or starts one.
    pub fn join(
        &self,
        previous: Option<Secret>,
        start: impl FnOnce() -> BoxFuture<'static, TokenResult>,
    ) -> BoxFuture<'static, TokenResult> {
        let known = lock(&self.0).clone();
        let flight = known.filter(|flight| flight.previous == previous && !flight.is_over());
        let flight = flight.unwrap_or_else(|| {
            // Started without the lock: it is the caller's code.
            let state = Mutex::new(State::Pending(start()));
            let flight = Arc::new(Flight { previous, state, wakers: Arc::default() });
            *lock(&self.0) = Some(flight.clone());
            flight
        });
        BoxFuture::new(poll_fn(move |context| flight.poll(context)))
    }

    pub fn forget(&self) {
        *lock(&self.0) = None;
    }
}

impl Flight {
    fn is_over(&self) -> bool {
        matches!(*lock(&self.state), State::Landed(_))
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<TokenResult> {
        {
            let mut wakers = lock(&self.wakers.0);
            if !wakers.iter().any(|waker| waker.will_wake(context.waker())) {
                wakers.push(context.waker().clone());
            }
        }
        let mut pending = {
            let mut state = lock(&self.state);
            match std::mem::replace(&mut *state, State::Polled) {
                State::Pending(pending) => pending,
                State::Polled => {
                    // Its wake may have come to the one who polls, who may go away. A function that waits for itself is not woken.
                    if !context.waker().will_wake(&Waker::from(self.wakers.clone())) {
                        context.waker().wake_by_ref();
                    }
                    return Poll::Pending;
                }
                State::Landed(result) => {
                    *state = State::Landed(result.clone());
                    return Poll::Ready(result.map_err(Into::into));
                }
            }
        };
        // Polled without the lock: it is the caller's code, and may wake or wait for this very flight.
        let waker = Waker::from(self.wakers.clone());
        let found = Pin::new(&mut pending).poll(&mut Context::from_waker(&waker));
        let mut state = lock(&self.state);
        match found {
            Poll::Pending => {
                *state = State::Pending(pending);
                Poll::Pending
            }
            Poll::Ready(result) => {
                let result = result.map_err(|error| SharedError(error.into()));
                *state = State::Landed(result.clone());
                drop(state);
                self.wakers.clone().wake();
                Poll::Ready(result.map_err(Into::into))
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
