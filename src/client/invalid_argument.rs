//! Arguments that cannot be sent.

use crate::schema::Mismatch;
use crate::text::text;

/// An argument that cannot be sent, in a sentence that names it and says what was expected.
///
/// It never holds the argument's value, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidArgument(pub String);

impl InvalidArgument {
    /// `problem` and `expected` follow the name: `must be …`.
    pub fn new(name: &str, problem: &str, expected: &str) -> Self {
        Self(text(&[name, " ", problem, expected]))
    }

    /// An argument whose form is wrong somewhere inside.
    pub fn mismatch(name: &str, mismatch: &Mismatch) -> Self {
        Self::new(&text(&[name, &mismatch.path]), "must be ", &mismatch.expected)
    }
}
