//! The transport of browsers, Workers and other hosts with `fetch`.
//!
//! gloo-net panics where `fetch` throws, rejects with something other than an `Error`, or resolves to something other than a
//! `Response`, and its promise then never settles. So `fetch` is called by a binding that catches, its result is looked at, and only
//! then it is a `gloo_net::http::Response`.

use super::body::TransportBody;
use super::fetch_options::{CacheMode, Credentials};
use super::future::{BoxFuture, SingleThread};
use super::transport::{RedirectMode, Transport, TransportError, TransportRequest, TransportResponse};
use ::http::{HeaderMap, HeaderName, HeaderValue};
use gloo_net::http::{Headers, Response};
use gloo_timers::callback::Timeout;
use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReferrerPolicy, Request, RequestCache, RequestInit, RequestRedirect,
    ResponseType,
};

#[wasm_bindgen]
extern "C" {
    /// A global, which is there in pages, workers and service workers alike.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = performance, js_name = now)]
    fn performance_now() -> Result<f64, JsValue>;

    /// Where there is no console, nobody is warned.
    #[wasm_bindgen(catch, js_namespace = console, js_name = warn)]
    fn warn(text: &str) -> Result<(), JsValue>;
}

/// Writes a warning to the console.
pub(super) fn console_warn(text: &str) {
    let _ = warn(text);
}

/// Sends requests with `fetch`. Dropping the future of a request aborts it.
///
/// ```no_run
/// use kavachos_wasm::Client;
/// use kavachos_wasm::rust_client::{Credentials, FetchTransport};
///
/// let transport = FetchTransport::new().credentials(Credentials::Include);
/// let kavach = Client::builder("https://your-app.com/api/kavach").transport(transport).build()?;
/// assert_eq!(kavach.dialect(), None);
/// # Ok::<(), kavachos_wasm::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct FetchTransport {
    fetch: Option<SingleThread<Function>>,
    credentials: Option<Credentials>,
    cache: Option<CacheMode>,
    init: Option<SingleThread<Object>>,
}

impl FetchTransport {
    /// A transport that calls the global `fetch`.
    ///
    /// ```no_run
    /// use kavachos_wasm::Client;
    /// use kavachos_wasm::rust_client::FetchTransport;
    ///
    /// assert!(Client::builder("https://app.example").transport(FetchTransport::new()).build().is_ok());
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// A transport that calls `fetch(url, init)`: that of a service binding, for example.
    ///
    /// ```no_run
    /// use kavachos_wasm::rust_client::FetchTransport;
    ///
    /// let fetch = js_sys::Function::new_with_args("url, init", "return new Response('[]')");
    /// let transport = FetchTransport::with_fetch(fetch);
    /// assert!(format!("{transport:?}").contains("Some"));
    /// ```
    pub fn with_fetch(fetch: Function) -> Self {
        Self { fetch: Some(SingleThread(fetch)), ..Self::default() }
    }

    /// For servers that use cookies. It is not set by default: some runtimes refuse it.
    ///
    /// ```no_run
    /// use kavachos_wasm::rust_client::{Credentials, FetchTransport};
    ///
    /// let transport = FetchTransport::new().credentials(Credentials::SameOrigin);
    /// assert!(format!("{transport:?}").contains("SameOrigin"));
    /// ```
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// The `cache` mode of `fetch`. By default it is `no-store`, where the runtime accepts it.
    ///
    /// ```no_run
    /// use kavachos_wasm::rust_client::{CacheMode, FetchTransport};
    ///
    /// let transport = FetchTransport::new().cache(CacheMode::NoCache);
    /// assert!(format!("{transport:?}").contains("NoCache"));
    /// ```
    pub fn cache(mut self, cache: CacheMode) -> Self {
        self.cache = Some(cache);
        self
    }

    /// Members that the host adds to the `init` of `fetch`: `cf`, `keepalive`, `priority`. The client sets the method, the body, the
    /// headers, the signal and the redirect mode itself.
    ///
    /// ```no_run
    /// use kavachos_wasm::rust_client::FetchTransport;
    ///
    /// let init = js_sys::Object::new();
    /// js_sys::Reflect::set(&init, &"keepalive".into(), &true.into()).unwrap();
    /// let transport = FetchTransport::new().init(init);
    /// assert!(format!("{transport:?}").contains("Some"));
    /// ```
    pub fn init(mut self, init: Object) -> Self {
        self.init = Some(SingleThread(init));
        self
    }
}

impl Transport for FetchTransport {
    fn send(&self, request: TransportRequest) -> BoxFuture<'static, Result<TransportResponse, TransportError>> {
        BoxFuture::new(exchange(self.clone(), request))
    }

    fn open(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'static, Result<(TransportResponse, TransportBody), TransportError>> {
        let transport = self.clone();
        BoxFuture::new(async move {
            let Begun { head, reader, guard } = begin(&transport, &request).await?;
            let body = TransportBody::unfold((reader, guard), |(reader, guard)| async move {
                let chunk = match &reader {
                    Some(reader) => chunk_of(reader).await.transpose(),
                    None => None,
                };
                match chunk {
                    // Dropped with the body, the guard ends the transfer.
                    Some(chunk) => Some((chunk, (reader, guard))),
                    None => {
                        guard.disarm();
                        None
                    }
                }
            });
            Ok((head, body))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        BoxFuture::new(async move {
            let mut left =
                duration.as_millis().saturating_add(u128::from(!duration.subsec_nanos().is_multiple_of(1_000_000)));
            loop {
                // `setTimeout` takes longer delays for none at all.
                let now = u32::try_from(left).unwrap_or(u32::MAX).min(i32::MAX as u32);
                timer(now).await;
                left -= u128::from(now);
                if left == 0 {
                    return;
                }
            }
        })
    }

    fn now(&self) -> Duration {
        let now = performance_now().unwrap_or_else(|_| js_sys::Date::now());
        Duration::try_from_secs_f64(now / 1000.0).unwrap_or_default()
    }

    fn unix_time(&self) -> Duration {
        Duration::try_from_secs_f64(js_sys::Date::now() / 1000.0).unwrap_or_default()
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }

    /// A service binding is called by any names, and over no network.
    fn is_network(&self) -> bool {
        self.fetch.is_none()
    }

    fn is_isolated(&self) -> bool {
        let global = js_sys::global();
        ["WebSocketPair", "EdgeRuntime"]
            .iter()
            .any(|name| Reflect::has(&global, &JsValue::from_str(name)).unwrap_or(true))
    }
}

/// Waits. (The future of gloo-timers throws where its timer is gone.)
async fn timer(milliseconds: u32) {
    let state = Rc::new((Cell::new(false), RefCell::new(None::<Waker>)));
    let fired = state.clone();
    // Dropping it clears the timer.
    let _timeout = Timeout::new(milliseconds, move || {
        fired.0.set(true);
        let waker = fired.1.take();
        if let Some(waker) = waker {
            waker.wake();
        }
    });
    poll_fn(|context| {
        if state.0.get() {
            return Poll::Ready(());
        }
        state.1.replace(Some(context.waker().clone()));
        Poll::Pending
    })
    .await;
}

/// Ends a request that nobody waits for any more.
struct AbortOnDrop(Option<AbortController>);

impl AbortOnDrop {
    /// The response is complete: there is nothing to end.
    fn disarm(mut self) {
        drop(self.0.take());
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// A response up to its body.
struct Begun {
    head: TransportResponse,
    /// `None` if there is no body.
    reader: Option<ReadableStreamDefaultReader>,
    guard: AbortOnDrop,
}

async fn begin(transport: &FetchTransport, request: &TransportRequest) -> Result<Begun, TransportError> {
    let controller = AbortController::new().map_err(failed)?;
    let init = init_of(transport, request);
    init.set_signal(Some(&controller.signal()));
    let guard = AbortOnDrop(Some(controller));
    let pending = match &transport.fetch {
        Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(&request.url), &init),
        None => global_fetch(&request.url, &init),
    };
    let found = JsFuture::from(Promise::resolve(&pending.map_err(failed)?)).await.map_err(failed)?;
    let response: web_sys::Response = found.dyn_into().map_err(|_| TransportError::not_a_response())?;
    let response = Response::from(response);
    let mut head = TransportResponse::new(response.status(), Vec::new());
    head.opaque_redirect = response.type_() == ResponseType::Opaqueredirect;
    head.followed_to = response.redirected().then(|| response.url());
    head.headers = headers_of(&response);
    let reader = match response.body() {
        // Another reader has it: `getReader` would throw.
        Some(body) if body.locked() => return Err(TransportError::failed("the body has been read")),
        Some(body) => Some(body.get_reader().unchecked_into()),
        None => None,
    };
    Ok(Begun { head, reader, guard })
}

async fn exchange(transport: FetchTransport, request: TransportRequest) -> Result<TransportResponse, TransportError> {
    let Begun { mut head, reader, guard } = begin(&transport, &request).await?;
    if let Some(reader) = reader {
        while let Some(chunk) = chunk_of(&reader).await? {
            if head.body.len().saturating_add(chunk.len()) > request.max_response_bytes {
                let cancelled = reader.cancel();
                spawn_local(async move { drop(JsFuture::from(cancelled).await) });
                return Err(TransportError::too_large());
            }
            head.body.extend_from_slice(&chunk);
        }
    }
    guard.disarm();
    Ok(head)
}

/// The next chunk of a body, or `None` at its end.
async fn chunk_of(reader: &ReadableStreamDefaultReader) -> Result<Option<Vec<u8>>, TransportError> {
    let result = JsFuture::from(reader.read()).await.map_err(failed)?;
    if get(&result, "done").is_truthy() {
        return Ok(None);
    }
    let chunk = get(&result, "value").dyn_into::<Uint8Array>();
    chunk.map(|chunk| Some(chunk.to_vec())).map_err(|_| TransportError::not_a_response())
}

fn init_of(transport: &FetchTransport, request: &TransportRequest) -> RequestInit {
    let init = RequestInit::new();
    if let Some(more) = &transport.init {
        Object::assign(&init, more);
    }
    init.set_method(request.method.as_str());
    let headers = Headers::new();
    for (name, value) in &request.headers {
        // Header names and values are valid: gloo-net panics otherwise.
        if let Ok(value) = value.to_str() {
            headers.append(name.as_str(), value);
        }
    }
    init.set_headers(&headers.into_raw());
    if let Some(body) = &request.body {
        init.set_body(&JsValue::from_str(body));
    }
    match transport.cache {
        Some(cache) => init.set_cache(cache.of_fetch()),
        None if accepts_no_store() => init.set_cache(RequestCache::NoStore),
        None => {}
    }
    let credentials = match request.redirect {
        RedirectMode::Manual => {
            init.set_redirect(RequestRedirect::Manual);
            transport.credentials
        }
        RedirectMode::Follow => {
            init.set_referrer_policy(ReferrerPolicy::NoReferrer);
            Some(Credentials::Omit)
        }
    };
    // Some hosts throw here.
    if let Some(credentials) = credentials {
        init.set_credentials(credentials.of_fetch());
    }
    init
}

/// Whether the runtime takes `cache: "no-store"`; some Workers throw. Decisions must never come from a cache of the host.
fn accepts_no_store() -> bool {
    thread_local! {
        static KNOWN: Cell<Option<bool>> = const { Cell::new(None) };
    }
    KNOWN.with(|known| {
        known.get().unwrap_or_else(|| {
            let init = RequestInit::new();
            init.set_cache(RequestCache::NoStore);
            let accepts = Request::new_with_str_and_init("http://localhost/", &init).is_ok();
            known.set(Some(accepts));
            accepts
        })
    })
}

fn headers_of(response: &Response) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in response.headers().entries() {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.append(name, value);
        }
    }
    headers
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// What was thrown, in words: its message and that of its cause. It may be anything.
pub(super) fn thrown(value: &JsValue) -> String {
    let text = |value: &JsValue| value.as_string().or_else(|| get(value, "message").as_string());
    let message = text(value).filter(|message| !message.is_empty()).unwrap_or_else(|| "no answer".to_owned());
    match text(&get(value, "cause")).filter(|cause| !cause.is_empty()) {
        Some(cause) => [&message, " (", &cause, ")"].concat(),
        None => message,
    }
}

fn failed(value: JsValue) -> TransportError {
    TransportError::failed(thrown(&value))
}
