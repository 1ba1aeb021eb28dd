//! Permissions, kept and prepared on this side of the boundary. `evaluator.js` drives it.

use super::host::Surroundings;
use super::question::Question;
use crate::permissions::{Call, Constraint, JsonText, Judgement, Matcher, Mode, judge};
use crate::types::Permission;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// Permissions and how to find the one that decides.
#[wasm_bindgen(skip_typescript)]
pub struct Engine {
    mode: Mode,
    permissions: Vec<Permission>,
    /// For each permission whether there is anything to judge.
    constrained: Vec<bool>,
    matcher: Matcher,
    /// Where JavaScript writes the action and the resource.
    words: RefCell<Vec<u8>>,
}

impl Engine {
    pub(super) fn new(mode: Mode, permissions: Vec<Permission>) -> Self {
        let is_constrained = |permission: &Permission| {
            permission.constraints.as_ref().is_some_and(|made| Constraint::ALL.iter().any(|one| one.is_made(made)))
        };
        Self {
            mode,
            constrained: permissions.iter().map(is_constrained).collect(),
            matcher: Matcher::new(mode, &permissions),
            permissions,
            words: RefCell::default(),
        }
    }
}

#[wasm_bindgen]
impl Engine {
    /// Makes room for that many bytes; returns where.
    #[wasm_bindgen(skip_typescript)]
    pub fn reserve(&self, size: usize) -> *mut u8 {
        let mut words = self.words.borrow_mut();
        words.clear();
        words.resize(size, 0);
        words.as_mut_ptr()
    }

    /// Finds the permission that decides: its index, doubled, and one more if it has constraints; -1 if there is none.
    /// The action is written up to `split`, the resource from there to `end`.
    #[wasm_bindgen(skip_typescript)]
    pub fn find(&self, split: usize, end: usize) -> i32 {
        let words = self.words.borrow();
        let (Some(action), Some(resource)) = (words.get(..split), words.get(split..end)) else {
            return -1;
        };
        match self.matcher.find(action, resource) {
            Some(index) => (index as i32) << 1 | i32::from(self.constrained.get(index) == Some(&true)),
            None => -1,
        }
    }

    /// Judges the constraints of that permission: the denial as JSON, or nothing if the call is allowed.
    #[wasm_bindgen(skip_typescript)]
    pub fn judge(&self, index: usize, question: &Question) -> Result<Option<String>, JsValue> {
        let Some(constraints) = self.permissions.get(index).and_then(|permission| permission.constraints.as_ref())
        else {
            return Ok(None);
        };
        let arguments = question.pairs()?;
        let arguments: Vec<(&str, &str)> =
            arguments.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let resource = question.resource();
        let call = Call { agent: "", action: "", resource: &resource, arguments: &arguments };
        Ok(denial(&judge(self.mode, constraints, &call, &mut Surroundings(question))))
    }
}

fn denial(judgement: &Judgement) -> Option<String> {
    let reason = judgement.reason.as_deref()?;
    Some(JsonText::object(|json| {
        json.flag("allowed", false);
        json.text("reason", reason);
        json.optional("constraint", judgement.constraint.map(Constraint::name));
        if !judgement.needs.is_empty() {
            json.texts("needs", judgement.needs.iter().map(|need| need.name()));
        }
    }))
}
