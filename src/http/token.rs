//! Bearer tokens.

/// Whether `text` can be a bearer token: visible ASCII, at least one character.
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::is_token;

    #[test]
    fn tokens_are_visible_ascii() {
        assert!(is_token("kv_abc-DEF_123") && is_token("a.b.c"));
        for token in ["", " ", "a b", "a\n", "kv_é", "a\tb"] {
            assert!(!is_token(token), "{token:?}");
        }
    }
}
