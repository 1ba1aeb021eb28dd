//! Permissions and options, which JavaScript checks and packs (`rules.js`).

use crate::permissions::{Listed, Mode, Unknown, unpack};
use crate::schema::Permission;
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/host/permissions/rules.js")]
extern "C" {
    type Packed;
    #[wasm_bindgen(constructor, catch)]
    fn pack(
        permissions: &JsValue,
        name: &str,
        one_will_do: bool,
        options: &JsValue,
        kind: &str,
    ) -> Result<Packed, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn words(this: &Packed) -> Result<String, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn plan(this: &Packed) -> Result<Vec<u32>, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn list(this: &Packed) -> Result<Array, JsValue>;

    #[wasm_bindgen(js_name = isStrict, catch)]
    fn is_strict(options: &JsValue, kind: &str) -> Result<bool, JsValue>;
}

/// Permissions as they were read.
pub struct Rules {
    /// The permissions.
    pub permissions: Vec<Permission>,
    /// What they have that is not known, and was let through.
    pub unknown: Vec<Unknown>,
    /// The objects that were given.
    pub list: Array,
}

impl Rules {
    /// Them, to be compared.
    pub fn listed(&self) -> Listed<'_> {
        Listed { permissions: &self.permissions, unknown: &self.unknown }
    }
}

/// Options, and which they are: what they may hold depends on it.
#[derive(Clone, Copy)]
pub struct Options<'o>(pub &'o JsValue, pub Kind);

/// The kinds of options.
#[derive(Clone, Copy)]
pub enum Kind {
    /// The context of one evaluation.
    Context,
    /// The options of `compile`.
    Compile,
    /// The options of what only reads permissions.
    Reading,
}

impl Options<'_> {
    const fn kind(self) -> &'static str {
        match self.1 {
            Kind::Context => "context",
            Kind::Compile => "options",
            Kind::Reading => "reading",
        }
    }

    /// Checks the options, and reads their member `mode`.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, as a JavaScript error.
    pub fn mode(self) -> Result<Mode, JsValue> {
        Ok(if is_strict(self.0, self.kind())? { Mode::Strict } else { Mode::Server })
    }

    /// Reads a list of permissions.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, as a JavaScript error that names what is wrong.
    pub fn permissions(self, value: &JsValue, name: &str) -> Result<Rules, JsValue> {
        self.read(value, name, false)
    }

    /// Reads one permission, or a list of them.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, as a JavaScript error that names what is wrong.
    pub fn one_or_more(self, value: &JsValue, name: &str) -> Result<Rules, JsValue> {
        self.read(value, name, true)
    }

    fn read(self, value: &JsValue, name: &str, one_will_do: bool) -> Result<Rules, JsValue> {
        let packed = Packed::pack(value, name, one_will_do, self.0, self.kind())?;
        let (permissions, unknown) = unpack(&packed.words()?, &packed.plan()?).unwrap_or_default();
        Ok(Rules { permissions, unknown, list: packed.list()? })
    }
}
