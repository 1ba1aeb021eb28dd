//! The routes of both dialects, and how a request gets to its handler.

use crate::app::App;
use crate::ask::Ask;
use crate::mount::Part;
use crate::reply::{Dialect, Outcome, Problem};
use crate::route::Route;
use crate::{access, agents, audit, body, dashboard, decisions, delegations, events, mcp, mcp_oauth, people};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Path, Query, Request, State};
use axum::handler::Handler;
use axum::http::{HeaderMap, Method, Response, StatusCode, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::{MethodFilter, MethodRouter, on};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use tower_http::cors::{AllowOrigin, CorsLayer};

const SHARED: &[Route] = &[
    Route::get("/agents", agents::list),
    Route::post("/agents", agents::create),
    Route::get("/agents/{id}", agents::get),
    Route::patch("/agents/{id}", agents::update),
    Route::delete("/agents/{id}", agents::revoke),
    Route::post("/agents/{id}/rotate", agents::rotate),
    Route::post("/delegations", delegations::create),
    Route::get("/delegations/{id}", delegations::list),
    Route::delete("/delegations/{id}", delegations::revoke),
    Route::get("/audit", audit::query),
    Route::get("/audit/export", audit::export),
];

const SDK: &[Route] = &[
    Route::post("/agents/{id}/authorize", decisions::by_path),
    Route::post("/authorize", decisions::by_token),
    Route::get("/delegations/{id}/permissions", delegations::effective),
    Route::post("/sign-up/email", people::sign_up).hashing(),
    Route::post("/sign-in/email", people::sign_in).hashing(),
    Route::post("/sign-out", people::sign_out),
    Route::get("/session", people::session),
    Route::get("/mcp/servers", mcp::list),
    Route::post("/mcp/servers", mcp::register),
    Route::get("/mcp/servers/{id}", mcp::get),
];

const ADAPTER: &[Route] = &[
    Route::post("/authorize", decisions::by_body),
    Route::post("/authorize/token", decisions::by_token),
    Route::get("/dashboard/stats", dashboard::stats),
    Route::get("/dashboard/agents", agents::list),
    Route::get("/dashboard/audit", audit::query),
];

/// What is there beside KavachOS, at the root.
const BESIDE: &[Route] = &[
    Route::get("/__outbox", people::list_outbox),
    Route::delete("/__outbox", people::clear_outbox),
    Route::post("/__members", people::add_member),
    Route::get("/__provider", people::show_provider),
    Route::post("/__provider", people::decide_at_provider).taking_forms(),
];

/// The service: everything under the base path, open to pages of the allowed origins.
pub fn router(app: Arc<App>) -> Router {
    let base_path = app.base_path();
    let under_base = match app.options.dialect {
        Dialect::Sdk => routes(SHARED.iter().chain(SDK)),
        Dialect::Adapter => routes(SHARED.iter().chain(ADAPTER).chain(people::ROUTES)),
    };
    let under_base = match app.options.events {
        true => under_base.route("/events/stream", axum::routing::get(event_stream)),
        false => under_base,
    };
    let beside = BESIDE.iter().chain(mcp_oauth::PAGES);
    let router = nest(routes(beside), base_path, under_base);
    let router = router.fallback(missing).method_not_allowed_fallback(missing);
    let router = if app.options.people.cors { router.layer(cors()) } else { router };
    // These have their own CORS headers.
    let router = match app.options.dialect {
        Dialect::Sdk => router,
        Dialect::Adapter => {
            let oauth = routes(mcp_oauth::ROUTES.iter());
            // The preflight of `/mcp/{anything}` must not hide from a page that there is nothing else.
            let oauth = match app.options.people.cors {
                true => oauth.method_not_allowed_fallback(missing.layer(cors())),
                false => oauth.method_not_allowed_fallback(missing),
            };
            nest(router, base_path, oauth)
        }
    };
    let router = router.with_state(Arc::clone(&app));
    // Around it, as routes add that header after what is layered on them.
    let router = Router::new().fallback_service(router).layer(map_response(without_allow));
    router.layer(from_fn_with_state(app, access::check))
}

/// What is not found allows no methods. Axum says which there would be.
async fn without_allow(mut response: Response<Body>) -> Response<Body> {
    if response.status() == StatusCode::NOT_FOUND {
        response.headers_mut().remove(header::ALLOW);
    }
    response
}

fn nest(router: Router<Arc<App>>, base_path: &str, inner: Router<Arc<App>>) -> Router<Arc<App>> {
    if base_path.is_empty() { router.merge(inner) } else { router.nest(base_path, inner) }
}

/// The gateway in front of KavachOS allows exactly these two headers; so a client that sends others fails here too.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::mirror_request()) // Others have been refused before.
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION])
}

fn routes<'r>(routes: impl Iterator<Item = &'r Route>) -> Router<Arc<App>> {
    routes.fold(Router::new(), |router, route| router.route(route.path, serve(route.clone())))
}

/// The event stream, whose answer goes on for as long as somebody listens.
async fn event_stream(
    State(app): State<Arc<App>>,
    Query(query): Query<HashMap<String, String>>,
    request: Request,
) -> Response<Body> {
    let (head, _) = request.into_parts();
    let ask = Ask { query, bearer: bearer(&head.headers), headers: head.headers, uri: head.uri, ..Ask::default() };
    let failed = app.options.dialect;
    let opened = tokio::task::spawn_blocking({
        let app = Arc::clone(&app);
        let runtime = tokio::runtime::Handle::current();
        move || {
            let _entered = runtime.enter();
            events::stream(&app, &ask)
        }
    });
    let problem = || failed.write(Err(Problem::new(500, "INTERNAL_ERROR", "An unexpected error occurred.")));
    opened.await.unwrap_or_else(|_| problem())
}

async fn missing(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let problem = app.options.people.mount.missing(request.method(), request.uri().path());
    app.options.dialect.write(Err(problem))
}

/// A route whose handler runs on a thread that may block: it waits for the database.
fn serve(route: Route) -> MethodRouter<Arc<App>> {
    let filter = MethodFilter::try_from(route.method.clone()).unwrap_or(MethodFilter::GET);
    let answer = move |State(app): State<Arc<App>>,
                       ids: Option<Path<Vec<(String, String)>>>,
                       Query(query): Query<HashMap<String, String>>,
                       request: Request| async move {
        let dialect = app.options.dialect;
        let ids = ids.map(|Path(ids)| ids).unwrap_or_default();
        dialect.write(run(route, app, ids, query, request).await)
    };
    on(filter, answer)
}

async fn run(
    route: Route,
    app: Arc<App>,
    ids: Vec<(String, String)>,
    query: HashMap<String, String>,
    request: Request,
) -> Outcome {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| *peer);
    let uri = request.extensions().get::<axum::extract::OriginalUri>().map(|uri| uri.0.clone());
    let (head, body) = request.into_parts();
    let uri = uri.unwrap_or(head.uri);
    let mount = app.options.people.mount;
    // Hono answers HEAD by the handler of GET, but not on routes of plugins.
    if route.part != Part::Adapter && head.method == Method::HEAD {
        return Err(Problem::empty(404));
    }
    if let Some(problem) = mount.failure(route.part, &head.method, uri.path()) {
        return Err(problem);
    }
    let body = body::read(&head.headers, body, app.options.read_timeout, route.takes_forms).await?;
    let mut ids = ids.into_iter().map(|(_, id)| id);
    let mut ask = Ask {
        id: ids.next().unwrap_or_default(),
        second_id: ids.next().unwrap_or_default(),
        query,
        bearer: bearer(&head.headers),
        headers: head.headers,
        uri,
        body,
        peer,
    };
    if route.part == Part::Plugin && route.cuts_ids && mount.cuts_ids_wrongly() {
        cut_ids_wrongly(&mut ask, route.path);
    }
    if let Some(limit) = route.limit.filter(|_| app.options.people.rate_limits)
        && !app.limits.admit(route.path, ask.client_address(), limit)
    {
        return Err(Problem::text(429, "Rate limit exceeded"));
    }
    // Here and not in the handler: those who wait must not take the threads of the others.
    let permit = if route.hashes { Arc::clone(&app.hashing).acquire_owned().await.ok() } else { None };
    let handled = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        (route.handler)(&app, &ask)
    });
    handled.await.unwrap_or_else(|_| Err(Problem::new(500, "INTERNAL_ERROR", "An unexpected error occurred.")))
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
