//! Patterns that have been prepared, by their text.

use crate::permissions::pattern::{Budget, Pattern, PatternError};
use crate::static_cell::StaticCell;

type Prepared = Result<Pattern, PatternError>;

static PREPARED: StaticCell<Vec<(String, Prepared)>> = StaticCell::new(Vec::new());
/// So many are kept, of so much size in all.
const MOST: usize = 64;
const MOST_SIZE: usize = 100_000;

/// Whether the pattern of that text is found in a value. `problem` is what is wrong with it to the host.
pub fn is_found(text: &str, problem: Option<&str>, value: &str, budget: &mut Budget) -> Result<bool, PatternError> {
    PREPARED.with(|all| match (prepared(all, text), problem) {
        (Some(Err(refused @ PatternError::Refused(_))), _) => Err(refused.clone()),
        (_, Some(problem)) => Err(PatternError::Invalid(problem.to_owned())),
        (Some(Ok(pattern)), None) => pattern.is_found(value, budget),
        // Hosts learn new syntax.
        _ => Err(Pattern::unknown(text)),
    })
}

fn prepared<'a>(all: &'a mut Vec<(String, Prepared)>, text: &str) -> Option<&'a Prepared> {
    let known = all.iter().position(|(known, _)| known == text);
    let place = known.unwrap_or_else(|| {
        let pattern = Pattern::new(text);
        let mut taken = 0;
        for (text, pattern) in &*all {
            taken += text.len() + pattern.as_ref().map_or(0, Pattern::size);
        }
        if all.len() >= MOST || taken > MOST_SIZE {
            all.clear();
        }
        all.push((text.to_owned(), pattern));
        all.len() - 1
    });
    all.get(place).map(|(_, pattern)| pattern)
}
