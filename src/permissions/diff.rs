//! What has changed from one list of permissions to another.

use super::constraint::Constraint;
use super::json_text::JsonText;
use super::names::Names;
use super::packed::Unknown;
use crate::types::{Permission, PermissionConstraints};

/// A permission of a list, with what it has that is not known here: names and values.
struct Listed<'p> {
    permission: &'p Permission,
    unknown: Vec<(&'p str, &'p str)>,
}

fn listed<'p>(permissions: &'p [Permission], unknown: &'p [Unknown]) -> Vec<Listed<'p>> {
    let mut list: Vec<Listed<'p>> =
        permissions.iter().map(|permission| Listed { permission, unknown: Vec::new() }).collect();
    for Unknown { index, name, value } in unknown {
        if let Some(listed) = list.get_mut(*index) {
            listed.unknown.push((name, value));
        }
    }
    list
}

/// The difference, as JSON: the indices of what was added and removed, and what has changed on the same resource.
pub fn diff(before: (&[Permission], &[Unknown]), after: (&[Permission], &[Unknown])) -> String {
    let (before, after) = (listed(before.0, before.1), listed(after.0, after.1));
    let pairs = pairs(&before, &after);
    let changed: Vec<_> = pairs.iter().filter_map(|(old, new)| changes(&before, &after, *old, *new)).collect();
    let removed = others(before.len(), pairs.iter().map(|pair| pair.0));
    let added = others(after.len(), pairs.iter().map(|pair| pair.1));
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
            json.list("constraints", &change.constraints, |json, name| json.text("name", name));
        });
    })
}

struct Change<'p> {
    old: usize,
    new: usize,
    added: Vec<&'p str>,
    removed: Vec<&'p str>,
    constraints: Vec<&'p str>,
}

/// The numbers below `end` that are not in `taken`.
fn others(end: usize, taken: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut left = vec![true; end];
    for index in taken {
        left.iter_mut().skip(index).take(1).for_each(|left| *left = false);
    }
    (0..end).zip(left).filter_map(|(index, left)| left.then_some(index)).collect()
}

/// Which permission has become which, in the order of the old ones: equal ones first, then what is on the same resource.
fn pairs(before: &[Listed<'_>], after: &[Listed<'_>]) -> Vec<(usize, usize)> {
    let mut became: Vec<Option<usize>> = vec![None; before.len()];
    let mut taken = vec![false; after.len()];
    // Those of each resource, so that long lists are not compared one by one.
    let (mut resources, mut places) = (Names::default(), Vec::<Vec<usize>>::new());
    for (index, new) in after.iter().enumerate() {
        let number = resources.intern(new.permission.resource.as_bytes());
        if number == places.len() {
            places.push(Vec::new());
        }
        if let Some(places) = places.get_mut(number) {
            places.push(index);
        }
    }
    let alike: [fn(&Listed<'_>, &Listed<'_>) -> bool; 3] =
        [|old, new| same_actions(old, new) && differing(old, new).is_empty(), same_actions, |_, _| true];
    for alike in alike {
        for (old, place) in before.iter().zip(&mut became).filter(|(_, place)| place.is_none()) {
            let number = resources.find(old.permission.resource.as_bytes()).map(|found| resources.number(found));
            let same = number.and_then(|number| places.get(number)).into_iter().flatten();
            let is_free = |index: &&usize| taken.get(**index) == Some(&false);
            *place = same.filter(is_free).find(|index| after.get(**index).is_some_and(|new| alike(old, new))).copied();
            if let Some(taken) = place.and_then(|index| taken.get_mut(index)) {
                *taken = true;
            }
        }
    }
    became.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?))).collect()
}

fn changes<'p>(before: &[Listed<'p>], after: &[Listed<'p>], old: usize, new: usize) -> Option<Change<'p>> {
    let (was, is) = (before.get(old)?, after.get(new)?);
    let change =
        Change { old, new, added: lacking(was, is), removed: lacking(is, was), constraints: differing(was, is) };
    let any = !change.added.is_empty() || !change.removed.is_empty() || !change.constraints.is_empty();
    any.then_some(change)
}

/// The actions of `more` that `less` lacks.
fn lacking<'p>(less: &Listed<'_>, more: &Listed<'p>) -> Vec<&'p str> {
    let held = &less.permission.actions;
    more.permission.actions.iter().filter(|action| !held.contains(action)).map(String::as_str).collect()
}

fn same_actions(one: &Listed<'_>, other: &Listed<'_>) -> bool {
    let (one, other) = (&one.permission.actions, &other.permission.actions);
    one.iter().all(|action| other.contains(action)) && other.iter().all(|action| one.contains(action))
}

/// The names of the constraints that are not the same.
fn differing<'p>(one: &Listed<'p>, other: &Listed<'p>) -> Vec<&'p str> {
    let none = PermissionConstraints::default();
    let [before, after] = [one, other].map(|listed| listed.permission.constraints.as_ref().unwrap_or(&none));
    let known =
        Constraint::ALL.into_iter().filter(|constraint| !constraint.is_same(before, after)).map(Constraint::name);
    let mut names: Vec<&'p str> = known.collect();
    for unknown in one.unknown.iter().chain(&other.unknown) {
        let same = one.unknown.contains(unknown) && other.unknown.contains(unknown);
        if !same && !names.contains(&unknown.0) {
            names.push(unknown.0);
        }
    }
    names
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
