//! [`Json`] for JavaScript values, read in place.

use crate::types::{Json, Kind};
use js_sys::{Array, JSON, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/value.js")]
extern "C" {
    fn kind(value: &JsValue) -> u32;
    #[wasm_bindgen(catch)]
    fn member(object: &JsValue, key: &JsValue) -> Result<JsValue, JsValue>;
    /// The pairs of a `Headers` or a plain object.
    #[wasm_bindgen(catch)]
    pub fn entries(value: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(js_name = withMember, catch)]
    fn with_member(value: &JsValue, key: &JsValue, member: &JsValue) -> Result<JsValue, JsValue>;
}

thread_local! {
    /// Member names as JavaScript strings: making one costs more than looking the member up.
    static KEYS: RefCell<Vec<(&'static str, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// A member name as a JavaScript string. Names are few and static, so they are kept.
pub fn key(name: &'static str) -> JsValue {
    KEYS.with(|keys| {
        let Ok(mut keys) = keys.try_borrow_mut() else {
            return JsValue::from_str(name);
        };
        if let Some((_, key)) = keys.iter().find(|(known, _)| std::ptr::eq(*known, name)) {
            return key.clone();
        }
        let key = JsValue::from_str(name);
        keys.push((name, key.clone()));
        key
    })
}

/// What stands for a member that throws when it is read: of no type that anything may have, and not absent.
fn unreadable(_: JsValue) -> JsValue {
    JsValue::from_f64(f64::NAN)
}

impl Json for JsValue {
    fn kind(&self) -> Kind {
        match kind(self) {
            0 => Kind::Absent,
            1 => Kind::Flag,
            2 => Kind::Number,
            3 => Kind::Text,
            4 => Kind::Date,
            5 => Kind::List,
            6 => Kind::Object,
            _ => Kind::Other,
        }
    }

    fn get(&self, name: &'static str) -> Self {
        // Nothing has members but objects.
        if self.is_object() { member(self, &key(name)).unwrap_or_else(unreadable) } else { Self::UNDEFINED }
    }

    fn count(&self) -> u32 {
        self.dyn_ref::<Array>().map_or(0, Array::length)
    }

    fn at(&self, index: u32) -> Self {
        Reflect::get_u32(self, index).unwrap_or_else(unreadable)
    }

    fn text(&self) -> Option<String> {
        match self.dyn_ref::<js_sys::Date>() {
            Some(_) => self.json().and_then(|quoted| Some(quoted.strip_prefix('"')?.strip_suffix('"')?.to_owned())),
            // Half a surrogate pair has no UTF-8 form: it would arrive as another text.
            None => self.as_string().filter(|text| {
                !text.contains(char::REPLACEMENT_CHARACTER)
                    || self.dyn_ref::<js_sys::JsString>().is_some_and(js_sys::JsString::is_valid_utf16)
            }),
        }
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn flag(&self) -> Option<bool> {
        self.as_bool()
    }

    fn json(&self) -> Option<String> {
        // `JSON.stringify` throws on cycles, and returns `undefined` where `toJSON` does.
        JSON::stringify(self).ok().and_then(|text| JsValue::from(text).as_string())
    }

    fn with(&self, name: &'static str, value: Option<&Self>) -> Self {
        // What cannot be copied cannot be written as JSON either.
        with_member(self, &key(name), value.unwrap_or(&Self::UNDEFINED)).unwrap_or_else(|_| self.clone())
    }

    fn replacing(&self, index: u32, item: &Self) -> Self {
        with_member(self, &Self::from(index), item).unwrap_or_else(|_| self.clone())
    }

    fn absent() -> Self {
        Self::UNDEFINED
    }

    fn null() -> Self {
        Self::NULL
    }

    fn object() -> Self {
        Object::new().into()
    }

    fn string(text: &str) -> Self {
        Self::from_str(text)
    }

    fn boolean(flag: bool) -> Self {
        Self::from_bool(flag)
    }

    fn set(&mut self, name: &'static str, value: &Self) {
        // The object was decoded by this client a moment ago; setting its members cannot fail.
        let _ = Reflect::set(self, &key(name), value);
    }
}
