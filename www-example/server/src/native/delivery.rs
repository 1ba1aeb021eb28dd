//! Delivers webhooks: signed requests to one URL.

use crate::events::{Delivery, Webhooks};
use crate::options::{Scheme, WebhookOptions};
use http::{Request, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc};

/// How many deliveries may wait. More are dropped: webhooks promise nothing.
const MOST_WAITING: usize = 1000;
const MOST_AT_ONCE: usize = 16;
const TIMEOUT: Duration = Duration::from_secs(10);

/// Starts delivering.
pub fn start(options: &WebhookOptions) -> Option<Webhooks> {
    let (waiting, deliveries) = mpsc::channel(MOST_WAITING);
    // When too many are waiting, this one is not delivered.
    let webhooks = Webhooks::new(options, move |delivery| drop(waiting.try_send(delivery)))?;
    tokio::spawn(deliver_all(options.url.clone()?, options.scheme, deliveries));
    Some(webhooks)
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
    let request =
        delivery.headers.iter().fold(Request::post(url), |request, (name, value)| request.header(*name, value));
    let request = request.body(Full::new(Bytes::from(delivery.body.clone()))).ok()?;
    let answer = tokio::time::timeout(TIMEOUT, client.request(request)).await.ok()?.ok()?;
    Some(answer.status())
}
