//! Takes the secrets of a call out of what is shown of it, should a server or a platform have repeated them.

use crate::client::encode_component;
use ::http::HeaderMap;
use serde_json::Value;

/// Shorter ones would be found in any word.
const SHORTEST: usize = 4;
const REDACTED: &str = "[redacted]";

/// The secrets of a call, in every form in which they may be repeated.
pub(super) struct Secrets(Vec<String>);

impl Secrets {
    /// Secrets as they are, and as JSON and URLs write them. Longer ones first: one may be part of another.
    pub fn new<'a>(secrets: impl Iterator<Item = &'a str>) -> Self {
        let mut forms = Vec::new();
        for secret in secrets.filter(|secret| secret.len() >= SHORTEST) {
            let quoted = Value::from(secret).to_string();
            let mut encoded = String::new();
            encode_component(secret, &mut encoded);
            let quoted =
                quoted.strip_prefix('"').and_then(|quoted| quoted.strip_suffix('"')).unwrap_or(secret).to_owned();
            forms.extend([secret.to_owned(), quoted, encoded]);
        }
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms.dedup();
        Self(forms)
    }

    /// A text without the secrets.
    pub fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for form in self.0.iter().filter(|form| form.len() >= SHORTEST) {
            if text.contains(form) {
                text = text.replace(form, REDACTED);
            }
        }
        text
    }

    /// A JSON value without the secrets.
    pub fn redact_value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.redact(text)),
            Value::Array(items) => items.iter().map(|item| self.redact_value(item)).collect(),
            Value::Object(members) => {
                members.iter().map(|(name, member)| (self.redact(name), self.redact_value(member))).collect()
            }
            other => other.clone(),
        }
    }
}

/// The header values that look like credentials by their names, with and without their scheme.
pub(super) fn secrets_among(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    const WORDS: [&str; 6] = ["auth", "cookie", "key", "secret", "token", "password"];
    let is_secret = |name: &str| WORDS.iter().any(|word| name.contains(word));
    let values = headers.iter().filter(move |(name, _)| is_secret(name.as_str()));
    values
        .filter_map(|(_, value)| value.to_str().ok())
        .flat_map(|value| [value, value.rsplit(' ').next().unwrap_or("")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_of_a_secret_is_left() {
        let secrets = Secrets::new(["kv_\"1\" x", "kv_\"1\"", "abc", ""].into_iter());
        let text = r#"kv_"1" x, kv_\"1\", kv_%221%22%20x and abc"#;
        assert_eq!(secrets.redact(text), "[redacted], [redacted], [redacted] and abc");
        let value = serde_json::json!({ "kv_\"1\"": [1, "say kv_\"1\""], "b": null });
        assert_eq!(secrets.redact_value(&value), serde_json::json!({ "[redacted]": [1, "say [redacted]"], "b": null }));
    }

    #[test]
    fn a_quote_at_the_end_of_a_secret_is_part_of_it() {
        assert_eq!(Secrets::new(["secret\""].into_iter()).redact("say secret\\\"."), "say [redacted].");
    }
}
