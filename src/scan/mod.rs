//! Audit entries by the ten thousand: read from the bytes of a page, kept as columns, filtered and grouped. Pure.
//!
//! Rows are never moved or removed, so a selection is a list of their numbers and stays valid. A row takes 84 bytes, its id
//! and its parameters, each of which is stored once, not the dozen objects and strings that `JSON.parse` makes; the page stays where it is, and a row is parsed when it is asked for.

mod columns;
mod csv_reader;
mod decisions;
mod filter;
mod groups;
mod interner;
mod intervals;
mod outcome;
mod page;
mod scanner;
mod swar;
mod timestamp;

pub use columns::{Added, Columns, FIELDS, Location, NUMBERS, Selection};
pub use csv_reader::{COLUMNS, CsvError, CsvReader};
pub use groups::Group;
pub use intervals::Intervals;
pub use outcome::Outcome;
pub use page::{HostParser, PageError, TEXTS};
