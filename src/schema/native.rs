//! [`Json`] for `serde_json`: lets everything above the I/O run, and be tested, without a browser.

use super::check::Mismatch;
use super::is_timestamp;
use super::json::{Json, Kind};
use super::wire::Schema;
use serde_json::{Map, Value};

/// The step from an array to an item: `[2]`.
fn item_step(index: usize) -> String {
    ["[", &index.to_string(), "]"].concat()
}

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

    fn object_text(&self) -> Option<Self> {
        self.is_object().then(|| Value::String(self.to_string()))
    }

    fn led_by(&self, name: &'static str, value: &str) -> Self {
        let members = self.as_str().and_then(|text| text.strip_prefix('{')).unwrap_or_default();
        let (name, value) = (Value::from(name).to_string(), Value::from(value).to_string());
        Value::String(["{", &name, ":", &value, ",", members].concat())
    }

    fn check(&self, schema: &'static Schema) -> Result<(), Mismatch> {
        let fits = match (schema, Json::kind(self)) {
            (Schema::Text, Kind::Text)
            | (Schema::Flag, Kind::Flag)
            | (Schema::Number, Kind::Number)
            | (Schema::Map | Schema::Instance, Kind::Object) => true,
            (Schema::Json, _) => true,
            (Schema::Id | Schema::PathId, Kind::Text) => self != "",
            (Schema::Word, Kind::Text) => self.as_str().is_some_and(|text| !text.is_empty() && !text.contains(',')),
            (Schema::Moment, Kind::Text) => self.as_str().is_some_and(is_timestamp),
            (Schema::Count, Kind::Number) => self.as_f64().is_some_and(|number| number >= 0.0 && number.fract() == 0.0),
            (Schema::Choice(words, _), Kind::Text) => self.as_str().is_some_and(|text| words.contains(&text)),
            (Schema::List(schema), Kind::List) => {
                let mut items = self.as_array().into_iter().flatten().enumerate();
                let checked = items.try_for_each(|(index, item)| {
                    item.check(schema).map_err(|mismatch| mismatch.below(&item_step(index)))
                });
                return checked;
            }
            (Schema::Object(fields), Kind::Object) => {
                return fields.iter().try_for_each(|field| {
                    let member = Value::get(self, field.name).unwrap_or(&Value::Null);
                    if !field.required && member.is_absent() {
                        return Ok(());
                    }
                    member.check(field.schema).map_err(|mismatch| mismatch.below(&[".", field.name].concat()))
                });
            }
            _ => false,
        };
        if fits { Ok(()) } else { Err(Mismatch::new("", schema.expected())) }
    }

    fn sendable(&self, schema: &'static Schema, allows: &dyn Fn(&str) -> bool) -> Result<Self, Mismatch> {
        let mut copy = self.clone();
        match (schema, &mut copy) {
            (Schema::Object(fields), Value::Object(members)) => {
                // In the order in which they stand, as JavaScript does.
                for (name, member) in std::mem::take(members) {
                    let below = |mismatch: Mismatch| mismatch.below(&[".", name.as_str()].concat());
                    let Some(field) = fields.iter().find(|field| field.name == name) else {
                        if !allows(&name) {
                            return Err(below(Mismatch::new("", "left out: the name is not known.")));
                        }
                        members.insert(name, member);
                        continue;
                    };
                    if !member.is_null() {
                        members.insert(name.clone(), member.sendable(field.schema, allows).map_err(below)?);
                    }
                }
            }
            (Schema::List(schema), Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    *item = item.sendable(schema, allows).map_err(|mismatch| mismatch.below(&item_step(index)))?;
                }
            }
            _ => {}
        }
        Ok(copy)
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
