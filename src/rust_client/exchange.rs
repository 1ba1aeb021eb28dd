//! One request out, one reply in: redirects are followed as far as that is safe, and bodies are read as they are due.

use super::body::TransportBody;
use super::transport::{
    RedirectMode, Transport, TransportError, TransportErrorKind, TransportRequest, TransportResponse,
};
use super::url::{has_other_scheme, origin, resolve};
use crate::client::{Payload, Reply};
use crate::http::{FailureReason, Form, MAX_REDIRECTS, RedirectFacts, is_redirect, obstacle, retry_after};
use ::http::{HeaderMap, Method};
use serde_json::Value;
use std::error::Error as StdError;
use std::time::{Duration, UNIX_EPOCH};

/// A reply that can be decided about.
pub(super) struct Exchanged {
    pub reply: Reply<Value>,
    /// The body, if it was due to be bytes.
    pub bytes: Vec<u8>,
    /// The body, if it was due to be a stream.
    pub stream: Option<TransportBody>,
}

/// Why there is none.
pub(super) enum Trouble {
    Unanswered(Box<dyn StdError + Send + Sync>),
    NotAResponse,
    TooLarge,
    Redirected { reason: FailureReason, target: Option<String>, reply: Box<Reply<Value>> },
}

impl From<TransportError> for Trouble {
    fn from(TransportError(kind): TransportError) -> Self {
        match kind {
            TransportErrorKind::Failed(error) => Self::Unanswered(error),
            TransportErrorKind::TooLarge => Self::TooLarge,
            TransportErrorKind::NotAResponse => Self::NotAResponse,
        }
    }
}

/// Sends a request, and follows redirects within its origin.
pub(super) async fn exchange(
    transport: &dyn Transport,
    mut request: TransportRequest,
    form: Form,
) -> Result<Exchanged, Trouble> {
    for hops in 0.. {
        let (mut response, body) = match form {
            Form::Stream => {
                let (head, body) = transport.open(request.clone()).await?;
                (head, Some(body))
            }
            _ => (transport.send(request.clone()).await?, None),
        };
        if response.body.len() > request.max_response_bytes {
            return Err(Trouble::TooLarge);
        }
        match redirection(transport, &request, &response, hops).await {
            Redirection::None => {
                let Some(body) = body else { return read(response, form, transport.unix_time()) };
                if is_streamed(&response) {
                    // Text stands for a body that nobody looks at.
                    let reply = reply(&response, Payload::Text(Value::Null), transport.unix_time());
                    return Ok(Exchanged { reply, bytes: Vec::new(), stream: Some(body) });
                }
                response.body = body.collect(request.max_response_bytes).await?;
                return read(response, form, transport.unix_time());
            }
            Redirection::To(target) => request.url = target,
            Redirection::Refused(reason, target) => {
                let reply = Box::new(reply(&response, Payload::Empty, transport.unix_time()));
                return Err(Trouble::Redirected { reason, target, reply });
            }
        }
    }
    Err(Trouble::NotAResponse)
}

enum Redirection {
    None,
    To(String),
    Refused(FailureReason, Option<String>),
}

async fn redirection(
    transport: &dyn Transport,
    request: &TransportRequest,
    response: &TransportResponse,
    hops: u32,
) -> Redirection {
    let location = response.headers.get("location").and_then(|location| location.to_str().ok());
    let known = RedirectFacts::default()
        .with(RedirectFacts::FOLLOWED, response.followed_to.is_some())
        .with(RedirectFacts::OPAQUE, response.opaque_redirect);
    if !is_redirect(response.status, known, location.is_some()) {
        return Redirection::None;
    }
    let target = match (&response.followed_to, location) {
        _ if response.opaque_redirect => probe(transport, request).await,
        (Some(url), _) => resolve(&request.url, url),
        (None, Some(location)) => resolve(&request.url, location),
        (None, None) => None,
    };
    let target_origin = target.as_deref().and_then(origin);
    let facts = known
        .with(RedirectFacts::KNOWN, target.is_some() || location.is_some_and(has_other_scheme))
        .with(RedirectFacts::SAME_ORIGIN, target_origin.is_some() && target_origin == origin(&request.url))
        .with(RedirectFacts::GET, request.method == Method::GET)
        .with(RedirectFacts::LAST, hops >= MAX_REDIRECTS);
    match (obstacle(response.status, facts), target) {
        (None, Some(target)) => Redirection::To(target),
        (reason, _) => Redirection::Refused(reason.unwrap_or(FailureReason::UnseenRedirect), target_origin),
    }
}

/// Where an opaque redirect leads: a request without credentials finds out.
async fn probe(transport: &dyn Transport, request: &TransportRequest) -> Option<String> {
    let bare = TransportRequest {
        method: Method::GET,
        url: request.url.clone(),
        headers: HeaderMap::new(),
        body: None,
        max_response_bytes: request.max_response_bytes,
        redirect: RedirectMode::Follow,
    };
    transport.send(bare).await.ok()?.followed_to
}

/// Whether the body of a response can be handed on as it comes in.
fn is_streamed(response: &TransportResponse) -> bool {
    (200..=299).contains(&response.status) && !matches!(response.status, 204 | 205) && !is_page(&response.headers)
}

/// Whether a body is HTML.
fn is_page(headers: &HeaderMap) -> bool {
    content_type(headers).get(..9).is_some_and(|start| start.eq_ignore_ascii_case("text/html"))
}

/// Reads a response that is no redirect.
fn read(response: TransportResponse, form: Form, unix_time: Duration) -> Result<Exchanged, Trouble> {
    let status = response.status;
    if !(200..=599).contains(&status) {
        return Err(Trouble::NotAResponse);
    }
    let is_success = status <= 299;
    let is_page = is_page(&response.headers);
    let mut bytes = Vec::new();
    let payload = if matches!(status, 204 | 205 | 304) {
        Payload::Empty
    } else if is_success && form == Form::Json {
        // Neither the parser's message nor the body goes any further: they may hold anything.
        let text = String::from_utf8_lossy(without_mark(&response.body));
        serde_json::from_str(&text).map_or(Payload::Malformed, Payload::Json)
    } else if response.body.is_empty() {
        Payload::Empty
    } else if is_success && form == Form::Bytes && !is_page {
        bytes.clone_from(&response.body);
        Payload::Text(Value::Null)
    } else {
        let is_text = is_success && matches!(form, Form::Text | Form::Bytes | Form::Stream);
        let parsed = if is_text { None } else { serde_json::from_slice(without_mark(&response.body)).ok() };
        let text = || Value::String(String::from_utf8_lossy(without_mark(&response.body)).into_owned());
        parsed.map_or_else(|| Payload::Text(text()), Payload::Json)
    };
    Ok(Exchanged { reply: reply(&response, payload, unix_time), bytes, stream: None })
}

/// A body without the byte order mark, which decoders skip.
fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// As servers and the proxies before them call the id of a request.
const ID_HEADERS: [&str; 6] =
    ["x-request-id", "request-id", "x-correlation-id", "cf-ray", "x-vercel-id", "x-amzn-requestid"];

fn reply(response: &TransportResponse, payload: Payload<Value>, unix_time: Duration) -> Reply<Value> {
    let header = |name: &str| response.headers.get(name).and_then(|value| value.to_str().ok());
    let is_id = |id: &&str| (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    let seconds_until = |date: &str| match httpdate::parse_http_date(date) {
        Ok(date) => date.duration_since(UNIX_EPOCH).map_or(0.0, |date| date.as_secs_f64() - unix_time.as_secs_f64()),
        Err(_) => f64::NAN,
    };
    let wait = if response.status > 299 {
        retry_after(header("retry-after-ms"), header("retry-after"), seconds_until)
    } else {
        None
    };
    Reply {
        status: response.status,
        content_type: content_type(&response.headers).to_owned(),
        request_id: ID_HEADERS.iter().filter_map(|name| header(name)).find(is_id).map(str::to_owned),
        retry_after: wait,
        payload,
    }
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default()
}
