//! A JSON value seen from outside: what the client needs to look at, independent of its owner.
//!
//! In the shipped wasm the value is a JavaScript object, read in place and returned as it is.
//! Natively it is a `serde_json::Value`, so that everything above it is tested without a browser.

use super::check::Mismatch;
use super::wire::Schema;

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
    /// An array.
    List,
    /// Any other object.
    Object,
    /// What JSON cannot hold: a function, a symbol, a `Date`, `NaN`.
    Other,
}

/// Read access to a JSON value.
pub trait Json: Clone {
    /// What this value is.
    fn kind(&self) -> Kind;
    /// The member of that name, absent if there is none.
    fn get(&self, key: &'static str) -> Self;
    /// The number of items, if this is an array.
    fn count(&self) -> u32;
    /// The item at that index, absent if there is none.
    fn at(&self, index: u32) -> Self;
    /// The text, if this is a string.
    fn text(&self) -> Option<String>;
    /// The number, if this is one.
    fn number(&self) -> Option<f64>;
    /// The flag, if this is one.
    fn flag(&self) -> Option<bool>;
    /// This value as JSON text, or `None` if that is not the text of an object: a `toJSON` can make anything of one.
    fn object_text(&self) -> Option<Self>;
    /// This JSON text of an object that has members, with one more before them.
    fn led_by(&self, name: &'static str, value: &str) -> Self;
    /// Checks that this value has the form of `schema`.
    ///
    /// Members the schema does not name are ignored, and so are `null`s where a member may be absent.
    ///
    /// # Errors
    /// The first [`Mismatch`], in the order of the schema's fields.
    fn check(&self, schema: &'static Schema) -> Result<(), Mismatch>;
    /// A copy to send: it shares nothing with this value that `schema` names, says dates in ISO 8601, and leaves the
    /// `null`s out that stand for absent members. Servers read those differently from missing ones: some refuse them, and an `expiresAt: null`
    /// silently becomes 1970. The insides of free-form objects stay.
    ///
    /// # Errors
    /// For a member that the schema does not name, unless `allows` accepts its name.
    fn sendable(&self, schema: &'static Schema, allows: &dyn Fn(&str) -> bool) -> Result<Self, Mismatch>;
    /// A copy of this value to send, once it has the form of `schema`. It is the copy that is checked: the original may
    /// answer differently when it is asked again.
    ///
    /// # Errors
    /// Those of [`sendable`](Json::sendable) and [`check`](Json::check).
    fn conforming(&self, schema: &'static Schema, allows: &dyn Fn(&str) -> bool) -> Result<Self, Mismatch> {
        let copy = self.sendable(schema, allows)?;
        copy.check(schema)?;
        Ok(copy)
    }
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
    /// Sets a member of this very object, which the client owns: it has just been decoded or copied.
    fn set(&mut self, key: &'static str, value: &Self);

    /// Whether this value is missing, `undefined` or `null`.
    fn is_absent(&self) -> bool {
        self.kind() == Kind::Absent
    }
}
