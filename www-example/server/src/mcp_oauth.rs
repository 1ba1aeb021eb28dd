//! OAuth 2.1 for MCP clients: registration, authorization codes with PKCE, access tokens, rotated refresh tokens.

mod authorize;
mod clients;
mod consent;
mod login;
mod metadata;
mod tokens;

use crate::app::{App, Ask};
use crate::db;
use crate::pages::origin_of;
use crate::reply::{Answer, Outcome, Problem};
use crate::route::Route;
use http::{HeaderName, header};
use serde_json::{Value, json};

/// The routes under the base path.
pub const ROUTES: &[Route] = &[
    Route::get("/.well-known/oauth-authorization-server", metadata::authorization_server),
    Route::get("/.well-known/oauth-protected-resource", metadata::protected_resource),
    Route::post("/mcp/register", clients::register),
    Route::get("/mcp/authorize", authorize::authorize),
    Route::post("/mcp/token", tokens::token).taking_forms(),
    Route::options("/.well-known/oauth-authorization-server", preflight),
    Route::options("/.well-known/oauth-protected-resource", preflight),
    Route::options("/.well-known/{*rest}", preflight),
    Route::options("/mcp/register", preflight),
    Route::options("/mcp/authorize", preflight),
    Route::options("/mcp/token", preflight),
    Route::options("/mcp/{*rest}", preflight),
];

/// The pages at the root, which a host would have.
pub const PAGES: &[Route] = &[
    Route::get("/__login", login::show),
    Route::post("/__login/code", login::send_code_to).taking_forms(),
    Route::post("/__login", login::sign_in).taking_forms(),
    Route::get("/__consent", consent::show),
    Route::post("/__consent", consent::decide).taking_forms(),
];

fn preflight(_: &App, _: &Ask) -> Outcome {
    Ok(open(Answer::None))
}

/// An answer that pages of any origin may read. Which origins may ask at all is decided before.
fn open(answer: Answer) -> Answer {
    let headers: [(HeaderName, &str); 4] = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, Authorization"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    ];
    Answer::With(headers.map(|(name, value)| (name, value.to_owned())).into(), Box::new(answer))
}

/// An answer that no cache keeps.
fn unstored(answer: Answer) -> Answer {
    answer.with(header::CACHE_CONTROL, "no-store").with(header::PRAGMA, "no-cache")
}

/// What is wrong with a request, in the words of OAuth.
struct Refusal {
    status: u16,
    error: &'static str,
    description: String,
}

impl Refusal {
    fn new(status: u16, error: &'static str, description: impl Into<String>) -> Self {
        Self { status, error, description: description.into() }
    }

    fn answer(self) -> Answer {
        let body = json!({ "error": self.error, "error_description": self.description });
        open(Answer::Bare(self.status, body))
    }
}

impl From<db::Error> for Refusal {
    fn from(error: db::Error) -> Self {
        Self::new(500, "server_error", Problem::from(error).message)
    }
}

/// 404 if this server has no OAuth for MCP clients.
fn check_configured(app: &App) -> Result<(), Problem> {
    let missing = || Problem::new(404, "NOT_FOUND", "MCP module not configured");
    app.options.mcp.enabled.then_some(()).ok_or_else(missing)
}

/// The issuer of tokens.
fn issuer(app: &App, ask: &Ask) -> String {
    let given = app.options.mcp.issuer.clone();
    given.unwrap_or_else(|| origin_of(&app.base_url(ask)).to_owned())
}

/// The scopes that there are.
fn scopes(app: &App) -> Vec<&str> {
    let mut scopes = vec!["openid", "profile", "email", "offline_access"];
    match app.options.mcp.scopes.as_slice() {
        [] => scopes.extend(["mcp:read", "mcp:execute"]),
        given => scopes.extend(given.iter().map(String::as_str).filter(|scope| !scope.is_empty())),
    }
    scopes
}

/// The origin that the pages of this server are under.
fn pages_origin(ask: &Ask) -> String {
    format!("http://{}", ask.host())
}

/// A list of strings, if it is one.
fn strings(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}
