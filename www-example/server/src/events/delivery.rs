//! Webhooks: signed requests to one URL, in two of the three schemes that KavachOS has.

use crate::clock;
use crate::options::{Scheme, WebhookOptions};
use crate::secrets::{hex, random_hex};
use axum::http::{Request, StatusCode};
use hmac::{Hmac, Mac};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use kavachos_wasm::webhooks::{C, EVENT_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER};
use serde_json::{Value, json};
use sha2::Sha256;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc};

/// How many deliveries may wait. More are dropped: webhooks promise nothing.
const MOST_WAITING: usize = 1000;
const MOST_AT_ONCE: usize = 16;
const TIMEOUT: Duration = Duration::from_secs(10);

/// Where events are handed in that are to be delivered.
pub struct Webhooks {
    scheme: Scheme,
    secret: String,
    waiting: mpsc::Sender<Delivery>,
}

/// A request, signed. It is repeated as it is.
struct Delivery {
    event: &'static str,
    body: String,
    timestamp: String,
    signature: String,
    id: Option<String>,
}

impl Webhooks {
    /// Sends an event under each name that the scheme has for it.
    pub fn send(&self, scheme_a: &[&'static str], scheme_c: &[&'static str], data: &Value) {
        let names = match self.scheme {
            Scheme::A => scheme_a,
            Scheme::C => scheme_c,
        };
        for event in names {
            // When too many are waiting, this one is not delivered.
            drop(self.waiting.try_send(self.signed(event, data)));
        }
    }

    fn signed(&self, event: &'static str, data: &Value) -> Delivery {
        let timestamp = clock::now().div_euclid(1000).to_string();
        let body = match self.scheme {
            Scheme::A => json!({ "event": event, "timestamp": timestamp, "data": data }).to_string(),
            Scheme::C => data.to_string(),
        };
        let signature = sign(&self.secret, &timestamp, &body);
        let id = (self.scheme == Scheme::C).then(random_hex::<16>);
        Delivery { event, body, timestamp, signature, id }
    }
}

/// Starts delivering.
pub fn start(options: &WebhookOptions) -> Option<Webhooks> {
    let (url, secret) = options.url.clone().zip(options.secret.clone())?;
    let (waiting, deliveries) = mpsc::channel(MOST_WAITING);
    tokio::spawn(deliver_all(url, options.scheme, deliveries));
    Some(Webhooks { scheme: options.scheme, secret, waiting })
}

type HttpClient = Client<HttpConnector, Full<Bytes>>;

async fn deliver_all(url: String, scheme: Scheme, mut deliveries: mpsc::Receiver<Delivery>) {
    let client: HttpClient = Client::builder(TokioExecutor::new()).build_http();
    let places = Arc::new(Semaphore::new(MOST_AT_ONCE));
    while let Some(delivery) = deliveries.recv().await {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let (client, url) = (client.clone(), url.clone());
        tokio::spawn(async move {
            deliver(&client, &url, scheme, &delivery).await;
            drop(place);
        });
    }
}

async fn deliver(client: &HttpClient, url: &str, scheme: Scheme, delivery: &Delivery) {
    let pauses: &[u64] = match scheme {
        Scheme::A => &[1, 2, 4],
        Scheme::C => &[1, 4],
    };
    let mut pauses = pauses.iter();
    loop {
        let status = attempt(client, url, delivery).await;
        let is_final = match (status, scheme) {
            (Some(status), _) if status.is_success() => true,
            (Some(status), Scheme::C) => status.is_client_error(),
            _ => false,
        };
        let Some(seconds) = pauses.next().filter(|_| !is_final) else { return };
        tokio::time::sleep(Duration::from_secs(*seconds)).await;
    }
}

async fn attempt(client: &HttpClient, url: &str, delivery: &Delivery) -> Option<StatusCode> {
    let mut request = Request::post(url)
        .header("content-type", "application/json")
        .header(EVENT_HEADER, delivery.event)
        .header(TIMESTAMP_HEADER, &delivery.timestamp)
        .header(SIGNATURE_HEADER, &delivery.signature);
    if let (Some(id), Some(header)) = (&delivery.id, C.delivery_header) {
        request = request.header(header, id);
    }
    let request = request.body(Full::new(Bytes::from(delivery.body.clone()))).ok()?;
    let answer = tokio::time::timeout(TIMEOUT, client.request(request)).await.ok()?.ok()?;
    Some(answer.status())
}

fn sign(secret: &str, timestamp: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    format!("sha256={}", hex(&mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn signs_as_kavachos_does() {
        let body = r#"{"event":"user.created","timestamp":"1700000000","data":{"userId":"u1","name":"Ünï ✓"}}"#;
        let expected = "sha256=c21b39d4abeab65308e7d4cf79c5b01e02099ba305a072286ea574df0a8a83e9";
        assert_eq!(sign("whsec_throwaway_0123456789", "1700000000", body), expected);
    }
}
