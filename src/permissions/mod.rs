//! The permission engine: whether permissions allow a call, with the very reasons that the server gives.
//!
//! It is pure. What it cannot know by itself (counters, the clock, the caller's address) it asks a [`Host`]. The local server
//! and the client's `permissions` entry decide with the same code.

mod address;
mod best;
mod constraint;
mod covers;
mod diff;
mod evaluate;
mod explain;
mod first;
mod glob;
mod grants;
mod json_text;
mod lint;
mod lint_order;
mod matcher;
mod matching;
mod names;
mod packed;
pub mod pattern;
mod window;
mod words;

pub use constraint::{Call, Constraint, Host, InvalidPattern, Mode, NEEDS_APPROVAL, Need, OVER_LIMIT, Outcome};
pub use covers::{Uncovered, coverage, covers, covers_all, uncovered};
pub use diff::{Listed, diff};
pub use evaluate::{Judgement, NO_GRANT, Verdict, evaluate, find, judge, no_grant};
pub use explain::explain;
pub use glob::glob_matches;
pub use json_text::JsonText;
pub use lint::{Finding, Severity, findings, lint};
pub use matcher::Matcher;
pub use matching::{acts, grants, reaches, resource_matches, resource_matches_strictly};
pub use packed::{Unknown, unpack};
pub use window::{contains, is_ever_open, is_time};
