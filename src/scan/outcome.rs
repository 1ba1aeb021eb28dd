//! How a decision ended.

use super::swar::equal;
use crate::permissions::{NEEDS_APPROVAL, OVER_LIMIT};

/// How a decision ended, as far as its `result` does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As the `result` says.
    Result,
    NeedsApproval,
    RateLimited,
}

impl Outcome {
    /// The words for outcomes other than the `result` itself, by their numbers.
    pub const WORDS: [&str; 3] = ["", "needs_approval", "rate_limited"];

    /// The outcome of an entry with this result and this reason, empty if it has none. Servers record as denied what waits for approval
    /// and what is over its limit; the reason, which the permission engine words, tells.
    #[inline(never)]
    pub fn of(result: &[u8], reason: &[u8]) -> Self {
        if !equal(result, b"denied") {
            Self::Result
        } else if equal(reason, NEEDS_APPROVAL.as_bytes()) {
            Self::NeedsApproval
        } else if reason.get(..OVER_LIMIT.len()).is_some_and(|start| equal(start, OVER_LIMIT.as_bytes())) {
            Self::RateLimited
        } else {
            Self::Result
        }
    }

    /// The word for this outcome of an entry with that result.
    pub fn word(self, result: &[u8]) -> &[u8] {
        match self {
            Self::Result => result,
            other => Self::WORDS.get(other as usize).map_or(result, |word| word.as_bytes()),
        }
    }
}
