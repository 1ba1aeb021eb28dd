//! The permission engine: whether permissions allow a call, with the very reasons that the server gives.
//!
//! It is pure. What it cannot know by itself (counters, the clock, the caller's address, regular
//! expressions) it asks a [`Host`]. The local server and, later, the client decide with the same code.

mod address;
mod covers;
mod evaluate;
mod matching;

pub use covers::{covers, covers_all};
pub use evaluate::{Call, Host, InvalidPattern, Verdict, evaluate, find};
pub use matching::{grants, resource_matches};
