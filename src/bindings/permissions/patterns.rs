//! Patterns that have been prepared, by their text.

use crate::permissions::pattern::{Pattern, PatternError};
use crate::single::Single;
use std::rc::Rc;

type Prepared = Result<Rc<Pattern>, PatternError>;

static PREPARED: Single<Vec<(String, Prepared)>> = Single::new(Vec::new());
/// So many are kept, of so much size in all.
const MOST: usize = 64;
const MOST_SIZE: usize = 100_000;

/// The pattern of that text.
pub fn prepared(text: &str) -> Prepared {
    let known = PREPARED.with(|all| all.iter().find(|(known, _)| known == text).map(|(_, pattern)| pattern.clone()));
    known.unwrap_or_else(|| {
        let pattern = Pattern::new(text).map(Rc::new);
        PREPARED.with(|all| {
            let size = |pattern: &Prepared| pattern.as_ref().map_or(0, |pattern| pattern.size());
            let taken: usize = all.iter().map(|(text, pattern)| text.len() + size(pattern)).sum();
            if all.len() >= MOST || taken > MOST_SIZE {
                all.clear();
            }
            all.push((text.to_owned(), pattern.clone()));
        });
        pattern
    })
}
