//! URLs: the base they start from, and the text that goes into their segments and queries.

use std::fmt;

/// Appends `text` to `url` as `encodeURIComponent` would write it.
///
/// ```
/// # use kavachos_wasm::http::encode_component;
/// let mut url = String::from("/agents/");
/// encode_component("a/../b ü", &mut url);
/// assert_eq!(url, "/agents/a%2F..%2Fb%20%C3%BC");
/// ```
pub fn encode_component(text: &str, url: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' => {
                url.push(byte as char)
            }
            _ => {
                url.push('%');
                url.push(hex_digit(byte >> 4));
                url.push(hex_digit(byte & 15));
            }
        }
    }
}

pub(super) const fn hex_digit(nibble: u8) -> char {
    (match nibble {
        0..=9 => b'0' + nibble,
        _ => b'A' + (nibble - 10),
    }) as char
}

/// Whether `segment` would be taken for a step within the path (`.` or `..`). Percent-encoding
/// cannot hide those: URLs give `%2e%2e` the same meaning.
pub fn is_dot_segment(segment: &str) -> bool {
    segment == "." || segment == ".."
}

/// Why a text cannot be the base of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseUrlError {
    /// It is neither an `http:` or `https:` URL nor an absolute path.
    Form,
    /// It holds a user name or password, which `fetch` refuses.
    Credentials,
    /// It holds a query or a fragment, after which no path can follow.
    Tail,
}

impl BaseUrlError {
    /// What the argument must be instead, to follow its name.
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Form => "must be an http: or https: URL, such as \"https://your-app.com/api/kavach\"",
            Self::Credentials => "must not hold a user name or password; pass a token instead",
            Self::Tail => "must not hold a query or a fragment",
        }
    }
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.expected())
    }
}

impl std::error::Error for BaseUrlError {}

/// Checks the form of a base URL and drops slashes from its end.
///
/// The host parses it as well; this catches what the host would let through.
///
/// # Errors
/// A [`BaseUrlError`] that says what the base must be instead. It never repeats the text.
///
/// ```
/// # use kavachos_wasm::http::base_url;
/// assert_eq!(base_url("https://app.example/api/kavach/").unwrap(), "https://app.example/api/kavach");
/// assert!(base_url("app.example/api").is_err());
/// ```
pub fn base_url(text: &str) -> Result<&str, BaseUrlError> {
    if text.bytes().any(|byte| byte <= b' ' || byte == b'\\' || byte == 0x7F) {
        return Err(BaseUrlError::Form);
    }
    if text.bytes().any(|byte| matches!(byte, b'?' | b'#')) {
        return Err(BaseUrlError::Tail);
    }
    let rest = match scheme_end(text) {
        Some(at) => {
            let rest = text.get(at..).unwrap_or_default();
            let host = rest.bytes().take_while(|byte| *byte != b'/');
            if rest.is_empty() || rest.starts_with('/') {
                return Err(BaseUrlError::Form);
            }
            if host.into_iter().any(|byte| byte == b'@') {
                return Err(BaseUrlError::Credentials);
            }
            rest
        }
        // A path on the page's own origin; `//host` would be another origin.
        None if text.starts_with('/') && !text.starts_with("//") => text,
        None => return Err(BaseUrlError::Form),
    };
    let slashes = rest.bytes().rev().take_while(|byte| *byte == b'/').count();
    Ok(text.get(..text.len() - slashes).unwrap_or(text))
}

fn scheme_end(text: &str) -> Option<usize> {
    let begins = |scheme: &&&str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    ["https://", "http://"].iter().find(begins).map(|scheme| scheme.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> String {
        let mut url = String::new();
        encode_component(text, &mut url);
        url
    }

    #[test]
    fn encodes_like_encode_uri_component() {
        assert_eq!(encoded("AZaz09-_.!~*'()"), "AZaz09-_.!~*'()");
        assert_eq!(encoded("a b+c&d=e/f?g#h%i"), "a%20b%2Bc%26d%3De%2Ff%3Fg%23h%25i");
        assert_eq!(encoded("日本✓😀"), "%E6%97%A5%E6%9C%AC%E2%9C%93%F0%9F%98%80");
        assert_eq!(encoded("\u{0}\n"), "%00%0A");
    }

    #[test]
    fn drops_slashes_from_the_end_only() {
        assert_eq!(base_url("https://a.example///").unwrap(), "https://a.example");
        assert_eq!(base_url("HTTP://a.example/x//y/").unwrap(), "HTTP://a.example/x//y");
        assert_eq!(base_url("/api/kavach/").unwrap(), "/api/kavach");
        assert_eq!(base_url("/").unwrap(), "");
    }

    #[test]
    fn refuses_what_is_no_base() {
        for text in [
            "",
            "app.example",
            "ftp://a.example",
            "javascript:alert(1)",
            "//a.example",
            "https://",
            "http:///x",
            "https://a b",
            "https://a.example\n",
            "https:\\\\a.example",
        ] {
            assert_eq!(base_url(text), Err(BaseUrlError::Form), "{text:?}");
        }
        assert_eq!(base_url("https://user:secret@a.example"), Err(BaseUrlError::Credentials));
        assert_eq!(base_url("https://a.example/?x=1"), Err(BaseUrlError::Tail));
        assert_eq!(base_url("https://a.example/#x"), Err(BaseUrlError::Tail));
    }

    #[test]
    fn finds_dot_segments() {
        assert!(is_dot_segment(".") && is_dot_segment(".."));
        assert!(!is_dot_segment("...") && !is_dot_segment("a..") && !is_dot_segment("%2e%2e"));
    }
}
