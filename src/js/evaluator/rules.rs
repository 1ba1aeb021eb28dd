//! Permissions and modes, which JavaScript checks and packs (`rules.js`).

use crate::permissions::{Mode, unpack};
use crate::types::Permission;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/evaluator/rules.js")]
extern "C" {
    type Packed;
    #[wasm_bindgen(constructor, catch)]
    fn pack(permissions: &JsValue, name: &str, one_will_do: bool) -> Result<Packed, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn words(this: &Packed) -> String;
    #[wasm_bindgen(method, getter)]
    fn plan(this: &Packed) -> Vec<u32>;

    #[wasm_bindgen(js_name = modeOf, catch)]
    fn is_strict(options: &JsValue, name: &str) -> Result<bool, JsValue>;
}

/// Reads a list of permissions.
///
/// # Errors
/// `INVALID_ARGUMENT`, as a JavaScript error that names what is wrong.
pub fn permissions(value: &JsValue, name: &str) -> Result<Vec<Permission>, JsValue> {
    read(value, name, false)
}

/// Reads one permission, or a list of them.
///
/// # Errors
/// `INVALID_ARGUMENT`, as a JavaScript error that names what is wrong.
pub fn one_or_more(value: &JsValue, name: &str) -> Result<Vec<Permission>, JsValue> {
    read(value, name, true)
}

fn read(value: &JsValue, name: &str, one_will_do: bool) -> Result<Vec<Permission>, JsValue> {
    let packed = Packed::pack(value, name, one_will_do)?;
    Ok(unpack(&packed.words(), &packed.plan()).unwrap_or_default())
}

/// Reads the member `mode`.
///
/// # Errors
/// `INVALID_ARGUMENT`, as a JavaScript error.
pub fn mode(options: &JsValue, name: &str) -> Result<Mode, JsValue> {
    Ok(if is_strict(options, name)? { Mode::Strict } else { Mode::Server })
}
