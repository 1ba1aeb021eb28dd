//! [`Json`] for `serde_json`: lets everything above the I/O run, and be tested, without a browser.

use super::json::{Json, Kind};
use serde_json::{Map, Value};

impl Json for Value {
    fn kind(&self) -> Kind {
        match self {
            Value::Null => Kind::Absent,
            Value::Bool(_) => Kind::Flag,
            Value::Number(_) => Kind::Number,
            Value::String(_) => Kind::Text,
            Value::Array(_) => Kind::List,
            Value::Object(_) => Kind::Object,
        }
    }

    fn get(&self, key: &'static str) -> Self {
        Value::get(self, key).cloned().unwrap_or_default()
    }

    fn count(&self) -> u32 {
        self.as_array().map_or(0, |items| items.len() as u32)
    }

    fn at(&self, index: u32) -> Self {
        Value::get(self, index as usize).cloned().unwrap_or_default()
    }

    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn flag(&self) -> Option<bool> {
        self.as_bool()
    }

    fn json(&self) -> Option<String> {
        Some(self.to_string())
    }

    fn with(&self, key: &'static str, value: Option<&Self>) -> Self {
        let mut copy = self.clone();
        if let Some(members) = copy.as_object_mut() {
            match value {
                Some(value) => members.insert(key.to_owned(), value.clone()),
                None => members.shift_remove(key),
            };
        }
        copy
    }

    fn replacing(&self, index: u32, item: &Self) -> Self {
        let mut copy = self.clone();
        if let Some(slot) = copy.get_mut(index as usize) {
            *slot = item.clone();
        }
        copy
    }

    fn absent() -> Self {
        Value::Null
    }

    fn null() -> Self {
        Value::Null
    }

    fn object() -> Self {
        Value::Object(Map::new())
    }

    fn string(text: &str) -> Self {
        Value::String(text.to_owned())
    }

    fn boolean(flag: bool) -> Self {
        Value::Bool(flag)
    }

    fn set(&mut self, key: &'static str, value: &Self) {
        if let Some(members) = self.as_object_mut() {
            members.insert(key.to_owned(), value.clone());
        }
    }
}
