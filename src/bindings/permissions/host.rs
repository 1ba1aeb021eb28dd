//! What the engine asks for, as far as a context tells it.

use super::question::Question;
use crate::permissions::pattern::{Budget, Pattern, PatternError};
use crate::permissions::{Host, Need};
use crate::single::Single;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/host/permissions/patterns.js")]
extern "C" {
    #[wasm_bindgen(js_name = problemOf, catch)]
    fn problem_of(pattern: &str) -> Result<Option<String>, JsValue>;
}

/// The surroundings of one question, with the budget of one decision.
pub struct Surroundings {
    calls: Option<f64>,
    /// What is empty is known to be none.
    address: Option<String>,
    time_of_day: Option<String>,
    budget: Budget,
}

impl Surroundings {
    /// Those of `question`, which is asked all of it now: the host may throw at any time, but not in the middle of a decision.
    ///
    /// # Errors
    /// What the host throws.
    pub fn new(question: &Question) -> Result<Self, JsValue> {
        Ok(Self {
            calls: question.calls()?,
            address: question.address()?,
            time_of_day: question.time_of_day()?,
            budget: if question.is_too_long()? { Budget::new(0) } else { Budget::default() },
        })
    }
}

impl Host for Surroundings {
    fn count(&mut self, _: &str, limit: u32) -> Option<u32> {
        self.calls.filter(|calls| *calls >= f64::from(limit)).map(|calls| calls as u32)
    }

    fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, PatternError> {
        prepared(pattern)?.is_found(text, &mut self.budget)
    }

    fn time_of_day(&mut self) -> String {
        self.time_of_day.clone().unwrap_or_default()
    }

    fn address(&mut self) -> Option<String> {
        self.address.clone()
    }

    fn lacks(&self, need: &Need) -> bool {
        match need {
            Need::CallsInLastHour => self.calls.is_none(),
            Need::Timezone => self.time_of_day.is_none(),
            Need::Ip => self.address.is_none(),
            Need::Constraint(_) => true,
        }
    }
}

type Prepared = Result<Rc<Pattern>, PatternError>;

/// Patterns that have been prepared, by their text.
static PREPARED: Single<Vec<(String, Prepared)>> = Single::new(Vec::new());
/// So many are kept, of so much size in all.
const MOST: usize = 64;
const MOST_SIZE: usize = 100_000;

fn prepared(text: &str) -> Prepared {
    let known = PREPARED.with(|all| all.iter().find(|(known, _)| known == text).map(|(_, pattern)| pattern.clone()));
    known.unwrap_or_else(|| {
        let pattern = prepare(text);
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

fn prepare(text: &str) -> Prepared {
    let pattern = Pattern::new(text);
    if let Err(PatternError::Refused(_)) = pattern {
        return pattern.map(Rc::new);
    }
    match (problem(text), pattern) {
        (Some(problem), _) => Err(PatternError::Invalid(problem)),
        (None, Ok(pattern)) => Ok(Rc::new(pattern)),
        // Hosts learn new syntax.
        (None, Err(_)) => Err(Pattern::unknown(text)),
    }
}

/// What is wrong with a pattern, in the host's words.
pub fn problem(pattern: &str) -> Option<String> {
    problem_of(pattern).unwrap_or_else(|_| Some("The pattern cannot be read".to_owned()))
}
