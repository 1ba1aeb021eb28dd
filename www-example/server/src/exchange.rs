//! One request and its answer, without a connection: in whichever program the server runs, it calls these in turn.
//!
//! 1. [`App::begin`] decides what can be decided before the body is read.
//! 2. [`Begun::read`] takes the body, which the caller has read.
//! 3. [`Ready::answer`] runs the handler.

use crate::app::App;
use crate::ask::Ask;
use crate::body;
use crate::mount::Part;
use crate::reply::{Outcome, Problem};
use crate::route::Route;
use crate::routes::{self, Found};
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, header};
use std::collections::HashMap;
use std::net::SocketAddr;

/// The head of a request, and what is known of its answer.
pub enum Head {
    /// A route answers it.
    Route(Box<Begun>),
    /// It asks for the event stream.
    Events(Box<Ask>, Answered),
    /// It is answered already.
    Answered(Response<Bytes>),
}

/// How an answer is finished: with the headers of CORS where the host writes them.
#[derive(Clone)]
pub struct Answered {
    has_cors: bool,
    origin: Option<HeaderValue>,
}

/// A request whose body has to be read.
pub struct Begun {
    route: &'static Route,
    ids: Vec<String>,
    head: Parts,
    peer: Option<SocketAddr>,
    answered: Answered,
}

/// A request that was read.
pub struct Ready {
    route: &'static Route,
    ask: Ask,
    answered: Answered,
}

impl App {
    /// Begins with the head of a request.
    pub fn begin(&self, head: Parts, peer: Option<SocketAddr>) -> Head {
        let dialect = self.options.dialect;
        if let Some(problem) = self.options.access.problem(&head) {
            return Head::Answered(dialect.write(Err(problem)));
        }
        let mount = self.options.people.mount;
        let found = routes::find(self, &head.method, head.uri.path());
        let is_own = |found: &Found| matches!(found, Found::Route(_, _, false));
        let has_cors = self.options.people.cors && !is_own(&found);
        let answered = Answered { has_cors, origin: head.headers.get(header::ORIGIN).cloned() };
        // Wherever a host has the middleware it answers preflights, whether the route exists or not.
        if has_cors && head.method == Method::OPTIONS {
            return Head::Answered(answered.preflight());
        }
        let fails = |problem| Head::Answered(answered.clone().finish(dialect.write(Err(problem))));
        match found {
            // So a page can read that there is no such route.
            Found::Missing => fails(mount.missing(&head.method, head.uri.path())),
            Found::Unreadable => fails(Problem::plain(400, "Invalid URL: Invalid UTF-8 in a path parameter")),
            Found::Events => Head::Events(Box::new(asked(head, Vec::new(), Bytes::new(), peer)), answered),
            Found::Route(route, ids, _) => {
                // Hono answers HEAD by the handler of GET, but not on routes of plugins.
                if route.part != Part::Adapter && head.method == Method::HEAD {
                    return fails(Problem::empty(404));
                }
                match mount.failure(route.part, &head.method, head.uri.path()) {
                    Some(problem) => fails(problem),
                    None => Head::Route(Box::new(Begun { route, ids, head, peer, answered })),
                }
            }
        }
    }
}

impl Begun {
    /// The headers of the request.
    pub const fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Takes the body, or why it could not be read.
    ///
    /// # Errors
    /// With the answer, if there is nothing to handle.
    pub fn read(self, app: &App, body: Result<Bytes, Problem>) -> Result<Ready, Response<Bytes>> {
        let Self { route, ids, head, peer, answered } = self;
        let checked = body.and_then(|body| body::check(&head.headers, body, route.takes_forms));
        let asked = checked.and_then(|body| {
            let mut ask = asked(head, ids, body, peer);
            if route.part == Part::Plugin && route.cuts_ids && app.options.people.mount.cuts_ids_wrongly() {
                cut_ids_wrongly(&mut ask, route.path);
            }
            let limit = route.limit.filter(|_| app.options.people.rate_limits);
            match limit {
                Some(limit) if !app.limits.admit(route.path, ask.client_address(), limit) => {
                    Err(Problem::text(429, "Rate limit exceeded"))
                }
                _ => Ok(ask),
            }
        });
        match asked {
            Ok(ask) => Ok(Ready { route, ask, answered }),
            Err(problem) => Err(answered.finish(app.options.dialect.write(Err(problem)))),
        }
    }
}

impl Ready {
    /// Whether the handler hashes a password, which takes a core and 19 MiB.
    pub const fn hashes(&self) -> bool {
        self.route.hashes
    }

    /// How the answer is finished if the handler does not return.
    pub fn answered(&self) -> Answered {
        self.answered.clone()
    }

    /// Runs the handler.
    pub fn answer(self, app: &App) -> Response<Bytes> {
        let outcome: Outcome = (self.route.handler)(app, &self.ask);
        self.answered.finish(app.options.dialect.write(outcome))
    }
}

impl Answered {
    /// The gateway in front of KavachOS allows exactly these two headers; so a client that sends others fails here too.
    fn preflight(self) -> Response<Bytes> {
        let mut response = Response::new(Bytes::new());
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET,POST,PATCH,DELETE"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type,authorization"));
        self.finish(response)
    }

    /// The answer with what all answers have.
    pub fn finish<B>(self, mut response: Response<B>) -> Response<B> {
        if self.has_cors {
            let headers = response.headers_mut();
            let vary = "origin, access-control-request-method, access-control-request-headers";
            headers.append(header::VARY, HeaderValue::from_static(vary));
            headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
            // Others have been refused before.
            if let Some(origin) = self.origin {
                headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            }
        }
        response
    }
}

fn asked(head: Parts, ids: Vec<String>, body: Bytes, peer: Option<SocketAddr>) -> Ask {
    let mut ids = ids.into_iter();
    let query = form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes()).into_owned();
    Ask {
        id: ids.next().unwrap_or_default(),
        second_id: ids.next().unwrap_or_default(),
        query: query.collect::<HashMap<_, _>>(),
        bearer: bearer(&head.headers),
        headers: head.headers,
        uri: head.uri,
        body,
        peer,
    }
}

/// Takes the ids from where they would be in a path without a base path, as some adapters do.
fn cut_ids_wrongly(ask: &mut Ask, pattern: &str) {
    let segments: Vec<&str> = ask.uri.path().split('/').filter(|segment| !segment.is_empty()).collect();
    let positions = pattern.split('/').skip(1).enumerate().filter(|(_, part)| part.starts_with('{'));
    let mut cut = positions.map(|(position, _)| segments.get(position).copied().unwrap_or_default().to_owned());
    let (first, second) = (cut.next(), cut.next());
    ask.id = first.unwrap_or_default();
    ask.second_id = second.unwrap_or_default();
}

/// The token of `Authorization: Bearer …`. Other schemes, and other spellings of this one, are none.
fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").filter(|token| !token.is_empty()).map(str::to_owned)
}
