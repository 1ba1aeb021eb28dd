//! Accepting connections, each of which has a limited time to send the headers of a request.

use super::delivery::start as start_webhooks;
use super::service::Service;
use crate::app::App;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long requests that are in flight may take when the server is stopped.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Answers requests until `stopped` resolves.
pub async fn serve(listener: TcpListener, app: App, stopped: impl Future<Output = ()>) {
    let app = Arc::new(app);
    if let Some(webhooks) = start_webhooks(&app.options.webhooks) {
        app.webhooks.get_or_init(|| webhooks);
    }
    let mut builder = http1::Builder::new();
    // This also ends idle connections.
    builder.timer(TokioTimer::new()).header_read_timeout(app.options.read_timeout);
    let service = Service::new(Arc::clone(&app));
    let connections = GracefulShutdown::new();
    let mut stopped = pin!(stopped);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stopped => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file descriptors, most likely: wait until other connections have ended.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        drop(stream.set_nodelay(true));
        let service = service.clone();
        let answer = service_fn(move |request: Request<Incoming>| {
            let answered = service.clone().answer(request, peer);
            async { Ok::<_, Infallible>(answered.await) }
        });
        let connection = connections.watch(builder.serve_connection(TokioIo::new(stream), answer));
        tokio::spawn(connection);
    }
    drop(listener);
    app.streams.stop();
    drop(tokio::time::timeout(LAST_REQUESTS, connections.shutdown()).await);
}
