//! A JSON value seen from outside: what the client needs to look at, whoever holds it.
//!
//! In the shipped wasm the value is a JavaScript object, read in place and handed out as it is.
//! Natively it is a `serde_json::Value`, so that everything above it is tested without a browser.

/// What a JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Missing, `undefined` or `null`.
    Absent,
    /// `true` or `false`.
    Flag,
    /// A finite number.
    Number,
    /// A string.
    Text,
    /// A valid JavaScript `Date`.
    Date,
    /// An array.
    List,
    /// Any other object.
    Object,
    /// What JSON cannot hold: a function, a symbol, `NaN`.
    Other,
}

/// Read access to a JSON value, and copies of it with one member changed.
pub trait Json: Clone {
    /// What this value is.
    fn kind(&self) -> Kind;
    /// The member of that name, absent if there is none.
    fn get(&self, key: &'static str) -> Self;
    /// The number of items, if this is an array.
    fn count(&self) -> u32;
    /// The item at that index, absent if there is none.
    fn at(&self, index: u32) -> Self;
    /// The text, if this is a string; the ISO 8601 form, if it is a date.
    fn text(&self) -> Option<String>;
    /// The number, if this is one.
    fn number(&self) -> Option<f64>;
    /// The flag, if this is one.
    fn flag(&self) -> Option<bool>;
    /// This value as JSON text, or `None` if it cannot be written as such.
    fn json(&self) -> Option<String>;
    /// A shallow copy of this object, with the member set, or left out for `None`.
    fn with(&self, key: &'static str, value: Option<&Self>) -> Self;
    /// A shallow copy of this array with one item replaced.
    fn replacing(&self, index: u32, item: &Self) -> Self;
    /// What stands for no value: `undefined`.
    fn absent() -> Self;
    /// `null`.
    fn null() -> Self;
    /// An empty object.
    fn object() -> Self;
    /// A string.
    fn string(text: &str) -> Self;
    /// A flag.
    fn boolean(flag: bool) -> Self;
    /// Sets a member of this very object, which the client owns because it has just been decoded.
    fn set(&mut self, key: &'static str, value: &Self);

    /// Whether this value is missing, `undefined` or `null`.
    fn is_absent(&self) -> bool {
        self.kind() == Kind::Absent
    }
}
