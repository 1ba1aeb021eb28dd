//! The server as a WebAssembly module: no connections and no system, but requests and answers in its memory.
//!
//! JavaScript reserves room, writes what it asks into it, and calls an export with the time. What comes back is a head in JSON with
//! its length before it (four bytes, little-endian), then the body. `src/host/testing` is the other side.

use crate::app::App;
use crate::events::{Delivery, Webhooks};
use crate::exchange::Head;
use crate::options::Options;
use crate::secrets::{Generator, set_generator};
use crate::{clock, seed};
use bytes::Bytes;
use http::{Request, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// A server, with what its requests need of a system.
struct Server {
    app: App,
    generator: Option<Generator>,
    deliveries: Arc<Mutex<Vec<Delivery>>>,
}

/// The servers by their numbers. One that is at work is not among them, so that a trap leaves nothing locked.
static SERVERS: Mutex<Vec<Option<Box<Server>>>> = Mutex::new(Vec::new());
/// What JavaScript asks, and then the answer.
static EXCHANGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Makes room for what is asked, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(length: usize) -> *mut u8 {
    let mut exchanged = EXCHANGED.lock().unwrap_or_else(PoisonError::into_inner);
    *exchanged = vec![0; length];
    exchanged.as_mut_ptr()
}

/// Where the answer is.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    EXCHANGED.lock().unwrap_or_else(PoisonError::into_inner).as_ptr()
}

/// Makes a server of `{ arguments, random, data }`, and returns how long the answer is: `{ server, basePath }` or `{ error }`.
#[unsafe(no_mangle)]
pub extern "C" fn open(now: f64) -> usize {
    clock::stop_at(now as i64);
    let told = match serde_json::from_slice::<Opening>(&taken()).map_err(|error| error.to_string()).and_then(opened) {
        Ok(server) => {
            let base_path = server.app.base_path();
            let mut servers = SERVERS.lock().unwrap_or_else(PoisonError::into_inner);
            servers.push(Some(server));
            json!({ "server": servers.len() - 1, "basePath": base_path })
        }
        Err(error) => json!({ "error": error }),
    };
    tell(&told, &[])
}

/// Answers a request: its head `{ method, url, headers, peer }` with the length before it, and its body. Returns how long the answer is, 0
/// if there is no such server.
#[unsafe(no_mangle)]
pub extern "C" fn respond(number: usize, now: f64) -> usize {
    let asked = taken();
    let Some(mut server) = slot(number, Option::take) else { return 0 };
    clock::stop_at(now as i64);
    set_generator(server.generator.take());
    let response = answered(&server.app, &asked).unwrap_or_else(|problem| {
        let mut response = Response::new(Bytes::from(problem));
        *response.status_mut() = http::StatusCode::BAD_REQUEST;
        response
    });
    server.generator = set_generator(None);
    let deliveries = std::mem::take(&mut *server.deliveries.lock().unwrap_or_else(PoisonError::into_inner));
    let webhooks: Vec<Value> =
        deliveries.iter().map(|Delivery { headers, body }| json!({ "headers": headers, "body": body })).collect();
    let headers: Vec<(&str, String)> = response
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    slot(number, |place| place.replace(server));
    let head = json!({ "status": response.status().as_u16(), "headers": headers, "webhooks": webhooks });
    tell(&head, response.body())
}

/// Returns how long the dump of a server's database is, to be given to `open`; 0 if there is no such server.
#[unsafe(no_mangle)]
pub extern "C" fn dump(number: usize) -> usize {
    let Some(server) = slot(number, Option::take) else { return 0 };
    let dump = server.app.store.lock().database().dump().unwrap_or_default();
    slot(number, |place| place.replace(server));
    tell(&dump, &[])
}

/// Forgets a server.
#[unsafe(no_mangle)]
pub extern "C" fn close(number: usize) {
    drop(slot(number, Option::take));
}

#[derive(Deserialize)]
struct Opening {
    arguments: Vec<String>,
    random: String,
    #[serde(default)]
    data: Option<Value>,
}

fn opened(Opening { arguments, random, data }: Opening) -> Result<Box<Server>, String> {
    let options = Options::from_arguments(lexopt::Parser::from_args(arguments)).map_err(|error| error.to_string())?;
    let mut options = options.ok_or("--help is for the program")?;
    // There is nothing here that goes on after an answer.
    options.events = false;
    set_generator(Some(Generator::new(random.as_bytes())));
    let app = App::open_with(options, data.as_ref()).map_err(|error| error.to_string())?;
    seed::fill(&app)?;
    let deliveries = Arc::new(Mutex::new(Vec::new()));
    let waiting = Arc::clone(&deliveries);
    let deliver = move |delivery| waiting.lock().unwrap_or_else(PoisonError::into_inner).push(delivery);
    if let Some(webhooks) = Webhooks::new(&app.options.webhooks, deliver) {
        app.webhooks.get_or_init(|| webhooks);
    }
    Ok(Box::new(Server { app, generator: set_generator(None), deliveries }))
}

#[derive(Deserialize)]
struct Asked {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    /// The address that the request comes from, if it comes from one.
    #[serde(default)]
    peer: Option<IpAddr>,
}

/// The answer to a request; a sentence if it is no request of HTTP.
fn answered(app: &App, asked: &[u8]) -> Result<Response<Bytes>, String> {
    let (length, rest) = asked.split_first_chunk::<4>().ok_or("a request without a head")?;
    let length = u32::from_le_bytes(*length) as usize;
    let (head, body) = rest.split_at_checked(length).ok_or("a head that is cut off")?;
    let Asked { method, url, headers, peer } = serde_json::from_slice(head).map_err(|error| error.to_string())?;
    let mut builder = Request::builder().method(method.as_str()).uri(url);
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    let (head, ()) = builder.body(()).map_err(|error| error.to_string())?.into_parts();
    Ok(match app.begin(head, peer.map(|peer| (peer, 0).into())) {
        Head::Answered(response) => response,
        Head::Events(..) => Response::new(Bytes::new()),
        Head::Route(begun) => match begun.read(app, Ok(Bytes::copy_from_slice(body))) {
            Ok(ready) => ready.answer(app),
            Err(response) => response,
        },
    })
}

fn slot<T>(number: usize, change: impl FnOnce(&mut Option<Box<Server>>) -> Option<T>) -> Option<T> {
    change(SERVERS.lock().unwrap_or_else(PoisonError::into_inner).get_mut(number)?)
}

fn taken() -> Vec<u8> {
    std::mem::take(&mut *EXCHANGED.lock().unwrap_or_else(PoisonError::into_inner))
}

fn tell(head: &Value, body: &[u8]) -> usize {
    let head = head.to_string();
    let length = u32::try_from(head.len()).unwrap_or(u32::MAX).to_le_bytes();
    let told = [length.as_slice(), head.as_bytes(), body].concat();
    let length = told.len();
    *EXCHANGED.lock().unwrap_or_else(PoisonError::into_inner) = told;
    length
}
