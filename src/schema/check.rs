//! Where a value differs from its [`Schema`](super::Schema), and the walk that finds out natively.
//!
//! In the shipped module JavaScript does the walking (`conform.js`): it is next to the values, and a crossing for
//! each member of each row would cost more than the check. `tests/agreement.rs` holds the two walks to the same verdicts.

use crate::text::text;

/// Where a value differs from its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The way from the value that was checked to the part that is wrong: `.permissions[2].resource`.
    pub path: String,
    /// What was expected there, to follow `must be`.
    pub expected: String,
}

impl Mismatch {
    /// A mismatch of the value itself.
    pub fn new(path: &str, expected: &str) -> Self {
        Self { path: path.to_owned(), expected: expected.to_owned() }
    }

    /// The same, seen from what `step` leads on from.
    pub fn below(self, step: &str) -> Self {
        Self { path: text(&[step, &self.path]), ..self }
    }
}
