//! How a decision ended.

use super::scanner::same;
use crate::permissions::{NEEDS_APPROVAL, OVER_LIMIT};

/// How an entry ended that has this result and this reason, which is empty if it has none. Servers record as denied what waits
/// for approval, and what is over its limit; the reason, which the permission engine words, tells. Other results are
/// what they are.
#[inline(never)]
pub fn outcome<'a>(result: &'a [u8], reason: &[u8]) -> &'a [u8] {
    if !same(result, b"denied") {
        result
    } else if same(reason, NEEDS_APPROVAL.as_bytes()) {
        b"needs_approval"
    } else if reason.get(..OVER_LIMIT.len()).is_some_and(|start| same(start, OVER_LIMIT.as_bytes())) {
        b"rate_limited"
    } else {
        result
    }
}
