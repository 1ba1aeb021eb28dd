//! Checking request bodies, with the sentences that the real server uses.

use crate::clock::{self, Millis};
use crate::reply::Problem;
use kavachos_wasm::schema::Permission;
use serde_json::{Map, Value};

/// A request body, and what is wrong with it so far.
pub struct Input {
    body: Map<String, Value>,
    problems: Vec<String>,
}

impl Input {
    /// Reads the body as a JSON object.
    pub fn read(body: &[u8]) -> Result<Self, Problem> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(body)) => Ok(Self { body, problems: Vec::new() }),
            Ok(other) => Err(invalid(&[format!(": Expected object, received {}", kind(&other))])),
            Err(_) => Err(Problem::new(400, "BAD_REQUEST", "Invalid JSON body")),
        }
    }

    /// A required, non-empty string.
    pub fn text(&mut self, key: &str) -> String {
        self.optional_text(key).unwrap_or_else(|| {
            if !self.body.contains_key(key) {
                self.problem(key, "Required");
            }
            String::new()
        })
    }

    /// A non-empty string that may be missing.
    pub fn optional_text(&mut self, key: &str) -> Option<String> {
        match self.body.get(key)? {
            Value::String(text) if text.is_empty() => self.problem(key, "String must contain at least 1 character(s)"),
            Value::String(text) => return Some(text.clone()),
            other => self.problem(key, &format!("Expected string, received {}", kind(other))),
        }
        None
    }

    /// A required word out of a few.
    pub fn word(&mut self, key: &str, words: &[&str]) -> String {
        match self.body.get(key) {
            Some(Value::String(word)) if words.contains(&word.as_str()) => return word.clone(),
            Some(Value::String(word)) => {
                let expected = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" | ");
                let message = format!("Invalid enum value. Expected {expected}, received '{word}'");
                self.problem(key, &message);
            }
            Some(other) => {
                let expected = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" | ");
                let message = format!("Expected {expected}, received {}", kind(other));
                self.problem(key, &message);
            }
            None => self.problem(key, "Required"),
        }
        String::new()
    }

    /// A date that may be missing. `null` is 1970: the real server coerces whatever comes.
    pub fn optional_date(&mut self, key: &str) -> Option<Millis> {
        let moment = match self.body.get(key)? {
            Value::Null => Some(0),
            Value::Number(number) => number.as_i64(),
            Value::String(text) => clock::parse(text),
            _ => None,
        };
        if moment.is_none() {
            self.problem(key, "Invalid date");
        }
        moment
    }

    /// A required date.
    pub fn date(&mut self, key: &str) -> Millis {
        if !self.body.contains_key(key) {
            self.problem(key, "Invalid date");
        }
        self.optional_date(key).unwrap_or_default()
    }

    /// An object that may be missing.
    pub fn optional_object(&mut self, key: &str) -> Option<Value> {
        let value = self.body.get(key)?.clone();
        if !value.is_object() {
            self.problem(key, &format!("Expected object, received {}", kind(&value)));
            return None;
        }
        Some(value)
    }

    /// A whole number above 0 that may be missing.
    pub fn optional_count(&mut self, key: &str) -> Option<u32> {
        let value = self.body.get(key)?.clone();
        self.count_at(key, &value)
    }

    /// A flag that may be missing.
    pub fn optional_flag(&mut self, key: &str) -> Option<bool> {
        let value = self.body.get(key)?.clone();
        if value.as_bool().is_none() {
            self.problem(key, &format!("Expected boolean, received {}", kind(&value)));
        }
        value.as_bool()
    }

    /// A required list of strings.
    pub fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(value) = self.body.get(key).cloned() else {
            self.problem(key, "Required");
            return Vec::new();
        };
        self.texts_at(key, &value, 0)
    }

    /// Permissions: `None` if they are missing.
    pub fn permissions(&mut self, key: &str, at_least: usize) -> Option<Vec<Permission>> {
        let value = self.body.get(key)?.clone();
        let Some(items) = value.as_array() else {
            self.problem(key, &format!("Expected array, received {}", kind(&value)));
            return None;
        };
        if items.len() < at_least {
            self.problem(key, &format!("Array must contain at least {at_least} element(s)"));
        }
        let before = self.problems.len();
        for (index, item) in items.iter().enumerate() {
            self.permission_at(&format!("{key}.{index}"), item);
        }
        (self.problems.len() == before).then(|| serde_json::from_value(value).unwrap_or_default())
    }

    /// Says that a required member is missing.
    pub fn require(&mut self, key: &str) {
        if !self.body.contains_key(key) {
            self.problem(key, "Required");
        }
    }

    /// The end of the checks: 400 if anything was wrong.
    pub fn finish(self) -> Result<(), Problem> {
        if self.problems.is_empty() { Ok(()) } else { Err(invalid(&self.problems)) }
    }

    fn permission_at(&mut self, path: &str, permission: &Value) {
        if !permission.is_object() {
            return self.problem(path, &format!("Expected object, received {}", kind(permission)));
        }
        match permission.get("resource") {
            None => self.problem(&format!("{path}.resource"), "Required"),
            Some(resource) => self.text_at(&format!("{path}.resource"), resource),
        }
        match permission.get("actions") {
            None => self.problem(&format!("{path}.actions"), "Required"),
            Some(actions) => drop(self.texts_at(&format!("{path}.actions"), actions, 1)),
        }
        if let Some(constraints) = permission.get("constraints") {
            self.constraints_at(&format!("{path}.constraints"), constraints);
        }
    }

    fn constraints_at(&mut self, path: &str, constraints: &Value) {
        let Some(constraints) = constraints.as_object() else {
            return self.problem(path, &format!("Expected object, received {}", kind(constraints)));
        };
        for (key, value) in constraints {
            let path = format!("{path}.{key}");
            match (key.as_str(), value) {
                ("maxCallsPerHour", value) => drop(self.count_at(&path, value)),
                ("allowedArgPatterns" | "ipAllowlist", Value::Array(items)) => {
                    for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_string()) {
                        self.problem(&format!("{path}.{index}"), &format!("Expected string, received {}", kind(item)));
                    }
                }
                ("allowedArgPatterns" | "ipAllowlist", other) => {
                    self.problem(&path, &format!("Expected array, received {}", kind(other)));
                }
                ("requireApproval", other) if !other.is_boolean() => {
                    self.problem(&path, &format!("Expected boolean, received {}", kind(other)));
                }
                ("timeWindow", Value::Object(window)) => {
                    for end in ["start", "end"] {
                        match window.get(end) {
                            Some(Value::String(_)) => {}
                            Some(other) => {
                                let message = format!("Expected string, received {}", kind(other));
                                self.problem(&format!("{path}.{end}"), &message);
                            }
                            None => self.problem(&format!("{path}.{end}"), "Required"),
                        }
                    }
                }
                ("timeWindow", other) => self.problem(&path, &format!("Expected object, received {}", kind(other))),
                _ => {}
            }
        }
    }

    fn count_at(&mut self, path: &str, value: &Value) -> Option<u32> {
        match value.as_f64() {
            None => self.problem(path, &format!("Expected number, received {}", kind(value))),
            Some(number) if number.fract() != 0.0 => self.problem(path, "Expected integer, received float"),
            Some(number) if number <= 0.0 => self.problem(path, "Number must be greater than 0"),
            Some(number) => return Some(number as u32),
        }
        None
    }

    fn text_at(&mut self, path: &str, value: &Value) {
        match value.as_str() {
            Some("") => self.problem(path, "String must contain at least 1 character(s)"),
            Some(_) => {}
            None => self.problem(path, &format!("Expected string, received {}", kind(value))),
        }
    }

    fn texts_at(&mut self, path: &str, value: &Value, at_least: usize) -> Vec<String> {
        let Some(items) = value.as_array() else {
            self.problem(path, &format!("Expected array, received {}", kind(value)));
            return Vec::new();
        };
        if items.len() < at_least {
            self.problem(path, &format!("Array must contain at least {at_least} element(s)"));
        }
        for (index, item) in items.iter().enumerate() {
            self.text_at(&format!("{path}.{index}"), item);
        }
        items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    }

    fn problem(&mut self, path: &str, message: &str) {
        self.problems.push(format!("{path}: {message}"));
    }
}

fn invalid(problems: &[String]) -> Problem {
    Problem::new(400, "BAD_REQUEST", format!("Validation failed: {}", problems.join(", ")))
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
