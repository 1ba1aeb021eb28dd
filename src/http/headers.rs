//! Request headers: what may be one, and whose wins.

/// Why a header cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderError {
    /// The name is not one.
    Name,
    /// The value of the header of this name holds a character that headers cannot carry.
    Value(String),
}

/// Request headers. Names are compared without regard to case; the last value set wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// No headers.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Sets a header, in place of any of that name.
    ///
    /// # Errors
    /// A [`HeaderError`], which never holds the value, for it may be a secret.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), HeaderError> {
        if !is_name(name) {
            return Err(HeaderError::Name);
        }
        if !is_value(value) {
            return Err(HeaderError::Value(name.to_owned()));
        }
        self.put(name, value.to_owned());
        Ok(())
    }

    /// Takes a header away.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(present, _)| !present.eq_ignore_ascii_case(name));
    }

    /// The headers of one request: the caller's own, the token over any `Authorization` among them,
    /// and a `Content-Type` exactly if there is a body (some servers refuse one without the other).
    pub fn for_request(&self, token: Option<&str>, has_body: bool) -> Self {
        let mut headers = self.clone();
        headers.remove("Content-Type");
        if !headers.0.iter().any(|(name, _)| name.eq_ignore_ascii_case("Accept")) {
            headers.put("Accept", "application/json".to_owned());
        }
        if let Some(token) = token {
            headers.put("Authorization", ["Bearer ", token].concat());
        }
        if has_body {
            headers.put("Content-Type", "application/json".to_owned());
        }
        headers
    }

    /// The values that look like credentials, by their names.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        const WORDS: [&str; 6] = ["auth", "cookie", "key", "secret", "token", "password"];
        let secret = |name: &str| {
            let name = name.to_ascii_lowercase();
            WORDS.iter().any(|word| name.contains(word))
        };
        self.iter().filter(move |(name, _)| secret(name)).flat_map(|(_, value)| {
            // With and without its scheme.
            [value, value.rsplit(' ').next().unwrap_or(value)]
        })
    }

    fn put(&mut self, name: &str, value: String) {
        self.remove(name);
        self.0.push((name.to_owned(), value));
    }

    /// Each name and each value on a line of its own. Neither can hold a line break.
    pub fn lines(&self) -> String {
        let mut lines = String::new();
        for text in self.0.iter().flat_map(|(name, value)| [name, value]) {
            if !lines.is_empty() {
                lines.push('\n');
            }
            lines.push_str(text);
        }
        lines
    }

    /// The headers, in the order in which they were set.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Whether `text` can be a bearer token: visible ASCII, at least one character.
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Header values are Latin-1 without NUL, CR and LF. (Hosts quote the value in their own error,
/// token and all, so they must never get to see a wrong one.)
fn is_value(value: &str) -> bool {
    value.chars().all(|c| u32::from(c) <= 0xFF && !matches!(c, '\0' | '\r' | '\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_wins_whatever_its_case() {
        let mut headers = Headers::new();
        headers.set("X-Tenant", "acme").unwrap();
        headers.set("x-tenant", "other").unwrap();
        assert_eq!(headers.iter().collect::<Vec<_>>(), [("x-tenant", "other")]);
    }

    #[test]
    fn a_token_goes_over_any_authorization_header() {
        let mut headers = Headers::new();
        headers.set("authorization", "Basic abc").unwrap();
        let with_token = headers.for_request(Some("kv_1"), false);
        assert_eq!(
            with_token.iter().collect::<Vec<_>>(),
            [("Accept", "application/json"), ("Authorization", "Bearer kv_1")]
        );
        let without = headers.for_request(None, false);
        assert_eq!(
            without.iter().collect::<Vec<_>>(),
            [("authorization", "Basic abc"), ("Accept", "application/json")]
        );
    }

    #[test]
    fn there_is_a_content_type_exactly_if_there_is_a_body() {
        let mut headers = Headers::new();
        headers.set("content-type", "text/plain").unwrap();
        headers.set("ACCEPT", "text/csv").unwrap();
        assert_eq!(headers.for_request(None, false).iter().collect::<Vec<_>>(), [("ACCEPT", "text/csv")]);
        assert_eq!(
            headers.for_request(None, true).iter().collect::<Vec<_>>(),
            [("ACCEPT", "text/csv"), ("Content-Type", "application/json")]
        );
    }

    #[test]
    fn refuses_what_hosts_would_quote_in_their_errors() {
        let mut headers = Headers::new();
        assert_eq!(headers.set("X Y", "v"), Err(HeaderError::Name));
        assert_eq!(headers.set("", "v"), Err(HeaderError::Name));
        assert_eq!(headers.set("X-Ü", "v"), Err(HeaderError::Name));
        for value in ["a\nb", "a\rb", "a\0b", "日本"] {
            assert_eq!(headers.set("X-A", value), Err(HeaderError::Value("X-A".into())));
        }
        assert_eq!(headers.set("X-A", "caf\u{e9} au lait"), Ok(()));
    }

    #[test]
    fn tokens_are_visible_ascii() {
        assert!(is_token("kv_abc-DEF_123") && is_token("a.b.c"));
        for token in ["", " ", "a b", "a\n", "kv_é", "a\tb"] {
            assert!(!is_token(token), "{token:?}");
        }
    }
}
