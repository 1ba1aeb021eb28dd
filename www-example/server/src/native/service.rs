//! Answers a request on threads that may block: handlers wait for the database.

use super::{Body, body, event_stream, whole};
use crate::app::App;
use crate::exchange::{Begun, Head};
use crate::reply::Problem;
use bytes::Bytes;
use http::{Request, Response};
use hyper::body::Incoming;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::available_parallelism;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

const MOST_HASHES: usize = 4;

/// The server, as connections call it.
#[derive(Clone)]
pub struct Service {
    app: Arc<App>,
    /// A permit for each password that may be hashed at the same time: every hash takes 19 MiB and a core.
    hashing: Arc<Semaphore>,
}

impl Service {
    /// The service of a server.
    pub fn new(app: Arc<App>) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self { app, hashing: Arc::new(Semaphore::new(cores.min(MOST_HASHES))) }
    }

    /// Answers a request.
    pub async fn answer(self, request: Request<Incoming>, peer: SocketAddr) -> Response<Body> {
        let (head, body) = request.into_parts();
        match self.app.begin(head, Some(peer)) {
            Head::Answered(response) => response.map(whole),
            Head::Events(ask, answered) => {
                let runtime = tokio::runtime::Handle::current();
                let app = Arc::clone(&self.app);
                let opened = spawn_blocking(move || {
                    let _entered = runtime.enter();
                    event_stream::stream(&app, &ask)
                });
                answered.finish(opened.await.unwrap_or_else(|_| self.failed().map(whole)))
            }
            Head::Route(begun) => self.handle(*begun, body).await.map(whole),
        }
    }

    async fn handle(self, begun: Begun, body: Incoming) -> Response<Bytes> {
        let body = body::read(body, self.app.options.read_timeout).await;
        let ready = match begun.read(&self.app, body) {
            Ok(ready) => ready,
            Err(response) => return response,
        };
        // Here and not in the handler: those who wait must not take the threads of the others.
        let permit = if ready.hashes() { Arc::clone(&self.hashing).acquire_owned().await.ok() } else { None };
        let answered = ready.answered();
        let app = Arc::clone(&self.app);
        let handled = spawn_blocking(move || {
            let _permit = permit;
            ready.answer(&app)
        });
        handled.await.unwrap_or_else(|_| answered.finish(self.failed()))
    }

    /// What is answered when a handler panics.
    fn failed(&self) -> Response<Bytes> {
        let problem = Problem::new(500, "INTERNAL_ERROR", "An unexpected error occurred.");
        self.app.options.dialect.write(Err(problem))
    }
}
