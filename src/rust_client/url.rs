//! The URLs that the client is given, and those that redirects lead to.

use ::http::Uri;

/// A base URL without slashes at its end.
///
/// # Errors
/// What it must be, to follow `must be`.
pub(super) fn base_url(text: &str) -> Result<String, &'static str> {
    const EXPECTED: &str = "an http: or https: URL, such as \"https://your-app.com/api/kavach\"";
    if text != text.trim() {
        return Err("a URL without white space around it");
    }
    let absolute =
        if text.starts_with('/') && !text.starts_with("//") { page_origin() + text } else { text.to_owned() };
    if absolute.contains(['?', '#']) {
        return Err("a URL without a query or a fragment");
    }
    let uri: Uri = absolute.parse().map_err(|_| EXPECTED)?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(EXPECTED);
    }
    let authority = uri.authority().filter(|authority| !authority.host().is_empty()).ok_or(EXPECTED)?;
    if authority.as_str().contains('@') {
        return Err("a URL without a user name or password; pass a token instead");
    }
    Ok(absolute.trim_end_matches('/').to_owned())
}

/// The origin of the page, to which paths are relative; empty where there is none.
fn page_origin() -> String {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::JsValue;
        let get = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &JsValue::from_str(name)).ok();
        let location = get(&js_sys::global(), "location").filter(|location| location.is_object());
        let origin = location.and_then(|location| get(&location, "origin")).and_then(|origin| origin.as_string());
        origin.filter(|origin| origin.starts_with("http")).unwrap_or_default()
    }
    #[cfg(not(target_arch = "wasm32"))]
    String::new()
}

/// The origin of a URL: scheme, host and port.
pub(super) fn origin(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'))?;
    let scheme = uri.scheme_str()?.to_ascii_lowercase();
    let default = match scheme.as_str() {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let host = authority.host().to_ascii_lowercase();
    let port = match authority.port() {
        Some(port) => port.as_str().parse().ok()?,
        None => default,
    };
    let shown = if port == default { String::new() } else { [":", &port.to_string()].concat() };
    Some([&scheme, "://", &host, &shown].concat())
}

/// Whether a `Location` is a URL that is neither http: nor https:. It leads to another origin, whatever it is.
pub(super) fn has_other_scheme(location: &str) -> bool {
    let scheme = location.trim().split(['/', '?', '#']).next().and_then(|first| first.split_once(':'));
    scheme.is_some_and(|(scheme, _)| !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

/// Where a `Location` leads from a URL, or `None` if that is no http: or https: URL.
pub(super) fn resolve(url: &str, location: &str) -> Option<String> {
    let location = location.trim().split('#').next().unwrap_or_default();
    let uri: Uri = url.parse().ok()?;
    let scheme = uri.scheme_str()?;
    let root = [scheme, "://", uri.authority()?.as_str()].concat();
    let has_scheme = location.split(['/', '?']).next().is_some_and(|first| first.contains(':'));
    let target = if has_scheme {
        location.to_owned()
    } else if location.starts_with("//") {
        [scheme, ":", location].concat()
    } else if location.starts_with('/') {
        [&root, location].concat()
    } else if location.is_empty() || location.starts_with('?') {
        [&root, uri.path(), location].concat()
    } else {
        let folder = uri.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        [&root, folder, "/", location].concat()
    };
    origin(&target).map(|_| target)
}

/// Whether a text can be the path of a route: it begins with one slash, and has neither a query, nor white space, nor dot segments.
pub(super) fn is_path(text: &str) -> bool {
    let is_dot = |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    text.starts_with('/')
        && !text.starts_with("//")
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control() || "?#\\".contains(letter))
        && !text.split('/').any(is_dot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_are_urls_without_a_query_or_credentials() {
        assert_eq!(base_url("https://app.example/api//").as_deref(), Ok("https://app.example/api"));
        assert_eq!(base_url("HTTP://localhost:3000").as_deref(), Ok("HTTP://localhost:3000"));
        for text in
            ["", "app.example", "/api", "//app.example", "ftp://app.example", "https://", " https://app.example"]
        {
            assert!(base_url(text).is_err(), "{text}");
        }
        assert!(base_url("https://app.example?key=1").unwrap_err().contains("query"));
        assert!(base_url("https://kv_1@app.example").unwrap_err().contains("token"));
    }

    #[test]
    fn origins_are_compared_with_their_ports() {
        assert_eq!(origin("HTTPS://App.Example:443/x?y").as_deref(), Some("https://app.example"));
        assert_eq!(origin("http://app.example:443/").as_deref(), Some("http://app.example:443"));
        for url in ["https://a@app.example/", "javascript:alert(1)", "/x", "https://app.example\\@evil.example/"] {
            assert_eq!(origin(url), None, "{url}");
        }
    }

    #[test]
    fn locations_are_resolved() {
        let from = "https://app.example/api/agents?x=1";
        for (location, expected) in [
            ("/v2/agents", Some("https://app.example/v2/agents")),
            ("//evil.example/x", Some("https://evil.example/x")),
            ("http://app.example/api", Some("http://app.example/api")),
            ("more", Some("https://app.example/api/more")),
            ("?y=2#z", Some("https://app.example/api/agents?y=2")),
            ("javascript:alert(1)", None),
            ("https://kv@app.example/", None),
        ] {
            assert_eq!(resolve(from, location).as_deref(), expected, "{location}");
        }
    }

    #[test]
    fn other_schemes_lead_elsewhere() {
        for location in ["javascript:alert(1)", "ftp://app.example/", "data:text/html,x"] {
            assert!(has_other_scheme(location), "{location}");
        }
        for location in ["/a:b", "?a:b", "HTTPS://app.example", "http://", "a", ""] {
            assert!(!has_other_scheme(location), "{location}");
        }
    }

    #[test]
    fn paths_stay_below_the_base() {
        assert!(is_path("/tools/:id") && is_path("/"));
        for path in ["tools", "//evil.example", "/a/../b", "/a/%2E%2e", "/a?b", "/a b", "/a\\b", "/a\n"] {
            assert!(!is_path(path), "{path}");
        }
    }
}
