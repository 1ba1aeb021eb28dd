//! Panics that a test asks for, by the id it calls a method with. Never part of the package.

use crate::http::Operation;

/// Panics if the id of `operation` is `moment`.
pub fn at(moment: &str, operation: &Operation<wasm_bindgen::JsValue>) {
    assert!(operation.id.as_deref() != Some(moment), "asked for by a test");
}
