//! The routes of both dialects, and the state that handlers share.

use crate::options::Options;
use crate::reply::{Dialect, Outcome, Problem};
use crate::store::Store;
use crate::{access, agents, audit, body, dashboard, decisions, delegations, mcp, people};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Extension, Path, Query, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};
use std::collections::HashMap;
use std::error::Error;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::thread::available_parallelism;
use tokio::sync::Semaphore;
use tower_http::cors::{AllowOrigin, CorsLayer};

const MOST_HASHES: usize = 4;

/// The running server.
pub struct App {
    pub(crate) store: Store,
    pub(crate) options: Options,
    pub(crate) attempts: Mutex<Vec<i64>>,
    /// A permit for each password that may be hashed at the same time: every hash takes 19 MiB and a core.
    hashing: Arc<Semaphore>,
}

impl App {
    /// Opens the database.
    ///
    /// # Errors
    /// If the file cannot be made private, or SQLite cannot use it.
    pub fn open(options: Options) -> Result<Self, Box<dyn Error>> {
        let cores = available_parallelism().map_or(1, usize::from);
        let app = Self {
            store: Store::open(options.database.as_deref())?,
            options,
            attempts: Mutex::default(),
            hashing: Arc::new(Semaphore::new(cores.min(MOST_HASHES))),
        };
        // The owners that the documentation uses in its examples.
        for id in ["user-123", "user-456"] {
            people::ensure_user(&app, id)?;
        }
        Ok(app)
    }
}

/// What a handler gets to see of a request.
pub struct Ask {
    /// The id in the path, if there is one.
    pub id: String,
    /// The query. Of a parameter that is repeated the last value counts.
    pub query: HashMap<String, String>,
    /// The `Authorization` header's bearer token.
    pub bearer: Option<String>,
    /// The body.
    pub body: Bytes,
    /// Where the request comes from, if that is known.
    pub peer: Option<SocketAddr>,
}

type Handler = fn(&App, &Ask) -> Outcome;

/// The service: everything under `/api/kavach`, open to pages of the allowed origins.
pub fn router(app: Arc<App>) -> Router {
    let dialect = app.options.dialect;
    let routes = shared().merge(match dialect {
        Dialect::Sdk => sdk(),
        Dialect::Adapter => adapter(),
    });
    // The gateway in front of KavachOS allows exactly these two headers; so a client that sends others fails here too.
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::mirror_request()) // Others have been refused before.
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION]);
    let missing = move || async move { dialect.missing_route() };
    Router::new()
        .nest("/api/kavach", routes.fallback(missing).method_not_allowed_fallback(missing))
        .fallback(missing)
        .with_state(Arc::clone(&app))
        .layer(cors)
        .layer(from_fn_with_state(app, access::check))
}

fn shared() -> Router<Arc<App>> {
    Router::new()
        .route("/agents", serve(Method::GET, agents::list).merge(serve(Method::POST, agents::create)))
        .route(
            "/agents/{id}",
            serve(Method::GET, agents::get)
                .merge(serve(Method::PATCH, agents::update))
                .merge(serve(Method::DELETE, agents::revoke)),
        )
        .route("/agents/{id}/rotate", serve(Method::POST, agents::rotate))
        .route("/delegations", serve(Method::POST, delegations::create))
        .route(
            "/delegations/{id}",
            serve(Method::GET, delegations::list).merge(serve(Method::DELETE, delegations::revoke)),
        )
        .route("/audit", serve(Method::GET, audit::query))
        .route("/audit/export", serve(Method::GET, audit::export))
}

fn sdk() -> Router<Arc<App>> {
    Router::new()
        .route("/agents/{id}/authorize", serve(Method::POST, decisions::by_path))
        .route("/authorize", serve(Method::POST, decisions::by_token))
        .route("/delegations/{id}/permissions", serve(Method::GET, delegations::effective))
        .route("/sign-up/email", serve_hashing(Method::POST, people::sign_up))
        .route("/sign-in/email", serve_hashing(Method::POST, people::sign_in))
        .route("/sign-out", serve(Method::POST, people::sign_out))
        .route("/session", serve(Method::GET, people::session))
        .route("/mcp/servers", serve(Method::GET, mcp::list).merge(serve(Method::POST, mcp::register)))
        .route("/mcp/servers/{id}", serve(Method::GET, mcp::get))
}

fn adapter() -> Router<Arc<App>> {
    Router::new()
        .route("/authorize", serve(Method::POST, decisions::by_body))
        .route("/authorize/token", serve(Method::POST, decisions::by_token))
        .route("/dashboard/stats", serve(Method::GET, dashboard::stats))
        .route("/auth/sign-up", serve_hashing(Method::POST, people::sign_up))
        .route("/auth/sign-in", serve_hashing(Method::POST, people::sign_in))
        .route("/auth/sign-out", serve(Method::POST, people::sign_out))
        .route("/auth/session", serve(Method::GET, people::session))
}

/// A route whose handler runs on a thread that may block: it waits for the database.
fn serve(method: Method, handler: Handler) -> MethodRouter<Arc<App>> {
    route(method, handler, false)
}

/// A route whose handler hashes a password, and waits until it may.
fn serve_hashing(method: Method, handler: Handler) -> MethodRouter<Arc<App>> {
    route(method, handler, true)
}

fn route(method: Method, handler: Handler, hashes: bool) -> MethodRouter<Arc<App>> {
    let filter = MethodFilter::try_from(method).unwrap_or(MethodFilter::GET);
    on(
        filter,
        move |State(app): State<Arc<App>>,
              id: Option<Path<String>>,
              Query(query): Query<HashMap<String, String>>,
              peer: Option<Extension<ConnectInfo<SocketAddr>>>,
              request: Request| async move {
            let dialect = app.options.dialect;
            let (head, body) = request.into_parts();
            let body = match body::read(&head.headers, body, app.options.read_timeout).await {
                Ok(body) => body,
                Err(problem) => return dialect.write(Err(problem)),
            };
            let ask = Ask {
                id: id.map(|Path(id)| id).unwrap_or_default(),
                query,
                bearer: bearer(&head.headers),
                body,
                peer: peer.map(|Extension(ConnectInfo(peer))| peer),
            };
            // Here and not in the handler: those who wait must not take the threads of the others.
            let permit = if hashes { Arc::clone(&app.hashing).acquire_owned().await.ok() } else { None };
            let handled = tokio::task::spawn_blocking(move || {
                let _permit = permit;
                handler(&app, &ask)
            });
            dialect.write(
                handled
                    .await
                    .unwrap_or_else(|_| Err(Problem::new(500, "INTERNAL_ERROR", "An unexpected error occurred."))),
            )
        },
    )
}

/// The token of `Authorization: Bearer …`. Other schemes, and other spellings of this one, are none.
fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").filter(|token| !token.is_empty()).map(str::to_owned)
}
