//! What a guard decides: why a request is refused, how to answer it, and which decisions may be kept. Pure. The guard of the npm
//! package reads it as `generated/guard.js`, that of the Rust client reads it here.

mod problem;

pub use problem::{NOT_ALLOWED, Problem, Row, Said};

/// The action and the resource that stand for "is this token valid?", because the server has no route for that.
pub const TOKEN_ONLY: (&str, &str) = ("validate", "kavachos:token");
