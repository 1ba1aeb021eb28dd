//! What has changed from one list of permissions to another.

use super::constraint::Constraint;
use super::names::Names;
use super::pack::Packer;
use super::unpack::{PermissionList, Unknown};
use crate::schema::{Permission, PermissionConstraints};

/// A permission of a list, by its place.
type Place<'p> = (&'p PermissionList, usize, &'p Permission);

/// The difference, into `answer`: whether the order is another, the indices of what was added and removed, and what has changed
/// on the same resource.
pub fn diff(before: &PermissionList, after: &PermissionList, answer: &mut Packer) {
    let (pairs, added) = pairs(before, after);
    let (mut removed, mut kept) = (Vec::new(), Vec::new());
    for (old, new) in pairs.iter().enumerate() {
        match new {
            Some(new) => kept.push(*new),
            None => removed.push(old),
        }
    }
    // The first that matches decides: an order that is not kept may decide otherwise.
    answer.number(usize::from(!kept.is_sorted()));
    for indices in [&added, &removed] {
        answer.number(indices.len());
        indices.iter().for_each(|index| answer.number(*index));
    }
    for (old, new) in pairs.into_iter().enumerate() {
        if let Some(new) = new {
            pack_changes(before, after, old, new, answer);
        }
    }
}

/// What each of the old permissions has become, and which new ones none of them has: equal ones first, then what has the same
/// actions, then what is on the same resource.
fn pairs(before: &PermissionList, after: &PermissionList) -> (Vec<Option<usize>>, Vec<usize>) {
    let mut became: Vec<Option<usize>> = vec![None; before.permissions.len()];
    let mut taken = vec![false; after.permissions.len()];
    // Those of each resource that are free, so that long lists are not compared one by one.
    let (mut resources, mut free) = (Names::default(), Vec::<Vec<usize>>::new());
    for (index, new) in after.permissions.iter().enumerate() {
        let number = resources.intern(new.resource.as_bytes());
        if number == free.len() {
            free.push(Vec::new());
        }
        if let Some(free) = free.get_mut(number) {
            free.push(index);
        }
    }
    for likeness in 0..3 {
        for (index, old) in before.permissions.iter().enumerate() {
            let Some(place @ None) = became.get_mut(index) else { continue };
            let Some(number) = resources.find(old.resource.as_bytes()).map(|found| resources.number(found)) else {
                continue;
            };
            let Some(free) = free.get_mut(number) else { continue };
            let is_like = |at: &usize| {
                let Some(new) = after.permissions.get(*at) else { return false };
                let same = likeness == 2 || same_actions(old, new);
                same && (likeness > 0 || differing((before, index, old), (after, *at, new)).is_empty())
            };
            if let Some(at) = free.iter().position(is_like) {
                let index = free.remove(at);
                *place = Some(index);
                if let Some(taken) = taken.get_mut(index) {
                    *taken = true;
                }
            }
        }
    }
    let mut added = Vec::new();
    for (index, is_taken) in taken.into_iter().enumerate() {
        if !is_taken {
            added.push(index);
        }
    }
    (became, added)
}

/// What has changed in one permission, if anything has: the indices, the actions that came and went, and the constraints.
fn pack_changes(before: &PermissionList, after: &PermissionList, old: usize, new: usize, answer: &mut Packer) {
    let (Some(was), Some(is)) = (before.permissions.get(old), after.permissions.get(new)) else { return };
    let constraints = differing((before, old, was), (after, new, is));
    let actions = [lacking(was, is), lacking(is, was)];
    if constraints.is_empty() && actions.iter().all(Vec::is_empty) {
        return;
    }
    answer.number(old);
    answer.number(new);
    for texts in actions.iter().chain([&constraints]) {
        answer.texts(texts);
    }
}

/// The actions of `more` that `less` lacks.
fn lacking<'p>(less: &Permission, more: &'p Permission) -> Vec<&'p str> {
    let mut lacking = Vec::new();
    for action in &more.actions {
        if !less.actions.contains(action) {
            lacking.push(action.as_str());
        }
    }
    lacking
}

fn same_actions(one: &Permission, other: &Permission) -> bool {
    let holds = |less: &Permission, more: &Permission| less.actions.iter().all(|action| more.actions.contains(action));
    holds(one, other) && holds(other, one)
}

/// The names of the constraints that are not the same.
fn differing<'p>(one: Place<'p>, other: Place<'p>) -> Vec<&'p str> {
    let none = PermissionConstraints::default();
    let [before, after] = [one, other].map(|(_, _, permission)| permission.constraints.as_ref().unwrap_or(&none));
    let mut names = Vec::new();
    for constraint in Constraint::ALL {
        if !constraint.is_same(before, after) {
            names.push(constraint.name());
        }
    }
    for (place, against) in [(one, other), (other, one)] {
        for unknown in place.0.unknown.iter().filter(|unknown| unknown.index == place.1) {
            let (name, value) = (unknown.name.as_str(), &unknown.value);
            let is_like = |like: &Unknown| like.index == against.1 && like.name == name && like.value == *value;
            if !against.0.unknown.iter().any(is_like) && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

impl Constraint {
    /// Whether both say the same about it.
    #[inline(never)]
    pub(super) fn is_same(self, one: &PermissionConstraints, other: &PermissionConstraints) -> bool {
        match self {
            Self::MaxCallsPerHour => one.max_calls_per_hour == other.max_calls_per_hour,
            Self::AllowedArgPatterns => one.allowed_arg_patterns == other.allowed_arg_patterns,
            Self::RequireApproval => one.require_approval == other.require_approval,
            Self::TimeWindow => one.time_window == other.time_window,
            Self::IpAllowlist => one.ip_allowlist == other.ip_allowlist,
        }
    }
}
