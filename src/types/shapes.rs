//! Shapes as JavaScript holds them: what conform.js walks.

use super::check::Mismatch;
use super::shape::Shape;
use crate::kept::Kept;
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/types/conform.js")]
extern "C" {
    type Found;
    #[wasm_bindgen(method, getter)]
    fn path(this: &Found) -> String;
    #[wasm_bindgen(method, getter)]
    fn expected(this: &Found) -> String;

    #[wasm_bindgen(js_name = mismatch, catch)]
    fn find_mismatch(value: &JsValue, shape: &JsValue) -> Result<Option<Found>, JsValue>;
    #[wasm_bindgen(js_name = sendable, catch)]
    fn copy_sendable(value: &JsValue, shape: &JsValue) -> Result<JsValue, JsValue>;
}

// What conform.js imports: declaring one of its functions is what takes a module along.
#[wasm_bindgen(module = "/src/types/names.js")]
#[allow(dead_code)]
extern "C" {
    #[wasm_bindgen(js_name = leftOut)]
    fn left_out();
}
#[wasm_bindgen(module = "/src/types/own.js")]
#[allow(dead_code)]
extern "C" {
    fn own();
}
#[wasm_bindgen(module = "/src/types/plain-copy.js")]
#[allow(dead_code)]
extern "C" {
    #[wasm_bindgen(js_name = plainCopy)]
    fn plain_copy();
}
#[wasm_bindgen(module = "/src/types/forms.js")]
#[allow(dead_code)]
extern "C" {
    #[wasm_bindgen(js_name = isObject)]
    fn is_object();
}
#[wasm_bindgen(module = "/src/types/straight.js")]
#[allow(dead_code)]
extern "C" {
    #[wasm_bindgen(js_name = STRAIGHT)]
    fn straight();
}

/// The shapes that have been asked for.
static SHAPES: Kept<Shape> = Kept::new();

/// Checks that `value` has the form of `shape`.
pub fn check(value: &JsValue, shape: &'static Shape) -> Result<(), Mismatch> {
    match find_mismatch(value, in_javascript(shape)) {
        Ok(None) => Ok(()),
        Ok(Some(found)) => Err(Mismatch { path: found.path(), expected: found.expected() }),
        Err(_) => Err(unreadable()),
    }
}

/// A copy of `value` to send.
pub fn sendable(value: &JsValue, shape: &'static Shape) -> Result<JsValue, Mismatch> {
    copy_sendable(value, in_javascript(shape)).map_err(|problem| {
        let text = |name| js_sys::Reflect::get(&problem, &JsValue::from_str(name)).ok().and_then(|text| text.as_string());
        match (text("path"), text("expected")) {
            (Some(path), Some(expected)) => Mismatch { path, expected },
            _ => unreadable(),
        }
    })
}

fn unreadable() -> Mismatch {
    Mismatch::new("", "a value that can be read: a getter or a proxy in it throws")
}

/// `shape` as JavaScript holds it.
pub fn in_javascript(shape: &'static Shape) -> &'static JsValue {
    SHAPES.get(shape, || describe(shape).into())
}

/// The array that conform.js says more of.
fn describe(shape: &'static Shape) -> Array {
    let array = Array::new();
    let push = |value: &JsValue| {
        array.push(value);
    };
    push(&shape.kind().into());
    push(&shape.expected().into());
    match shape {
        Shape::List(item) => push(in_javascript(item)),
        Shape::Object(fields) => {
            for field in *fields {
                push(&field.name.into());
                push(in_javascript(field.shape));
                push(&field.required.into());
            }
        }
        Shape::Choice(words, _) => push(&words.iter().copied().map(JsValue::from_str).collect::<Array>()),
        _ => {}
    }
    array
}
