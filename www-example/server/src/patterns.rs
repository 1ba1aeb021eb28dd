//! The patterns of constraints: matched within a budget, and reported in the words of JavaScript engines if they are invalid.

use kavachos_wasm::permissions::pattern::{Budget, Pattern, PatternError};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Patterns that have been compiled, and what is left of the budget of a decision.
#[derive(Default)]
pub struct Patterns {
    compiled: HashMap<String, Pattern>,
    budget: Budget,
}

impl Patterns {
    /// Begins another decision.
    pub fn refill(&mut self) {
        self.budget = Budget::default();
    }

    /// Whether the JavaScript regular expression `pattern` is found in `text`.
    ///
    /// # Errors
    /// [`PatternError`] if it is invalid, or takes too many steps.
    pub fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, PatternError> {
        let compiled = match self.compiled.entry(pattern.to_owned()) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(Pattern::new(pattern).map_err(|error| in_words(pattern, error))?),
        };
        compiled.is_found(text, &mut self.budget)
    }
}

/// The real server answers with the message of V8. Only common mistakes are distinguished.
fn in_words(pattern: &str, error: PatternError) -> PatternError {
    let PatternError::Invalid(_) = error else { return error };
    PatternError::Invalid(format!("Invalid regular expression: /{pattern}/: {}", mistake(pattern)))
}

/// What is wrong with an invalid pattern, at the place where V8 sees it first.
fn mistake(pattern: &str) -> &'static str {
    let (mut groups, mut in_class) = (0_u32, false);
    let mut before = '|';
    let mut rest = pattern.chars();
    while let Some(character) = rest.next() {
        match (character, before) {
            ('\\', _) if rest.next().is_none() => return "\\ at end of pattern",
            ('\\', _) => {}
            (']', _) => in_class = false,
            _ if in_class => {}
            ('[', _) => in_class = true,
            ('(', _) => groups += 1,
            (')', _) if groups == 0 => return "Unmatched ')'",
            (')', _) => groups -= 1,
            ('*' | '+', '(' | '|' | '*' | '+') | ('?', '|') => return "Nothing to repeat",
            _ => {}
        }
        // Of what is escaped, or in a class, nothing matters to what follows.
        before = if in_class || character == '\\' { 'a' } else { character };
    }
    match (in_class, groups) {
        (true, _) => "Unterminated character class",
        (false, 1..) => "Unterminated group",
        (false, 0) => "Syntax error",
    }
}
