//! The permission engine: whether permissions allow a call, with the very reasons that the server gives.
//!
//! It is pure. What it cannot know by itself (counters, the clock, the caller's address) it asks a [`Host`]. The local server
//! and the client's `permissions` entry decide with the same code.

mod address;
mod constraint;
mod covers;
mod evaluate;
mod explain;
mod first_match_index;
mod glob;
mod grants;
mod lint;
mod lint_order;
mod lint_rules;
mod matcher;
mod matching;
mod most_specific_index;
mod names;
mod pack;
pub mod pattern;
mod segments;
mod swar;
mod unpack;
mod window;

pub use constraint::{
    Call, Constraint, Host, InvalidPattern, Mode, NEEDS_APPROVAL, Need, OVER_LIMIT, Outcome, is_constrained,
};
pub use covers::{UNCOVERED, Uncovered, coverage, covers, covers_all, uncovered};
pub use evaluate::{Judgement, NO_GRANT, Verdict, evaluate, find, judge, no_grant};
pub use explain::{CONDITIONS, ConstraintVerdict, REASONS, explain};
pub use glob::glob_matches;
pub use lint::{Sink, findings, lint};
pub use lint_rules::{Finding, Rule, Severity, Words};
pub use matcher::Matcher;
pub use matching::{acts, grants, reaches, resource_matches, resource_matches_strictly};
pub use pack::Packer;
pub use unpack::{PermissionList, Problems, Unknown, Unpacker};
pub use window::{contains, is_ever_open, is_time};
