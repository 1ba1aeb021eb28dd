//! Which hosts and origins the server answers: those of this machine, and those that the options name.
//!
//! The management routes are open, so a web page must not reach them through the browser of its visitor: neither under its own
//! origin, nor under another name that resolves to 127.0.0.1 (DNS rebinding).

use crate::reply::Problem;
use http::header::{HOST, ORIGIN};
use http::request::Parts;
use http::{HeaderMap, HeaderName};

const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// What is allowed beyond loopback, in lower case.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Hosts, each with a port or for any port.
    pub hosts: Vec<String>,
    /// Origins, as browsers write them.
    pub origins: Vec<String>,
}

impl Access {
    /// Why a request is refused before anything else looks at it: its host or origin is a foreign one.
    pub fn problem(&self, head: &Parts) -> Option<Problem> {
        let headers = &head.headers;
        let host = sole(headers, &HOST).unwrap_or_default();
        // A request line may name a host too, and then that one counts.
        let named = head.uri.authority().map_or(host, |authority| authority.as_str());
        if let Some(host) = [host, named].into_iter().find(|host| !self.allows_host(host)) {
            let message = format!(
                "Requests to the host \"{host}\" are refused, as a foreign page may send them by DNS rebinding. \
                 The option --allow-host {host} allows them."
            );
            return Some(Problem::new(403, "HOST_NOT_ALLOWED", message));
        }
        if headers.contains_key(ORIGIN) {
            let origin = sole(headers, &ORIGIN).unwrap_or_default();
            let message = format!(
                "Requests from pages of the origin \"{origin}\" are refused. The option --allow-origin {origin} allows them."
            );
            return (!self.allows_origin(origin)).then(|| Problem::new(403, "ORIGIN_NOT_ALLOWED", message));
        }
        // Browsers send no origin with what a page only embeds. Following a link is not the page's request.
        let fetch = |name| headers.get(name).map(|value| value.as_bytes());
        let is_embedded =
            fetch("sec-fetch-site") == Some(b"cross-site") && fetch("sec-fetch-mode") != Some(b"navigate");
        is_embedded.then(|| {
            let message =
                "Requests that a page of another site embeds are refused. Use fetch in its default mode, cors.";
            Problem::new(403, "ORIGIN_NOT_ALLOWED", message)
        })
    }

    fn allows_host(&self, authority: &str) -> bool {
        let Some((host, _)) = host_and_port(authority) else { return false };
        let named = |allowed: &String| allowed.eq_ignore_ascii_case(host) || allowed.eq_ignore_ascii_case(authority);
        is_loopback(host) || self.hosts.iter().any(named)
    }

    /// Whether pages of that origin are allowed, and belong to that domain.
    pub fn allows_origin_of(&self, origin: &str, domain: &str) -> bool {
        let authority = origin.split_once("://").map_or("", |(_, authority)| authority);
        let host = host_and_port(authority).map_or("", |(host, _)| host);
        let is_within = host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        is_within && self.allows_origin(origin)
    }

    fn allows_origin(&self, origin: &str) -> bool {
        let of_loopback = |(scheme, authority): (&str, &str)| {
            matches!(scheme, "http" | "https") && host_and_port(authority).is_some_and(|(host, _)| is_loopback(host))
        };
        origin.split_once("://").is_some_and(of_loopback) || self.origins.iter().any(|allowed| allowed == origin)
    }
}

/// Reads a host of the command line: `NAME` or `NAME:PORT`.
pub fn host(text: &str) -> Result<String, &'static str> {
    let is_name = |host: &str| {
        let name = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c))
    };
    let is_host = host_and_port(text).is_some_and(|(host, _)| is_name(host));
    is_host.then(|| text.to_ascii_lowercase()).ok_or("it is not a host such as kavach.test or kavach.test:8787")
}

/// Reads an origin of the command line: `SCHEME://HOST`, `SCHEME://HOST:PORT`, or `null` for pages without one.
pub fn origin(text: &str) -> Result<String, &'static str> {
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    let is_origin =
        text.split_once("://").is_some_and(|(scheme, authority)| is_scheme(scheme) && host(authority).is_ok());
    (is_origin || text == "null")
        .then(|| text.to_ascii_lowercase())
        .ok_or("it is not an origin such as https://app.example or http://app.test:3000, without a path")
}

fn is_loopback(host: &str) -> bool {
    LOOPBACK.iter().any(|name| host.eq_ignore_ascii_case(name))
}

/// Splits `HOST` or `HOST:PORT`. `None` if it is neither.
fn host_and_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let end = match authority.strip_prefix('[') {
        Some(_) => authority.find(']')? + 1,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, rest) = authority.split_at(end);
    match rest {
        "" => Some((host, None)),
        _ => Some((host, Some(rest.strip_prefix(':')?.parse().ok()?))),
    }
}

/// The value of a header that is there exactly once.
fn sole<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}
