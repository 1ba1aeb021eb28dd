//! Whether one permission is part of another: the rule by which agents may delegate.

use super::first_match_index::visit_prefixes;
use super::matcher::{Pattern, Reach};
use super::matching::acts;
use super::names::Names;
use super::pack::Packer;
use super::segments::Segments;
use crate::schema::Permission;

/// Whether `parent` covers `child`: an equal resource or one below it, and every action.
///
/// A plain prefix counts as being above (`a` covers `a:b:c`), although it does not *match* it: the
/// server delegates more than the delegating agent may use itself. Constraints play no part.
pub fn covers(parent: &Permission, child: &Permission) -> bool {
    is_above(&parent.resource, &child.resource) && child.actions.iter().all(|action| acts(parent, action))
}

/// Whether each of `children` is covered by one of `parents`; actions of several are not added up.
pub fn covers_all(parents: &[Permission], children: &[Permission]) -> bool {
    children.iter().all(|child| parents.iter().any(|parent| covers(parent, child)))
}

/// A permission that no single permission covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncovered<'p> {
    /// Its index.
    pub index: usize,
    /// The permission that comes closest: its resource is equal or above, and it lacks the fewest actions. `None` if none
    /// is above.
    pub closest: Option<usize>,
    /// The actions which that one lacks; without one, all actions.
    pub actions: Vec<&'p str>,
}

/// Those of `children` that `parents` do not cover, each with what is lacking. Empty if they may be delegated.
pub fn uncovered<'p>(parents: &[Permission], children: &'p [Permission]) -> Vec<Uncovered<'p>> {
    let mut delegable = DelegationIndex::new(parents);
    let mut uncovered = Vec::new();
    for (index, child) in children.iter().enumerate() {
        let closest = delegable.closest(child);
        let parent = closest.and_then(|closest| parents.get(closest));
        let mut actions = Vec::new();
        for action in &child.actions {
            if !parent.is_some_and(|parent| acts(parent, action)) {
                actions.push(action.as_str());
            }
        }
        if parent.is_none() || !actions.is_empty() {
            uncovered.push(Uncovered { index, closest, actions });
        }
    }
    uncovered
}

/// What is lacking, in words: where no permission is above, and where one is. The resource stands for `{}`; or that of the closest one,
/// the actions, and the resource.
pub const UNCOVERED: [&str; 2] = [
    "No permission is on \"{}\" or above it",
    "The permission on \"{}\" does not have {}, which is asked for on \"{}\"",
];

/// Those that are not covered, into `answer`: their number; for each its index, that of the closest plus one or 0, and the actions.
pub fn coverage(parents: &[Permission], children: &[Permission], answer: &mut Packer) {
    let lacking = uncovered(parents, children);
    answer.number(lacking.len());
    for one in &lacking {
        answer.number(one.index);
        answer.number(one.closest.map_or(0, |closest| closest + 1));
        answer.texts(&one.actions);
    }
}

/// An index of what the holder of some permissions may delegate.
struct DelegationIndex {
    prefixes: Names,
    /// For each prefix the first permission on it, and the first of those that holds every action; at last for those of every
    /// resource.
    first: Vec<First>,
    /// Places and actions, by their numbers, and which permissions are on the place and hold the action.
    held: Names,
    holders: Vec<Vec<u32>>,
    actions: Names,
    /// For each permission how many of the actions that are asked for it holds.
    counts: Vec<u32>,
}

/// The first permission on a prefix, and the first of those that holds every action.
#[derive(Clone, Copy)]
struct First {
    any: u32,
    every: u32,
}

impl Default for First {
    fn default() -> Self {
        Self { any: NONE, every: NONE }
    }
}

/// No permission: it comes after all others.
const NONE: u32 = u32::MAX;

/// Where permissions on every resource are noted.
const EVERYWHERE: usize = 0;

impl DelegationIndex {
    fn new(parents: &[Permission]) -> Self {
        let mut index = Self {
            prefixes: Names::default(),
            first: vec![First::default()],
            held: Names::default(),
            holders: Vec::new(),
            actions: Names::default(),
            counts: vec![0; parents.len()],
        };
        let mut known = Names::default();
        for (number, parent) in parents.iter().enumerate() {
            let Pattern { prefix, reach } = Pattern::new(&parent.resource);
            let place =
                if reach == Reach::Everything { EVERYWHERE } else { index.prefixes.intern(prefix.as_bytes()) + 1 };
            // Of several that say the same, the first is the one to name.
            let mut key = place.to_le_bytes().to_vec();
            for action in &parent.actions {
                key.extend_from_slice(action.as_bytes());
                key.push(0xff);
            }
            if known.find(&key).is_some() {
                continue;
            }
            known.intern(&key);
            index.add(place, number as u32, &parent.actions);
        }
        index
    }

    fn add(&mut self, place: usize, number: u32, actions: &[String]) {
        if place == self.first.len() {
            self.first.push(First::default());
        }
        if let Some(first) = self.first.get_mut(place) {
            first.any = first.any.min(number);
            if actions.iter().any(|action| action == "*") {
                first.every = first.every.min(number);
            }
        }
        for action in actions {
            let action = self.actions.intern(action.as_bytes());
            let holder = self.held.intern(&key(place, action));
            if holder == self.holders.len() {
                self.holders.push(Vec::new());
            }
            if let Some(holders) = self.holders.get_mut(holder).filter(|holders| holders.last() != Some(&number)) {
                holders.push(number);
            }
        }
    }

    /// The first of the permissions on the resource of `child`, or above it, that lack the fewest of its actions.
    fn closest(&mut self, child: &Permission) -> Option<usize> {
        let mut places = vec![EVERYWHERE];
        visit_prefixes(&self.prefixes, child.resource.as_bytes(), &mut |place, _| {
            places.push(self.prefixes.number(place) + 1);
        });
        let First { mut any, mut every } = First::default();
        for place in &places {
            if let Some(first) = self.first.get(*place) {
                any = any.min(first.any);
                every = every.min(first.every);
            }
        }
        // One that holds every action lacks none: only another that lacks none could be named before it, and to the same end.
        if every != NONE {
            return Some(every as usize);
        }
        let mut best = (0, any);
        let mut counted = Vec::new();
        for action in &child.actions {
            let Some(action) = self.actions.find(action.as_bytes()).map(|found| self.actions.number(found)) else {
                continue;
            };
            for place in &places {
                let held = self.held.find(&key(*place, action)).map(|found| self.held.number(found));
                for number in held.and_then(|held| self.holders.get(held)).into_iter().flatten() {
                    let Some(count) = self.counts.get_mut(*number as usize) else { continue };
                    *count += 1;
                    counted.push(*number);
                    let (most, first) = best;
                    if *count > most || *count == most && *number < first {
                        best = (*count, *number);
                    }
                }
            }
        }
        for number in counted {
            if let Some(count) = self.counts.get_mut(number as usize) {
                *count = 0;
            }
        }
        (best.1 != NONE).then_some(best.1 as usize)
    }
}

fn key(place: usize, action: usize) -> [u8; 8] {
    ((place as u64) << 32 | action as u64).to_le_bytes()
}

fn is_above(parent: &str, child: &str) -> bool {
    let mut segments = Segments::of(child);
    for wanted in Segments::of(parent) {
        if wanted == "*" {
            return true;
        }
        if segments.next() != Some(wanted) {
            return false;
        }
    }
    true
}
