//! Where a value differs from its [`Schema`](super::Schema).
//!
//! In the npm package JavaScript validates (`src/host/validate`), natively Rust does (`native.rs`). `tests/agreement.rs` holds the two to
//! the same verdicts.

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
