//! What the engine asks for, as far as a context tells it.

use super::question::Question;
use crate::permissions::{Host, InvalidPattern, Need, is_affordable};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/evaluator/patterns.js")]
extern "C" {
    fn search(pattern: &str, text: &str) -> JsValue;
}

/// The surroundings of one question.
pub struct Surroundings<'q>(pub &'q Question);

impl Host for Surroundings<'_> {
    fn count(&mut self, _: &str, limit: u32) -> Option<u32> {
        self.0.calls().filter(|calls| *calls >= f64::from(limit)).map(|calls| calls as u32)
    }

    fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, InvalidPattern> {
        if !is_affordable(pattern, text.len()) {
            let length = text.len().to_string();
            let reason = ["Pattern \"", pattern, "\" could take too long on a value of ", &length, " characters"];
            return Err(InvalidPattern(reason.concat()));
        }
        let found = search(pattern, text);
        found.as_bool().ok_or_else(|| InvalidPattern(found.as_string().unwrap_or_default()))
    }

    fn time_of_day(&mut self) -> String {
        self.0.time_of_day()
    }

    fn address(&mut self) -> Option<String> {
        self.0.ip()
    }

    fn lacks(&self, need: Need) -> bool {
        match need {
            Need::CallsInLastHour => self.0.calls().is_none(),
            Need::Timezone => !self.0.knows_time(),
            Need::Ip => !self.0.knows_ip(),
        }
    }
}

/// What is wrong with a pattern, in the host's words.
pub fn problem(pattern: &str) -> Option<String> {
    search(pattern, "").as_string()
}
