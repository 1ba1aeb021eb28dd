//! The text that goes into the segments and queries of URLs.

/// Appends `text` to `url` as `encodeURIComponent` would write it.
///
/// ```
/// # use kavachos_wasm::client::encode_component;
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

const fn hex_digit(nibble: u8) -> char {
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
    fn finds_dot_segments() {
        assert!(is_dot_segment(".") && is_dot_segment(".."));
        assert!(!is_dot_segment("...") && !is_dot_segment("a..") && !is_dot_segment("%2e%2e"));
    }
}
