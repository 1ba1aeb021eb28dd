//! Deciding without asking the server: the exports that the entry `kavachos-wasm/permissions` is made of.
//!
//! They are the boundary of [`crate::permissions`], and compile to their own module (feature `permissions`). Numbers go in
//! and come out: `src/host/permissions` checks and packs values, and makes values of the answers. The module imports nothing, so
//! nothing is thrown through it but where the host's stack ends.

mod call;
mod lists;
mod memory;
mod patterns;

use crate::permissions::{self, Packer, PermissionList};
use call::PackedCall;
use lists::{PreparedList, list};
use memory::{Answer, answer, input};
use wasm_bindgen::prelude::*;

/// Makes room for so many words of input; returns where. What JavaScript writes there is for the next call.
#[wasm_bindgen(skip_typescript)]
pub fn reserve(words: usize) -> *mut u32 {
    input::reserve(words)
}

/// Keeps the permissions that the input holds: `plan` words, then `size` bytes of text. Returns the number of the list.
/// `is_prepared` says whether `find` will be asked.
#[wasm_bindgen(skip_typescript)]
pub fn open(plan: usize, size: usize, is_strict: bool, is_prepared: bool) -> usize {
    lists::open(PreparedList::new(input::unpacker(plan, size), is_strict, is_prepared))
}

/// Forgets a list.
#[wasm_bindgen(skip_typescript)]
pub fn close(number: usize) {
    lists::close(number);
}

/// Finds the permission that decides: its index, doubled, and one more if it has constraints; -1 if there is none. The action is
/// in the input up to the byte `split`, the resource from there to `end`.
#[wasm_bindgen(skip_typescript)]
pub fn find(number: usize, split: usize, end: usize) -> i32 {
    let bytes = input::bytes();
    let (Some(list), Some(action), Some(resource)) = (list(number), bytes.get(..split), bytes.get(split..end)) else {
        return -1;
    };
    match list.find(action, resource) {
        Some(index) => (index as i32) << 1 | i32::from(list.is_constrained(index)),
        None => -1,
    }
}

/// Judges the constraints of the permission at `index` on the call that the input holds.
#[wasm_bindgen(skip_typescript)]
pub fn judge(number: usize, index: usize, plan: usize, size: usize) -> *const Answer {
    with_call(number, plan, size, |list, call, answer| list.judge(index, call).pack(answer))
}

/// Explains the decision about the call that the input holds.
#[wasm_bindgen(skip_typescript)]
pub fn explain(number: usize, plan: usize, size: usize) -> *const Answer {
    with_call(number, plan, size, PreparedList::explain)
}

/// Compares the permissions of a delegating agent with those to be delegated.
#[wasm_bindgen(skip_typescript)]
pub fn covers(parents: usize, children: usize) -> *const Answer {
    with_lists(parents, children, |parents, children, answer| {
        permissions::coverage(&parents.permissions, &children.permissions, answer);
    })
}

/// Looks for what is wrong: for each finding the rule, the index, and the values.
#[wasm_bindgen(skip_typescript)]
pub fn lint(number: usize) -> *const Answer {
    with_lists(number, number, |list, _, answer| {
        let problem = |pattern: &str| list.problems.of(pattern);
        permissions::lint(&list.permissions, problem, &mut |rule, index, values| {
            answer.number(rule as usize);
            answer.number(index);
            answer.texts(values);
        });
    })
}

fn with_call(
    number: usize,
    plan: usize,
    size: usize,
    work: impl FnOnce(&PreparedList, &PackedCall<'_>, &mut Packer),
) -> *const Answer {
    answer(|answer| {
        if let (Some(list), Some(call)) = (list(number), PackedCall::read(input::unpacker(plan, size))) {
            work(list, &call, answer);
        }
    })
}

fn with_lists(
    one: usize,
    other: usize,
    work: impl FnOnce(&PermissionList, &PermissionList, &mut Packer),
) -> *const Answer {
    answer(|answer| {
        if let (Some(one), Some(other)) = (list(one), list(other)) {
            work(&one.list, &other.list, answer);
        }
    })
}
