//! Permissions, kept and prepared on this side of the boundary. `evaluator.js` drives it.

use super::host::Surroundings;
use super::question::{Question, borrowed};
use super::rules::Rules;
use crate::permissions::{Call, Constraint, JsonText, Judgement, Matcher, Mode, Need, Unknown, judge};
use crate::schema::Permission;
use std::cell::UnsafeCell;
use wasm_bindgen::prelude::*;

/// Permissions and how to find the one that decides.
#[wasm_bindgen(skip_typescript)]
pub struct Engine {
    mode: Mode,
    permissions: Vec<Permission>,
    /// What they have that is not known here.
    unknown: Vec<Unknown>,
    /// For each permission whether there is anything to judge.
    constrained: Vec<bool>,
    matcher: Matcher,
    /// Where JavaScript writes the action and the resource. No `RefCell`: it would stay borrowed where a host throws across a
    /// call, as it may where its stack ends.
    words: UnsafeCell<Vec<u8>>,
}

impl Engine {
    pub(super) fn new(mode: Mode, rules: Rules) -> Self {
        let Rules { permissions, unknown, .. } = rules;
        let is_constrained = |permission: &Permission| {
            permission.constraints.as_ref().is_some_and(|made| Constraint::ALL.iter().any(|one| one.is_made(made)))
        };
        let mut constrained: Vec<bool> = permissions.iter().map(is_constrained).collect();
        for one in &unknown {
            if let Some(constrained) = constrained.get_mut(one.index) {
                *constrained = true;
            }
        }
        Self {
            mode,
            constrained,
            matcher: Matcher::new(mode, &permissions),
            permissions,
            unknown,
            words: UnsafeCell::new(Vec::new()),
        }
    }
}

#[wasm_bindgen]
impl Engine {
    /// Makes room for that many bytes; returns where.
    #[wasm_bindgen(skip_typescript)]
    pub fn reserve(&self, size: usize) -> *mut u8 {
        // SAFETY: a module has one thread, and neither this nor `find` calls anything that comes back here.
        let words = unsafe { &mut *self.words.get() };
        words.clear();
        words.resize(size, 0);
        words.as_mut_ptr()
    }

    /// Finds the permission that decides: its index, doubled, and one more if it has constraints; -1 if there is none.
    /// The action is written up to `split`, the resource from there to `end`.
    #[wasm_bindgen(skip_typescript)]
    pub fn find(&self, split: usize, end: usize) -> i32 {
        // SAFETY: as in `reserve`. JavaScript writes between calls.
        let words = unsafe { &*self.words.get() };
        let (Some(action), Some(resource)) = (words.get(..split), words.get(split..end)) else {
            return -1;
        };
        match self.matcher.find(action, resource) {
            Some(index) => (index as i32) << 1 | i32::from(self.constrained.get(index) == Some(&true)),
            None => -1,
        }
    }

    /// Judges the constraints of that permission: the denial as JSON, or nothing if the call is allowed.
    ///
    /// # Errors
    /// What the host throws.
    #[wasm_bindgen(skip_typescript)]
    pub fn judge(&self, index: usize, question: &Question) -> Result<Option<String>, JsValue> {
        let constraints = self.permissions.get(index).and_then(|permission| permission.constraints.as_ref());
        let pairs = question.pairs()?;
        let (arguments, resource) = (borrowed(&pairs), question.resource()?);
        let call = Call { agent: "", action: "", resource: &resource, arguments: arguments.as_deref() };
        let mut surroundings = Surroundings::new(question)?;
        Ok(denial(&judge(self.mode, constraints, (&self.unknown, index), &call, &mut surroundings)))
    }
}

fn denial(judgement: &Judgement) -> Option<String> {
    let reason = judgement.reason.as_deref()?;
    Some(JsonText::object(|json| {
        json.flag("allowed", false);
        json.text("reason", reason);
        json.optional("constraint", judgement.constraint.as_deref());
        if !judgement.needs.is_empty() {
            json.texts("needs", judgement.needs.iter().map(Need::name));
        }
    }))
}
