//! How a single entry ended: `outcomeOf`.

use super::buffers::Input;
use crate::scan::Outcome;

/// The number of the outcome of an entry in `Outcome::WORDS`. Takes its result and its reason in UTF-8, so many bytes each.
#[unsafe(no_mangle)]
pub extern "C" fn outcome(result: u32, reason: u32) -> u32 {
    let input = Input::take();
    Outcome::of(input.next(result), input.next(reason)) as u32
}
