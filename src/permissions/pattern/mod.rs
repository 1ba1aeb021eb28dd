//! JavaScript regular expressions, matched in linear time and within a budget.
//!
//! The engines of JavaScript hosts backtrack: a pattern and a value can take them hours. Here a pattern becomes an automaton
//! that reads each code unit of a value once. For patterns without flags the result is that of `RegExp.prototype.test`: the
//! value is a sequence of UTF-16 code units, and the pattern may be found anywhere in it. What an automaton cannot do
//! (backreferences), and what does not fit into the budget, is an error that denies.

mod ambiguity;
mod classes;
mod compile;
mod escape;
mod node;
mod parse;
mod search;
mod set;
#[cfg(test)]
mod tests;

pub use ambiguity::is_slow;
pub(super) use set::is_space;

use crate::text::text as join;
use classes::Classes;
use compile::Program;

/// Why a pattern cannot be tried on a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// It is no regular expression: the server answers 500. Holds the reason.
    Invalid(String),
    /// It cannot be matched within the budget of a decision, or not at all by an automaton. Holds the reason.
    Refused(String),
}

impl PatternError {
    /// The reason of the denial.
    pub fn into_reason(self) -> String {
        match self {
            Self::Invalid(reason) | Self::Refused(reason) => reason,
        }
    }
}

/// What parsing and compiling can end in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Defect {
    Invalid,
    Backreference,
    TooLarge,
}

/// The steps that one decision may take, over all its patterns and values.
#[derive(Clone, Copy, Debug)]
pub struct Budget(u32);

/// The steps of one decision: at most some 30 ms in a module that is built to be small. Each code unit of a value takes one,
/// and what leads to a new state of a pattern several.
pub const STEPS: u32 = 2_000_000;

impl Default for Budget {
    fn default() -> Self {
        Self(STEPS)
    }
}

impl Budget {
    /// So many steps.
    pub const fn new(steps: u32) -> Self {
        Self(steps)
    }

    /// The steps that are left.
    pub const fn left(self) -> u32 {
        self.0
    }

    /// Takes steps out of the budget; `None` if there are not as many.
    fn take(&mut self, steps: usize) -> Option<()> {
        self.0 = u32::try_from(steps).ok().and_then(|steps| self.0.checked_sub(steps)).unwrap_or_default();
        (self.0 > 0).then_some(())
    }
}

/// A regular expression, ready to be matched.
///
/// ```
/// # use kavachos_wasm::permissions::pattern::{Budget, Pattern};
/// let pattern = Pattern::new("^(a+)+$").unwrap();
/// assert_eq!(pattern.is_found("aaaa!", &mut Budget::default()), Ok(false));
/// ```
#[derive(Debug)]
pub struct Pattern {
    text: String,
    /// One for each lookaround, inner ones first; then the whole.
    programs: Vec<Program>,
    /// What the programs' sets consist of.
    ranges: Vec<(u16, u16)>,
    classes: Classes,
}

impl Pattern {
    /// Reads a pattern as `new RegExp(text)` does.
    ///
    /// # Errors
    /// [`PatternError::Invalid`] if it is no regular expression, [`PatternError::Refused`] if it cannot be matched here.
    pub fn new(text: &str) -> Result<Self, PatternError> {
        let read = || {
            let parsed = parse::parse(text)?;
            let programs = compile::compile(&parsed, compile::Counts::Exact)?;
            let classes = Classes::new(&parsed.ranges);
            Ok(Self { text: text.to_owned(), programs, ranges: parsed.ranges, classes })
        };
        read().map_err(|defect| error(text, defect))
    }

    /// The error for a pattern that the host takes, but that is invalid here.
    pub fn unknown(text: &str) -> PatternError {
        refused(text, " cannot be decided here: it has a syntax that is not known")
    }

    /// The pattern as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How much memory it takes, in units of no meaning.
    pub fn size(&self) -> usize {
        self.programs.iter().map(|program| program.insts.len()).sum::<usize>() + self.text.len()
    }

    /// Whether it is found in `value`.
    ///
    /// # Errors
    /// [`PatternError::Refused`] if that takes more steps than the budget has.
    pub fn is_found(&self, value: &str, budget: &mut Budget) -> Result<bool, PatternError> {
        // What compiling takes is counted each time, also where it was done before: a decision does not depend on others.
        let compiling = 1_000 + 5 * self.size();
        let found = budget.take(compiling).and_then(|()| search::search(self, value, budget));
        found.ok_or_else(|| refused(&self.text, " takes more steps on the arguments of this call than a decision may"))
    }
}

fn error(text: &str, defect: Defect) -> PatternError {
    match defect {
        Defect::Invalid => PatternError::Invalid(join(&["Invalid regular expression: /", text, "/"])),
        Defect::Backreference => refused(text, " cannot be decided here: it has a backreference"),
        Defect::TooLarge => refused(text, " cannot be decided here: it is too large"),
    }
}

fn refused(text: &str, why: &str) -> PatternError {
    // The reason stays readable whatever the pattern is.
    let shown = text.char_indices().nth(200).and_then(|(end, _)| text.get(..end));
    let (shown, rest) = shown.map_or((text, "\""), |shown| (shown, "…\""));
    PatternError::Refused(join(&["Pattern \"", shown, rest, why]))
}
