//! Audit entries by the ten thousand: read from the bytes of a page, kept as columns, counted. Pure.
//!
//! Rows are never moved or taken away, so what has been chosen of them stays what it is: a list of their numbers.
//! A row costs 76 bytes and its id here, not the dozen objects and strings that `JSON.parse` makes of it; the page stays where
//! it is, and a row is parsed when it is asked for.

mod columns;
mod csv;
mod filter;
mod groups;
mod intervals;
mod moment;
mod outcome;
mod page;
mod scanner;
mod words;

pub use columns::{Added, Columns, Place, Wanted};
pub use csv::{Csv, Flaw};
pub use groups::Group;
pub use intervals::Intervals;
pub use outcome::outcome;
pub use page::{Fault, Host, TEXTS};
