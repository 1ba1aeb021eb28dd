//! Shapes as JavaScript holds them: what conform.js walks.

use super::check::Mismatch;
use super::wire::Schema;
use crate::kept::Kept;
use crate::single::Single;
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/host/validate/conform.js")]
extern "C" {
    type Found;
    #[wasm_bindgen(method, getter)]
    fn path(this: &Found) -> String;
    #[wasm_bindgen(method, getter)]
    fn expected(this: &Found) -> String;

    #[wasm_bindgen(js_name = mismatch, catch)]
    fn find_mismatch(value: &JsValue, schema: &JsValue) -> Result<Option<Found>, JsValue>;
    #[wasm_bindgen(js_name = sendable, catch)]
    fn copy_sendable(value: &JsValue, schema: &JsValue, allow_unknown: &JsValue) -> Result<JsValue, JsValue>;
}

/// The shapes that have been asked for.
static SHAPES: Kept<Schema> = Kept::new();

/// The option `allowUnknown` of the call whose arguments are being read.
static ALLOWED: Single<JsValue> = Single::new(JsValue::UNDEFINED);

/// Reads arguments, with the names let through that `allow_unknown` says.
pub fn allowing<T>(allow_unknown: &JsValue, read: impl FnOnce() -> T) -> T {
    let before = ALLOWED.with(|allowed| std::mem::replace(allowed, allow_unknown.clone()));
    let result = read();
    ALLOWED.with(|allowed| *allowed = before);
    result
}

/// Checks that `value` has the form of `schema`.
pub fn check(value: &JsValue, schema: &'static Schema) -> Result<(), Mismatch> {
    match find_mismatch(value, in_javascript(schema)) {
        Ok(None) => Ok(()),
        Ok(Some(found)) => Err(Mismatch { path: found.path(), expected: found.expected() }),
        Err(_) => Err(unreadable()),
    }
}

/// A copy of `value` to send.
pub fn sendable(value: &JsValue, schema: &'static Schema) -> Result<JsValue, Mismatch> {
    let allowed = ALLOWED.with(|allowed| allowed.clone());
    copy_sendable(value, in_javascript(schema), &allowed).map_err(|problem| {
        let text =
            |name| js_sys::Reflect::get(&problem, &JsValue::from_str(name)).ok().and_then(|text| text.as_string());
        match (text("path"), text("expected")) {
            (Some(path), Some(expected)) => Mismatch { path, expected },
            _ => unreadable(),
        }
    })
}

fn unreadable() -> Mismatch {
    Mismatch::new("", "a value that can be read: a getter or a proxy in it throws")
}

/// `schema` as JavaScript holds it.
pub fn in_javascript(schema: &'static Schema) -> &'static JsValue {
    SHAPES.get(schema, || describe(schema).into())
}

/// The array that conform.js says more of.
fn describe(schema: &'static Schema) -> Array {
    let array = Array::new();
    let push = |value: &JsValue| {
        array.push(value);
    };
    push(&schema.kind().into());
    push(&schema.expected().into());
    match schema {
        Schema::List(item) => push(in_javascript(item)),
        Schema::Object(fields) => {
            for field in *fields {
                push(&field.name.into());
                push(in_javascript(field.schema));
                push(&field.required.into());
            }
        }
        Schema::Choice(words, _) => push(&words.iter().copied().map(JsValue::from_str).collect::<Array>()),
        _ => {}
    }
    array
}
