//! [`Json`] for JavaScript values, read in place.

use crate::kept::Kept;
use crate::schema::{Json, Kind, Mismatch, Schema, shapes};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/host/client/value.js")]
extern "C" {
    fn kind(value: &JsValue) -> u32;
    #[wasm_bindgen(catch)]
    fn member(object: &JsValue, key: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = objectText)]
    fn object_text(value: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = ledBy)]
    fn led_by(text: &JsValue, name: &JsValue, value: &str) -> JsValue;
}

/// Member names as JavaScript strings: making one costs more than looking the member up.
static KEYS: Kept<str> = Kept::new();

/// A member name as a JavaScript string.
fn key(name: &'static str) -> &'static JsValue {
    KEYS.get(name, || JsValue::from_str(name))
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
            4 => Kind::List,
            5 => Kind::Object,
            _ => Kind::Other,
        }
    }

    fn get(&self, name: &'static str) -> Self {
        // Nothing has members but objects.
        if self.is_object() { member(self, key(name)).unwrap_or_else(unreadable) } else { Self::UNDEFINED }
    }

    fn count(&self) -> u32 {
        self.dyn_ref::<Array>().map_or(0, Array::length)
    }

    fn at(&self, index: u32) -> Self {
        Reflect::get_u32(self, index).unwrap_or_else(unreadable)
    }

    fn text(&self) -> Option<String> {
        self.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn flag(&self) -> Option<bool> {
        self.as_bool()
    }

    fn object_text(&self) -> Option<Self> {
        let text = object_text(self);
        (!text.is_undefined()).then_some(text)
    }

    fn led_by(&self, name: &'static str, value: &str) -> Self {
        led_by(self, key(name), value)
    }

    fn check(&self, schema: &'static Schema) -> Result<(), Mismatch> {
        shapes::check(self, schema)
    }

    fn sendable(&self, schema: &'static Schema) -> Result<Self, Mismatch> {
        shapes::sendable(self, schema)
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
        let _ = Reflect::set(self, key(name), value);
    }
}
