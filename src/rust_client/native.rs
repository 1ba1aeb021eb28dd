//! The transport of programs that are not compiled to WebAssembly: reqwest, on tokio.

use super::body::TransportBody;
use super::error::Error;
use super::future::BoxFuture;
use super::transport::{RedirectMode, Transport, TransportError, TransportRequest, TransportResponse};
use reqwest::redirect::Policy;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Sends requests with reqwest. Its futures run within a tokio runtime.
///
/// ```
/// use kavachos_wasm::Client;
/// use kavachos_wasm::rust_client::ReqwestTransport;
///
/// let transport = ReqwestTransport::new()?;
/// let kavach = Client::builder("https://your-app.com/api/kavach").transport(transport).build()?;
/// assert_eq!(kavach.base_url(), "https://your-app.com/api/kavach");
/// # Ok::<(), kavachos_wasm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    manual: reqwest::Client,
    following: reqwest::Client,
    began: Instant,
}

impl ReqwestTransport {
    /// A transport with its own connections.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` if the platform's TLS cannot be set up.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::ReqwestTransport;
    /// assert!(ReqwestTransport::new().is_ok());
    /// ```
    pub fn new() -> Result<Self, Error> {
        let build = |policy| {
            let client = reqwest::Client::builder().redirect(policy).build();
            client.map_err(|_| Error::invalid("Client", "transport must be given: TLS cannot be set up here"))
        };
        Ok(Self { manual: build(Policy::none())?, following: build(Policy::limited(5))?, began: Instant::now() })
    }

    fn client_for(&self, request: &TransportRequest) -> reqwest::Client {
        match request.redirect {
            RedirectMode::Manual => self.manual.clone(),
            RedirectMode::Follow => self.following.clone(),
        }
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: TransportRequest) -> BoxFuture<'static, Result<TransportResponse, TransportError>> {
        BoxFuture::new(exchange(self.client_for(&request), request))
    }

    fn open(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'static, Result<(TransportResponse, TransportBody), TransportError>> {
        let client = self.client_for(&request);
        BoxFuture::new(async move {
            let (head, response) = begin(client, request).await?;
            let body = TransportBody::unfold(response, |mut response| async move {
                let chunk = response.chunk().await.map_err(failed).transpose()?;
                Some((chunk.map(|bytes| bytes.to_vec()), response))
            });
            Ok((head, body))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // Made when it is first polled: outside a runtime a timer panics.
        BoxFuture::new(async move { tokio::time::sleep(duration).await })
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    fn unix_time(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }

    fn random(&self) -> f64 {
        // Every state has other keys.
        RandomState::new().build_hasher().finish() as f64 / u64::MAX as f64
    }
}

/// Sends a request, and reads the response up to its body.
async fn begin(
    client: reqwest::Client,
    request: TransportRequest,
) -> Result<(TransportResponse, reqwest::Response), TransportError> {
    let is_following = request.redirect == RedirectMode::Follow;
    let mut sent = client.request(request.method, &request.url).headers(request.headers);
    if let Some(body) = request.body {
        sent = sent.body(body);
    }
    let mut response = sent.send().await.map_err(failed)?;
    let mut head = TransportResponse::new(response.status().as_u16(), Vec::new());
    head.headers = std::mem::take(response.headers_mut());
    head.followed_to = is_following.then(|| response.url().to_string());
    Ok((head, response))
}

async fn exchange(client: reqwest::Client, request: TransportRequest) -> Result<TransportResponse, TransportError> {
    let limit = request.max_response_bytes;
    let (mut answer, mut response) = begin(client, request).await?;
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if answer.body.len().saturating_add(chunk.len()) > limit {
            return Err(TransportError::too_large());
        }
        answer.body.extend_from_slice(&chunk);
    }
    Ok(answer)
}

/// Without the URL, whose query may hold what is nobody's business.
fn failed(error: reqwest::Error) -> TransportError {
    TransportError::failed(error.without_url())
}
