//! What has changed from one list of permissions to another.

use super::constraint::Constraint;
use super::json_text::JsonText;
use crate::types::{Permission, PermissionConstraints};

/// The difference, as JSON: the indices of what was added and removed, and what has changed on the same resource.
pub fn diff(before: &[Permission], after: &[Permission]) -> String {
    let pairs = pairs(before, after);
    let changed: Vec<_> = pairs.iter().filter_map(|(old, new)| changes(before, after, *old, *new)).collect();
    let missing = |length: usize, taken: Vec<usize>| (0..length).filter(move |index| !taken.contains(index));
    let removed: Vec<usize> = missing(before.len(), pairs.iter().map(|pair| pair.0).collect()).collect();
    let added: Vec<usize> = missing(after.len(), pairs.iter().map(|pair| pair.1).collect()).collect();
    // The first that matches decides: an order that is not kept may decide otherwise.
    let reordered = pairs.iter().zip(pairs.iter().skip(1)).any(|(one, next)| next.1 < one.1);
    let index = |json: &mut JsonText, index: &usize| json.number("index", *index);
    JsonText::object(|json| {
        json.flag("same", changed.is_empty() && removed.is_empty() && added.is_empty() && !reordered);
        json.flag("reordered", reordered);
        json.list("added", &added, index);
        json.list("removed", &removed, index);
        json.list("changed", &changed, |json, change| {
            json.member("before", |json| json.number("index", change.old));
            json.member("after", |json| json.number("index", change.new));
            json.member("actions", |json| {
                json.texts("added", change.added.iter().copied());
                json.texts("removed", change.removed.iter().copied());
            });
            json.list("constraints", &change.constraints, |json, constraint| json.text("name", constraint.name()));
        });
    })
}

struct Change<'p> {
    old: usize,
    new: usize,
    added: Vec<&'p str>,
    removed: Vec<&'p str>,
    constraints: Vec<Constraint>,
}

/// Which permission has become which, in the order of the old ones: equal ones first, then what is on the same resource.
fn pairs(before: &[Permission], after: &[Permission]) -> Vec<(usize, usize)> {
    let mut became: Vec<Option<usize>> = vec![None; before.len()];
    let mut taken = vec![false; after.len()];
    let alike: [fn(&Permission, &Permission) -> bool; 3] =
        [|old, new| same_actions(old, new) && differing(old, new).is_empty(), same_actions, |_, _| true];
    for alike in alike {
        for (old, place) in before.iter().zip(&mut became).filter(|(_, place)| place.is_none()) {
            let mut free = after.iter().zip(&mut taken).enumerate().filter(|(_, (_, taken))| !**taken);
            if let Some((index, (_, taken))) =
                free.find(|(_, (new, _))| old.resource == new.resource && alike(old, new))
            {
                (*place, *taken) = (Some(index), true);
            }
        }
    }
    became.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?))).collect()
}

fn changes<'p>(before: &'p [Permission], after: &'p [Permission], old: usize, new: usize) -> Option<Change<'p>> {
    let (was, is) = (before.get(old)?, after.get(new)?);
    let change =
        Change { old, new, added: lacking(was, is), removed: lacking(is, was), constraints: differing(was, is) };
    let any = !change.added.is_empty() || !change.removed.is_empty() || !change.constraints.is_empty();
    any.then_some(change)
}

/// The actions of `more` that `less` lacks.
fn lacking<'p>(less: &Permission, more: &'p Permission) -> Vec<&'p str> {
    more.actions.iter().filter(|action| !less.actions.contains(action)).map(String::as_str).collect()
}

fn same_actions(one: &Permission, other: &Permission) -> bool {
    lacking(one, other).is_empty() && lacking(other, one).is_empty()
}

fn differing(one: &Permission, other: &Permission) -> Vec<Constraint> {
    let none = PermissionConstraints::default();
    let (one, other) = (one.constraints.as_ref().unwrap_or(&none), other.constraints.as_ref().unwrap_or(&none));
    Constraint::ALL.into_iter().filter(|constraint| !constraint.is_same(one, other)).collect()
}

impl Constraint {
    /// Whether both say the same about it.
    fn is_same(self, one: &PermissionConstraints, other: &PermissionConstraints) -> bool {
        match self {
            Self::MaxCallsPerHour => one.max_calls_per_hour == other.max_calls_per_hour,
            Self::AllowedArgPatterns => one.allowed_arg_patterns == other.allowed_arg_patterns,
            Self::RequireApproval => one.require_approval == other.require_approval,
            Self::TimeWindow => one.time_window == other.time_window,
            Self::IpAllowlist => one.ip_allowlist == other.ip_allowlist,
        }
    }
}
