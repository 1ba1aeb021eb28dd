//! One well-formed value of each wire type, out of tests/data/values.json.
#![allow(dead_code)]

use serde_json::{Map, Value};

/// All of them by name. A string `"@name"` in one stands for another.
pub fn all() -> Map<String, Value> {
    serde_json::from_str(include_str!("../data/values.json")).expect("the file is JSON")
}

fn value(name: &str) -> Value {
    let all = all();
    let mut value = all.get(name).cloned().expect("the value is there");
    if let Some(permissions) = value.get_mut("permissions") {
        *permissions = Value::Array(vec![all.get("permission").cloned().expect("the value is there")]);
    }
    value
}

pub fn agent() -> Value {
    value("agent")
}

pub fn entry() -> Value {
    value("entry")
}

pub fn chain() -> Value {
    value("chain")
}

pub fn user() -> Value {
    value("user")
}

pub fn session() -> Value {
    value("session")
}

pub fn request() -> Value {
    value("request")
}
