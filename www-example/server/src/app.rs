//! The routes of both dialects, and the state that handlers share.

use crate::options::Options;
use crate::reply::{Dialect, Outcome, Problem};
use crate::store::Store;
use crate::{agents, audit, decisions, delegations, mcp, people};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Extension, Path, Query, State};
use axum::http::{HeaderMap, Method, header};
use axum::routing::{MethodFilter, MethodRouter, on};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tower_http::cors::{Any, CorsLayer};
use tower_http::limit::RequestBodyLimitLayer;

/// The running server.
pub struct App {
    pub(crate) store: Store,
    pub(crate) options: Options,
    pub(crate) attempts: Mutex<Vec<i64>>,
}

impl App {
    /// Opens the database.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn open(options: Options) -> rusqlite::Result<Self> {
        let app = Self { store: Store::open(options.database.as_deref())?, options, attempts: Mutex::default() };
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

/// The service: everything under `/api/kavach`, open to pages of any origin.
pub fn router(app: Arc<App>) -> Router {
    let dialect = app.options.dialect;
    let routes = shared().merge(match dialect {
        Dialect::Sdk => sdk(),
        Dialect::Adapter => adapter(),
    });
    // The gateway in front of KavachOS allows exactly these two headers; so a client that sends others fails here too.
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION]);
    let missing = move || async move { dialect.missing_route() };
    Router::new()
        .nest("/api/kavach", routes.fallback(missing).method_not_allowed_fallback(missing))
        .fallback(missing)
        .with_state(app)
        .layer(RequestBodyLimitLayer::new(1024 * 1024))
        .layer(cors)
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
        .route("/sign-up/email", serve(Method::POST, people::sign_up))
        .route("/sign-in/email", serve(Method::POST, people::sign_in))
        .route("/sign-out", serve(Method::POST, people::sign_out))
        .route("/session", serve(Method::GET, people::session))
        .route("/mcp/servers", serve(Method::GET, mcp::list).merge(serve(Method::POST, mcp::register)))
        .route("/mcp/servers/{id}", serve(Method::GET, mcp::get))
}

fn adapter() -> Router<Arc<App>> {
    Router::new()
        .route("/authorize", serve(Method::POST, decisions::by_body))
        .route("/authorize/token", serve(Method::POST, decisions::by_token))
        .route("/auth/sign-up", serve(Method::POST, people::sign_up))
        .route("/auth/sign-in", serve(Method::POST, people::sign_in))
        .route("/auth/sign-out", serve(Method::POST, people::sign_out))
        .route("/auth/session", serve(Method::GET, people::session))
}

/// A route whose handler runs on a thread that may block: it waits for the database, or hashes passwords.
fn serve(method: Method, handler: Handler) -> MethodRouter<Arc<App>> {
    let filter = MethodFilter::try_from(method).unwrap_or(MethodFilter::GET);
    on(
        filter,
        move |State(app): State<Arc<App>>,
              id: Option<Path<String>>,
              Query(query): Query<HashMap<String, String>>,
              peer: Option<Extension<ConnectInfo<SocketAddr>>>,
              headers: HeaderMap,
              body: Bytes| async move {
            let ask = Ask {
                id: id.map(|Path(id)| id).unwrap_or_default(),
                query,
                bearer: bearer(&headers),
                body,
                peer: peer.map(|Extension(ConnectInfo(peer))| peer),
            };
            let dialect = app.options.dialect;
            let handled = tokio::task::spawn_blocking(move || handler(&app, &ask)).await;
            dialect.write(
                handled.unwrap_or_else(|_| Err(Problem::new(500, "INTERNAL_ERROR", "An unexpected error occurred."))),
            )
        },
    )
}

/// The token of `Authorization: Bearer …`. Other schemes, and other spellings of this one, are none.
fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").filter(|token| !token.is_empty()).map(str::to_owned)
}
