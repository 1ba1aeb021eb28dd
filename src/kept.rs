//! JavaScript values that are made once, for what is static on this side, and stay for as long as the module does.

use crate::single::Single;
use wasm_bindgen::JsValue;

/// The values that have been made: few, each found by the place in memory of what it stands for.
pub struct Kept<T: ?Sized + 'static>(Single<Vec<(&'static T, &'static JsValue)>>);

impl<T: ?Sized> Kept<T> {
    /// None yet.
    pub const fn new() -> Self {
        Self(Single::new(Vec::new()))
    }

    /// The value for `known`, which `make` makes the first time. It may ask for others meanwhile.
    pub fn get(&self, known: &'static T, make: impl FnOnce() -> JsValue) -> &'static JsValue {
        let find = |kept: &mut Vec<(&'static T, &'static JsValue)>| {
            kept.iter().find(|(other, _)| std::ptr::eq(*other, known)).map(|(_, value)| *value)
        };
        self.0.with(find).unwrap_or_else(|| {
            let value: &JsValue = Box::leak(Box::new(make()));
            self.0.with(|kept| kept.push((known, value)));
            value
        })
    }
}
