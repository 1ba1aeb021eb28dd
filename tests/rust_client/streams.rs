//! Bodies that come in chunks: complete, or an error.

use crate::run;
use futures_core::Stream;
use kavachos_wasm::rust_client::testing::Script;
use kavachos_wasm::rust_client::{
    BoxFuture, ByteStream, ExportOptions, Method, Transport, TransportBody, TransportError, TransportRequest,
    TransportResponse,
};
use kavachos_wasm::{Client, Error};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

/// What the next poll of a body finds; with none left, nothing, forever.
enum Chunk {
    Bytes(&'static [u8]),
    Broken(&'static str),
    End,
}

struct Chunks(VecDeque<Chunk>, Arc<Mutex<bool>>);

impl Stream for Chunks {
    type Item = Result<Vec<u8>, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.pop_front() {
            Some(Chunk::Bytes(bytes)) => Poll::Ready(Some(Ok(bytes.to_vec()))),
            Some(Chunk::Broken(text)) => Poll::Ready(Some(Err(TransportError::failed(text)))),
            Some(Chunk::End) => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        *self.1.lock().unwrap() = true;
    }
}

/// Opens one response with those chunks; its clock is that of a script, which answers all other requests.
struct Opens {
    script: Script,
    response: TransportResponse,
    chunks: Mutex<Option<VecDeque<Chunk>>>,
    is_dropped: Arc<Mutex<bool>>,
}

impl Transport for Opens {
    fn send(&self, request: TransportRequest) -> BoxFuture<'static, Result<TransportResponse, TransportError>> {
        self.script.send(request)
    }
    fn open(
        &self,
        _: TransportRequest,
    ) -> BoxFuture<'static, Result<(TransportResponse, TransportBody), TransportError>> {
        let chunks = self.chunks.lock().unwrap().take().expect("one request");
        let opened = (self.response.clone(), TransportBody::new(Chunks(chunks, self.is_dropped.clone())));
        BoxFuture::new(async { Ok(opened) })
    }
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.script.sleep(duration)
    }
    fn now(&self) -> Duration {
        self.script.now()
    }
    fn unix_time(&self) -> Duration {
        self.script.unix_time()
    }
    fn random(&self) -> f64 {
        0.0
    }
    fn is_network(&self) -> bool {
        false
    }
}

fn open(status: u16, content_type: &str, chunks: impl Into<VecDeque<Chunk>>) -> (Client, Script, Arc<Mutex<bool>>) {
    let mut response = TransportResponse::new(status, Vec::new());
    response.headers.insert("content-type", content_type.parse().unwrap());
    let (script, is_dropped) = (Script::new(), Arc::default());
    let chunks = Mutex::new(Some(chunks.into()));
    let transport = Opens { script: script.clone(), response, chunks, is_dropped: Arc::clone(&is_dropped) };
    let builder = Client::builder("https://app.example").token("kv_secret").max_retries(0).transport(transport);
    (builder.build().unwrap(), script, is_dropped)
}

fn export(client: &Client) -> Result<ByteStream, Error> {
    run(client.audit().export_stream(ExportOptions::default()))
}

fn all(mut stream: ByteStream) -> Result<Vec<u8>, Error> {
    pollster::block_on(async {
        let mut whole = Vec::new();
        while let Some(chunk) = stream.next().await {
            whole.extend(chunk?);
        }
        assert!(stream.next().await.is_none(), "the end stays");
        Ok(whole)
    })
}

#[test]
fn chunks_come_in_their_order_and_have_no_limit() {
    let (client, ..) =
        open(200, "text/csv", [Chunk::Bytes(b"id,"), Chunk::Bytes(b""), Chunk::Bytes(b"a\n"), Chunk::End]);
    let stream = run(client.audit().export_stream(ExportOptions::default()).max_response_bytes(1)).unwrap();
    assert_eq!(all(stream).unwrap(), b"id,a\n");
}

#[test]
fn a_stream_that_breaks_is_an_error_without_secrets() {
    let (client, ..) = open(200, "text/csv", [Chunk::Bytes(b"id,"), Chunk::Broken("reset by kv_secret")]);
    let error = all(export(&client).unwrap()).unwrap_err();
    assert_eq!((error.code(), error.is_network(), error.is_timeout()), ("NETWORK_ERROR", true, false));
    assert_eq!(error.operation(), "audit.exportStream");
    assert!(!format!("{error:?} {error}").contains("kv_secret"));
}

#[test]
fn each_chunk_has_the_timeout_and_a_late_one_ends_the_transfer() {
    let (client, script, is_dropped) = open(200, "text/csv", [Chunk::Bytes(b"id,")]);
    let mut stream =
        run(client.audit().export_stream(ExportOptions::default()).timeout(Duration::from_secs(3))).unwrap();
    pollster::block_on(async {
        assert_eq!(stream.next().await.unwrap().unwrap(), b"id,");
        let error = stream.next().await.unwrap().unwrap_err();
        assert!(error.is_timeout() && error.code() == "TIMEOUT");
        assert!(stream.next().await.is_none());
    });
    assert_eq!((script.elapsed(), *is_dropped.lock().unwrap()), (Duration::from_secs(3), true));
}

#[test]
fn dropping_the_stream_ends_the_transfer() {
    let (client, _, is_dropped) = open(200, "text/csv", [Chunk::Bytes(b"id,")]);
    let stream = export(&client).unwrap();
    assert!(!*is_dropped.lock().unwrap());
    drop(stream);
    assert!(*is_dropped.lock().unwrap());
}

#[test]
fn errors_and_pages_are_no_streams() {
    let refused = r#"{"error":{"code":"NO","message":"Not you"}}"#;
    let (client, ..) = open(403, "application/json", [Chunk::Bytes(refused.as_bytes()), Chunk::End]);
    let error = export(&client).unwrap_err();
    assert_eq!((error.code(), error.to_string()), ("NO", "Not you".to_owned()));
    let (client, ..) = open(200, "text/html", [Chunk::Bytes(b"<html>"), Chunk::End]);
    assert!(export(&client).unwrap_err().is_decode());
    let (client, ..) = open(500, "text/plain", [Chunk::Bytes(&[b'x'; 100]), Chunk::End]);
    let call = client.audit().export_stream(ExportOptions::default()).max_response_bytes(10);
    assert_eq!(run(call).unwrap_err().code(), "RESPONSE_TOO_LARGE");
}

#[test]
fn until_it_begins_a_stream_is_retried_and_redirected_like_any_call() {
    let script = Script::new();
    script.answer(503, "").respond(302, &[("location", "/elsewhere")], "").answer(200, "whole");
    let stream = run(script.client().request(Method::Get, "/file").stream()).unwrap();
    assert_eq!(all(stream).unwrap(), b"whole");
    assert!(script.requests()[2].url.ends_with("/elsewhere"));
    let script = Script::new();
    script.respond(204, &[], "");
    assert!(all(run(script.client().request(Method::Get, "/file").stream()).unwrap()).unwrap().is_empty());
}
