//! The event stream: server-sent events, from now on or from a moment on.

use super::{Body, whole};
use crate::agents::Agent;
use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::db::{self, params};
use crate::events::Event;
use crate::people::is_session;
use crate::secrets;
use bytes::Bytes;
use http::{Response, header};
use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use kavachos_wasm::webhooks::STREAM_EVENTS;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, oneshot, watch};

const MOST_LISTENERS: usize = 100;
const MOST_REPLAYED: u32 = 1000;
/// How many events a listener may be behind.
const MOST_WAITING: usize = 1024;
const HEARTBEAT: Duration = Duration::from_secs(30);

/// Those who listen now.
pub struct Streams {
    events: broadcast::Sender<Event>,
    /// How many they are.
    count: AtomicUsize,
    /// Whether the server is about to stop, which ends all streams.
    stopping: watch::Sender<bool>,
}

impl Default for Streams {
    fn default() -> Self {
        let events = broadcast::channel(MOST_WAITING).0;
        Self { events, count: AtomicUsize::new(0), stopping: watch::Sender::new(false) }
    }
}

impl Streams {
    /// Sends an event to all.
    pub fn send(&self, event: Event) {
        // Nobody may be listening.
        drop(self.events.send(event));
    }

    /// Ends all streams.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }
}

/// `GET /events/stream?types&since&token`
///
/// Who is refused gets a stream too, with an error event in it, as on the real server.
pub fn stream(app: &Arc<App>, ask: &Ask) -> Response<Body> {
    if !ask.header("accept").is_some_and(|types| types.contains("text/event-stream")) {
        return text(406, "not sse");
    }
    let token = ask.bearer.as_ref().or_else(|| ask.query.get("token")).filter(|token| !token.is_empty());
    let Some(token) = token else { return refusal("Bearer token required") };
    match admits(app, token) {
        Ok(true) => {}
        Ok(false) => return refusal("Invalid token"),
        Err(_) => return text(500, "The database cannot be read"),
    }
    let since = match ask.query.get("since") {
        // A date without an offset is refused.
        Some(text) => match clock::parse_zoned(text) {
            Some(moment) => Some(moment),
            None => return self::text(400, "Invalid query parameters"),
        },
        // Browsers send the id of an event, which is no date, and so are not understood.
        None => ask.header("last-event-id").and_then(clock::parse),
    };
    let asked = ask.query.get("types").map(String::as_str).unwrap_or_default();
    let types: Vec<String> =
        asked.split(',').map(str::trim).filter(|kind| STREAM_EVENTS.contains(kind)).map(str::to_owned).collect();
    let Some(place) = Place::take(app) else { return text(503, "Too many connections") };
    let (mut sender, body) = Channel::<Bytes>::new(16);
    // It is dropped with the body, as soon as the listener is gone, also when there is nothing to send.
    let (held, gone) = oneshot::channel::<()>();
    let body = body.map_frame(move |frame| {
        let _held = &held;
        frame
    });
    tokio::spawn(async move {
        // It ends when the listener goes away, or the server stops.
        let app = Arc::clone(&place.0);
        let mut stopping = app.streams.stopping.subscribe();
        tokio::select! {
            () = feed(&app, &mut sender, since, &types) => {}
            _ = gone => {}
            _ = stopping.wait_for(|stopping| *stopping) => {}
        }
        drop(place);
    });
    respond(body.boxed())
}

type Sender = http_body_util::channel::Sender<Bytes>;

async fn feed(app: &Arc<App>, sender: &mut Sender, since: Option<Millis>, types: &[String]) {
    let wanted = |event: &Event| types.is_empty() || types.contains(&event.kind);
    // Before the replay, so that nothing falls between them. What is in both has the same id.
    let mut events = app.streams.events.subscribe();
    let hello = json!({ "clientId": secrets::uuid(), "timestamp": clock::iso(clock::now()) });
    let mut frames = vec![format!("event: connected\ndata: {hello}\n\n")];
    if let Some(since) = since {
        let app = Arc::clone(app);
        let kept = tokio::task::spawn_blocking(move || replay(&app, since)).await;
        let kept = kept.ok().and_then(Result::ok).unwrap_or_default();
        frames.extend(kept.iter().filter(|event| wanted(event)).map(|event| event.frame(clock::iso_seconds)));
    }
    for frame in frames {
        if sender.send_data(frame.into()).await.is_err() {
            return;
        }
    }
    loop {
        let frame = match tokio::time::timeout(HEARTBEAT, events.recv()).await {
            Err(_) => ": heartbeat\n\n".to_owned(),
            Ok(Ok(event)) if wanted(&event) => event.frame(clock::iso),
            Ok(Ok(_)) => continue,
            // It is too slow: it has to come back and say since when.
            Ok(Err(RecvError::Lagged(_) | RecvError::Closed)) => return,
        };
        if sender.send_data(frame.into()).await.is_err() {
            return;
        }
    }
}

/// The events of that second and later, those of the same second in reverse order, as the real server has them.
fn replay(app: &App, since: Millis) -> db::Result<Vec<Event>> {
    let connection = app.store.lock();
    let sql = "SELECT id, type, at, event FROM events WHERE at >= ?1 ORDER BY at / 1000, position DESC LIMIT ?2";
    connection.query(sql, params![since.div_euclid(1000) * 1000, MOST_REPLAYED], |row| {
        let data: String = row.get(3)?;
        let data = serde_json::from_str(&data).unwrap_or_default();
        Ok(Event { id: row.get(0)?, kind: row.get(1)?, at: row.get(2)?, data })
    })
}

/// Whether a token may listen: that of a session, or of an active agent.
fn admits(app: &App, token: &str) -> db::Result<bool> {
    let connection = app.store.lock();
    let is_active = |agent: &Agent| agent.status == "active" && agent.expires_at > clock::now();
    Ok(is_session(app, &connection, token)?
        || Agent::find_by_token(&connection, token)?.as_ref().is_some_and(is_active))
}

/// One of the places for listeners, free again when it is dropped.
struct Place(Arc<App>);

impl Place {
    fn take(app: &Arc<App>) -> Option<Self> {
        let count = |count| (count < MOST_LISTENERS).then_some(count + 1);
        app.streams.count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, count).ok()?;
        Some(Self(Arc::clone(app)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.streams.count.fetch_sub(1, Ordering::SeqCst);
    }
}

fn refusal(message: &str) -> Response<Body> {
    let data = json!({ "code": "UNAUTHORIZED", "message": message });
    respond(whole(format!("event: error\ndata: {data}\n\n").into()))
}

fn respond(body: Body) -> Response<Body> {
    let builder = Response::builder()
        .header(header::CONTENT_TYPE, "text/event-stream")
        .header(header::CACHE_CONTROL, "no-cache, no-store, no-transform")
        .header("x-accel-buffering", "no");
    builder.body(body).unwrap_or_default()
}

fn text(status: u16, text: &'static str) -> Response<Body> {
    let builder = Response::builder().status(status).header(header::CONTENT_TYPE, "text/plain; charset=UTF-8");
    builder.body(whole(text.into())).unwrap_or_default()
}
