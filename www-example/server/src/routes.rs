//! The routes of both dialects, and which of them a path leads to.

use crate::app::App;
use crate::reply::Dialect;
use crate::route::Route;
use crate::{agents, audit, dashboard, decisions, delegations, mcp, mcp_oauth, people};
use http::Method;

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

/// What a request leads to.
pub enum Found {
    /// A route, with the ids in its path, and whether the host's own middleware writes its CORS headers.
    Route(&'static Route, Vec<String>, bool),
    /// The event stream, which goes on for as long as somebody listens.
    Events,
    /// A path whose ids are not UTF-8.
    Unreadable,
    /// Nothing.
    Missing,
}

/// Finds what answers requests of that method and path.
pub fn find(app: &App, method: &Method, path: &str) -> Found {
    let base_path = app.base_path();
    let under_base = path.strip_prefix(base_path).filter(|rest| rest.starts_with('/'));
    let dialect = app.options.dialect;
    if app.options.events && method == Method::GET && under_base == Some("/events/stream") {
        return Found::Events;
    }
    let (own, people, passkeys, oauth): (_, &[Route], &[Route], &[Route]) = match dialect {
        Dialect::Sdk => (SDK, &[], &[], &[]),
        Dialect::Adapter => (ADAPTER, people::ROUTES, people::PASSKEYS, mcp_oauth::ROUTES),
    };
    let beside = [BESIDE, mcp_oauth::PAGES].into_iter().flatten().map(|route| (route, Some(path), true));
    let api = [SHARED, own, people, passkeys].into_iter().flatten().map(|route| (route, under_base, true));
    // These have their own CORS headers.
    let oauth = oauth.iter().map(|route| (route, under_base, false));
    let matches = beside.chain(api).chain(oauth).filter_map(|(route, path, has_cors)| {
        let is_asked = route.method == *method || route.method == Method::GET && *method == Method::HEAD;
        let ids = is_asked.then(|| ids(route.path, path?))??;
        Some((route, ids, has_cors))
    });
    // A path without ids goes before one with them.
    match matches.min_by_key(|(_, ids, _)| ids.len()) {
        Some((route, ids, has_cors)) => match ids.into_iter().map(decoded).collect() {
            Some(ids) => Found::Route(route, ids, has_cors),
            None => Found::Unreadable,
        },
        None => Found::Missing,
    }
}

/// The ids in a path, if it is one of that pattern.
fn ids<'p>(pattern: &str, path: &'p str) -> Option<Vec<&'p str>> {
    let (mut pattern, mut rest) = (pattern.split('/'), path);
    let mut ids = Vec::new();
    // Before the first slash there is nothing.
    pattern.next();
    for expected in pattern {
        let inner = rest.strip_prefix('/')?;
        if expected.starts_with("{*") {
            ids.push(inner);
            return (!inner.is_empty()).then_some(ids);
        }
        let (segment, after) = inner.split_at(inner.find('/').unwrap_or(inner.len()));
        match expected.starts_with('{') {
            true if segment.is_empty() => return None,
            true => ids.push(segment),
            false if segment != expected => return None,
            false => {}
        }
        rest = after;
    }
    rest.is_empty().then_some(ids)
}

/// A part of a path without percent encoding, if that is UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let is_hex = digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let escaped =
            digits.filter(|_| *first == b'%' && is_hex).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_ids_where_the_pattern_has_them() {
        assert_eq!(ids("/agents/{id}/rotate", "/agents/a%20b/rotate"), Some(vec!["a%20b"]));
        assert_eq!(ids("/agents", "/agents"), Some(vec![]));
        assert_eq!(ids("/mcp/{*rest}", "/mcp/a/b"), Some(vec!["a/b"]));
        for path in ["/agents/", "/agents/a/", "/agents//rotate", "/agents/a/rotate/", "/agents/a/other", "agents/a"] {
            assert_eq!(ids("/agents/{id}/rotate", path), None, "{path}");
        }
        assert_eq!(ids("/agents/{id}", "/agents/"), None);
        assert_eq!(ids("/mcp/{*rest}", "/mcp/"), None);
    }

    #[test]
    fn decodes_what_is_utf_8() {
        assert_eq!(decoded("a%20%C3%BC%2f+").as_deref(), Some("a ü/+"));
        assert_eq!(decoded("100%"), Some("100%".to_owned()));
        assert_eq!(decoded("%zz%4"), Some("%zz%4".to_owned()));
        assert_eq!(decoded("%ff"), None);
    }
}
