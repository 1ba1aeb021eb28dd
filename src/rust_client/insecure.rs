//! Warns of tokens that would travel unencrypted.

use super::hooks::Hooks;
use super::url::origin;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

static WARNED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
/// So many origins are remembered; beyond them, warnings repeat.
const MOST: usize = 1000;

/// Warns once for each origin that is reached by `http:` and is not this machine.
pub(super) fn warn_if_insecure(url: &str, hooks: Option<&dyn Hooks>) {
    let Some(origin) = origin(url).filter(|origin| is_insecure(origin)) else { return };
    {
        let mut warned = WARNED.lock().unwrap_or_else(PoisonError::into_inner);
        if warned.contains(&origin) {
            return;
        }
        if warned.len() < MOST {
            warned.insert(origin.clone());
        }
    }
    let text = [
        "kavachos-wasm: tokens and passwords travel unencrypted to ",
        &origin,
        ". Use https:, or call allow_insecure(true) if only trusted machines are in between.",
    ]
    .concat();
    match hooks {
        Some(hooks) => hooks.on_warning(&text),
        None => print_warning(&text),
    }
}

/// Whether an origin is one of `http:` on another machine.
fn is_insecure(origin: &str) -> bool {
    let Some(authority) = origin.strip_prefix("http://") else { return false };
    let host = match authority.rsplit_once(':') {
        // A bracket behind the colon is that of an IPv6 address.
        Some((host, port)) if !port.ends_with(']') => host,
        _ => authority,
    };
    let is_ipv4_loopback = host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    let is_localhost = host == "localhost" || host.strip_suffix(".localhost").is_some_and(|name| !name.is_empty());
    !(is_localhost || is_ipv4_loopback || host == "[::1]")
}

/// Where warnings go that nobody asked for: to the console of JavaScript, or to standard error.
pub(super) fn print_warning(text: &str) {
    #[cfg(target_arch = "wasm32")]
    super::fetch::console_warn(text);
    #[cfg(not(target_arch = "wasm32"))]
    {
        use std::io::Write;
        // A program without standard error goes on without the warning.
        let _ = writeln!(std::io::stderr(), "{text}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_insecure_unless_it_stays_on_this_machine() {
        for url in [
            "http://app.example",
            "http://10.0.0.1:8080",
            "http://localhost.example",
            "http://[::2]",
            "http://.localhost",
        ] {
            assert!(is_insecure(url), "{url}");
        }
        for url in [
            "https://app.example",
            "http://localhost:3000",
            "http://a.localhost",
            "http://127.0.0.1:8787",
            "http://127.9.9.9",
            "http://[::1]:80",
            "http://[::1]",
        ] {
            assert!(!is_insecure(url), "{url}");
        }
    }
}
