//! A transport that answers from a script, with its own clock: tests of your program need neither a server nor time.

use super::client::Client;
use super::future::BoxFuture;
use super::transport::{Transport, TransportError, TransportRequest, TransportResponse};
use ::http::{HeaderName, HeaderValue};
use std::collections::VecDeque;
use std::fmt;
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

/// Answers requests in the order of its script. Its clock stands still, but for waits: they take no time, and set it forward. Clones
/// share everything.
///
/// ```
/// use kavachos_wasm::rust_client::testing::Script;
///
/// # pollster::block_on(async {
/// let script = Script::new();
/// script.answer(503, "").answer(200, "[]");
/// let kavach = script.client();
/// assert!(kavach.agents().list().await.unwrap().is_empty());
/// assert_eq!(script.requests().len(), 2);
/// # });
/// ```
#[derive(Clone, Default)]
pub struct Script(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answers: VecDeque<Answer>,
    requests: Vec<TransportRequest>,
    now: Duration,
    pending: usize,
}

enum Answer {
    Response(TransportResponse),
    Failure(TransportError),
    Never,
}

impl Script {
    /// A script without answers. A request that finds none fails with `NETWORK_ERROR`.
    ///
    /// ```
    /// use kavachos_wasm::rust_client::testing::Script;
    ///
    /// # pollster::block_on(async {
    /// let script = Script::new();
    /// let error = script.client().agents().list().max_retries(0).await.unwrap_err();
    /// assert_eq!(error.code(), "NETWORK_ERROR");
    /// # });
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// A client of `https://app.example/api/kavach`, which this script answers.
    ///
    /// ```
    /// use kavachos_wasm::rust_client::testing::Script;
    ///
    /// # pollster::block_on(async {
    /// let script = Script::new();
    /// assert_eq!(script.client().base_url(), "https://app.example/api/kavach");
    /// # });
    /// ```
    pub fn client(&self) -> Client {
        let built = Client::builder("https://app.example/api/kavach").transport(self.clone()).build();
        built.unwrap_or_else(|_| unreachable!("the URL is valid"))
    }

    /// The next request gets this JSON.
    ///
    /// ```
    /// use kavachos_wasm::rust_client::testing::Script;
    ///
    /// # pollster::block_on(async {
    /// let script = Script::new();
    /// script.answer(200, "[]");
    /// assert!(script.client().agents().list().await.unwrap().is_empty());
    /// # });
    /// ```
    pub fn answer(&self, status: u16, body: impl Into<Vec<u8>>) -> &Self {
        self.respond(status, &[("content-type", "application/json")], body)
    }

    /// The next request gets this response. Headers that cannot be sent are left out.
    ///
    /// ```
    /// use kavachos_wasm::rust_client::testing::Script;
    ///
    /// # pollster::block_on(async {
    /// let script = Script::new();
    /// script.respond(429, &[("retry-after", "90")], "");
    /// assert_eq!(script.client().agents().list().await.unwrap_err().retry_after().unwrap().as_secs(), 90);
    /// # });
    /// ```
    pub fn respond(&self, status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> &Self {
        let mut response = TransportResponse::new(status, body);
        for (name, value) in headers {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(*name), HeaderValue::from_str(value)) {
                response.headers.append(name, value);
            }
        }
        self.push(Answer::Response(response))
    }

    /// The next request gets this response.
    ///
    /// ```
    /// use kavachos_wasm::rust_client::testing::Script;
    ///
    /// # pollster::block_on(async {
    /// let script = Script::new();
    /// script.respond_with(kavachos_wasm::rust_client::TransportResponse::new(200, "[]"));
    /// assert!(script.client().agents().list().await.unwrap().is_empty());
    /// # });
    /// ```
    pub fn respond_with(&self, response: TransportResponse) -> &Self {
        self.push(Answer::Response(response))
    }

    /// The next request fails.
    ///
    /// ```
    /// use kavachos_wasm::rust_client::testing::Script;
    ///
    /// # pollster::block_on(async {
    /// let script = Script::new();
    /// script.fail(kavachos_wasm::rust_client::TransportError::failed("reset"));
    /// assert!(script.client().agents().list().max_retries(0).await.unwrap_err().is_network());
    /// # });
    /// ```
    pub fn fail(&self, error: TransportError) -> &Self {
        self.push(Answer::Failure(error))
    }

    /// The next request is never answered.
    ///
    /// ```
    /// use kavachos_wasm::rust_client::testing::Script;
    ///
    /// # pollster::block_on(async {
    /// let script = Script::new();
    /// script.hang();
    /// assert!(script.client().agents().list().max_retries(0).await.unwrap_err().is_timeout());
    /// # });
    /// ```
    pub fn hang(&self) -> &Self {
        self.push(Answer::Never)
    }

    /// The requests so far.
    ///
    /// ```
    /// use kavachos_wasm::rust_client::testing::Script;
    ///
    /// # pollster::block_on(async {
    /// let script = Script::new();
    /// script.answer(200, "[]");
    /// script.client().agents().list().await.unwrap();
    /// assert_eq!(script.requests().len(), 1);
    /// # });
    /// ```
    pub fn requests(&self) -> Vec<TransportRequest> {
        self.state().requests.clone()
    }

    /// The number of requests that are neither answered nor given up.
    ///
    /// ```
    /// use kavachos_wasm::rust_client::testing::Script;
    ///
    /// # pollster::block_on(async {
    /// let script = Script::new();
    /// script.hang();
    /// script.client().agents().list().max_retries(0).await.unwrap_err();
    /// assert_eq!(script.pending(), 0, "the request was given up");
    /// # });
    /// ```
    pub fn pending(&self) -> usize {
        self.state().pending
    }

    /// The time that waits have taken so far.
    ///
    /// ```
    /// use kavachos_wasm::rust_client::testing::Script;
    ///
    /// # pollster::block_on(async {
    /// let script = Script::new();
    /// script.answer(503, "").answer(200, "[]");
    /// script.client().agents().list().await.unwrap();
    /// assert_eq!(script.elapsed().as_millis(), 500);
    /// # });
    /// ```
    pub fn elapsed(&self) -> Duration {
        self.state().now
    }

    fn push(&self, answer: Answer) -> &Self {
        self.state().answers.push_back(answer);
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts a request that is on its way.
struct InFlight(Script);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.state().pending -= 1;
    }
}

impl Transport for Script {
    fn send(&self, request: TransportRequest) -> BoxFuture<'static, Result<TransportResponse, TransportError>> {
        let answer = {
            let mut state = self.state();
            state.requests.push(request);
            state.pending += 1;
            state.answers.pop_front()
        };
        let in_flight = InFlight(self.clone());
        BoxFuture::new(async move {
            let _in_flight = in_flight;
            match answer {
                Some(Answer::Response(response)) => Ok(response),
                Some(Answer::Failure(error)) => Err(error),
                Some(Answer::Never) => pending().await,
                None => Err(TransportError::failed("the script has no more answers")),
            }
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let script = self.clone();
        let end = self.state().now.saturating_add(duration);
        BoxFuture::new(std::future::poll_fn(move |_| {
            let mut state = script.state();
            state.now = state.now.max(end);
            Poll::Ready(())
        }))
    }

    fn now(&self) -> Duration {
        self.state().now
    }

    fn unix_time(&self) -> Duration {
        self.state().now
    }

    fn random(&self) -> f64 {
        0.0
    }

    fn is_network(&self) -> bool {
        false
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Script").finish_non_exhaustive()
    }
}
