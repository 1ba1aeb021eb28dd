//! [`Json`] for `serde_json`: lets everything above the I/O run, and be tested, without a browser.

use super::check::Mismatch;
use super::is_timestamp;
use super::json::{Json, Kind};
use super::shape::Shape;
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

    fn object_text(&self) -> Option<Self> {
        self.is_object().then(|| Value::String(self.to_string()))
    }

    fn led_by(&self, name: &'static str, value: &str) -> Self {
        let members = self.as_str().and_then(|text| text.strip_prefix('{')).unwrap_or_default();
        Value::String(format!("{{{}:{},{members}", Value::from(name), Value::from(value)))
    }

    fn check(&self, shape: &'static Shape) -> Result<(), Mismatch> {
        let fits = match (shape, Json::kind(self)) {
            (Shape::Text, Kind::Text)
            | (Shape::Flag, Kind::Flag)
            | (Shape::Number, Kind::Number)
            | (Shape::Map | Shape::Instance, Kind::Object) => true,
            (Shape::Id, Kind::Text) => self != "",
            (Shape::Word, Kind::Text) => self.as_str().is_some_and(|text| !text.is_empty() && !text.contains(',')),
            (Shape::Moment, Kind::Text) => self.as_str().is_some_and(is_timestamp),
            (Shape::Count, Kind::Number) => self.as_f64().is_some_and(|number| number >= 0.0 && number.fract() == 0.0),
            (Shape::Choice(words, _), Kind::Text) => self.as_str().is_some_and(|text| words.contains(&text)),
            (Shape::List(shape), Kind::List) => {
                let mut items = self.as_array().into_iter().flatten().enumerate();
                let checked = items.try_for_each(|(index, item)| {
                    item.check(shape).map_err(|mismatch| mismatch.below(&format!("[{index}]")))
                });
                return checked;
            }
            (Shape::Object(fields), Kind::Object) => {
                return fields.iter().try_for_each(|field| {
                    let member = Json::get(self, field.name);
                    if !field.required && member.is_absent() {
                        return Ok(());
                    }
                    member.check(field.shape).map_err(|mismatch| mismatch.below(&format!(".{}", field.name)))
                });
            }
            _ => false,
        };
        if fits { Ok(()) } else { Err(Mismatch::new("", shape.expected())) }
    }

    fn sendable(&self, shape: &'static Shape) -> Result<Self, Mismatch> {
        let mut copy = self.clone();
        match (shape, &mut copy) {
            (Shape::Object(fields), Value::Object(members)) => {
                if let Some((name, _)) = members.iter().find(|(name, _)| !fields.iter().any(|field| field.name == *name)) {
                    return Err(Mismatch::new(&format!(".{name}"), "left out: the name is not known."));
                }
                for field in *fields {
                    match members.get_mut(field.name) {
                        Some(Value::Null) => drop(members.shift_remove(field.name)),
                        Some(member) => {
                            *member = member
                                .sendable(field.shape)
                                .map_err(|mismatch| mismatch.below(&format!(".{}", field.name)))?;
                        }
                        None => {}
                    }
                }
            }
            (Shape::List(shape), Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    *item = item.sendable(shape).map_err(|mismatch| mismatch.below(&format!("[{index}]")))?;
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
