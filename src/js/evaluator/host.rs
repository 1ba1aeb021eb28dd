//! What the engine asks for, as far as a context tells it.

use super::question::Question;
use crate::permissions::pattern::{Budget, Pattern, PatternError};
use crate::permissions::{Host, Need};
use crate::single::Single;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/evaluator/patterns.js")]
extern "C" {
    #[wasm_bindgen(js_name = problemOf, catch)]
    fn problem_of(pattern: &str) -> Result<Option<String>, JsValue>;
}

/// The surroundings of one question, with the budget of one decision.
pub struct Surroundings<'q> {
    question: &'q Question,
    budget: Budget,
    failure: Cell<Option<JsValue>>,
}

impl<'q> Surroundings<'q> {
    pub fn new(question: &'q Question) -> Self {
        Self { question, budget: Budget::default(), failure: Cell::new(None) }
    }

    /// Whether all could be asked.
    ///
    /// # Errors
    /// What the host has thrown meanwhile.
    pub fn settle(self) -> Result<(), JsValue> {
        self.failure.into_inner().map_or(Ok(()), Err)
    }

    fn told<T: Default>(&self, answer: Result<T, JsValue>) -> T {
        answer.unwrap_or_else(|failure| {
            self.failure.set(Some(failure));
            T::default()
        })
    }
}

impl Host for Surroundings<'_> {
    fn count(&mut self, _: &str, limit: u32) -> Option<u32> {
        self.told(self.question.calls()).filter(|calls| *calls >= f64::from(limit)).map(|calls| calls as u32)
    }

    fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, PatternError> {
        prepared(pattern)?.is_found(text, &mut self.budget)
    }

    fn time_of_day(&mut self) -> String {
        self.told(self.question.time_of_day())
    }

    fn address(&mut self) -> Option<String> {
        self.told(self.question.ip())
    }

    fn lacks(&self, need: &Need) -> bool {
        match need {
            Need::CallsInLastHour => self.told(self.question.calls()).is_none(),
            Need::Timezone => !self.told(self.question.knows_time()),
            Need::Ip => !self.told(self.question.knows_ip()),
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
