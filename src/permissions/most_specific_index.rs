//! An index of the most specific permission that matches, as the public documentation reads resource patterns.
//!
//! Of two patterns that match a resource, the one that names the first segment in which they differ is the more specific;
//! `*` alone, which matches every resource, is the least. On one pattern an action's own name goes before `*`, and what
//! comes earlier before what comes later.

use super::grants::{Actions, Grants, NONE};
use super::names::Names;
use super::segments::Segments;
use crate::schema::Permission;
use std::cmp::Ordering;

/// One look-up for each form that patterns have (which segments are `*`) finds what matches a resource.
#[derive(Debug)]
pub(super) struct MostSpecificIndex {
    actions: Actions,
    /// The most specific first.
    forms: Vec<Form>,
    everything: Grants,
}

/// Patterns with `*` in the same places.
#[derive(Debug)]
struct Form {
    /// For each segment whether it is `*`.
    stars: Vec<bool>,
    /// Their other segments, each with a colon after it.
    names: Names,
    grants: Vec<Grants>,
}

impl MostSpecificIndex {
    pub fn new(permissions: &[Permission]) -> Self {
        let mut index = Self { actions: Actions::default(), forms: Vec::new(), everything: Grants::default() };
        for (number, permission) in permissions.iter().enumerate() {
            let Self { actions, forms, everything } = &mut index;
            let grants = match permission.resource.as_str() {
                "*" => Some(everything),
                resource => place(forms, resource),
            };
            let Some(grants) = grants else { continue };
            for action in &permission.actions {
                grants.add(actions.intern(action), number);
            }
        }
        index
    }

    pub fn find(&self, action: &[u8], resource: &[u8]) -> Option<usize> {
        let action = self.actions.number(action);
        let length = resource.iter().filter(|byte| **byte == b':').count() + 1;
        let mut key = Vec::with_capacity(resource.len() + 1);
        for form in &self.forms {
            if form.stars.len() == length
                && let Some(found) = form.find(resource, &mut key).and_then(|grants| decider(grants, action))
            {
                return Some(found);
            }
        }
        decider(&self.everything, action)
    }
}

/// The permission that decides about an action: one that names it goes before one that grants every action.
fn decider(grants: &Grants, action: u32) -> Option<usize> {
    let named = grants.all().named(action);
    let permission = if named == NONE { grants.all().every() } else { named };
    (permission != NONE).then_some(permission as usize)
}

/// Where the permissions for that pattern are noted.
fn place<'f>(forms: &'f mut Vec<Form>, resource: &str) -> Option<&'f mut Grants> {
    let (mut stars, mut key) = (Vec::new(), Vec::new());
    for segment in Segments::of(resource) {
        stars.push(segment == "*");
        if segment != "*" {
            key.extend_from_slice(segment.as_bytes());
            key.push(b':');
        }
    }
    let known = forms.binary_search_by(|form| specificity(&form.stars, &stars));
    let at = known.unwrap_or_else(|at| {
        forms.insert(at, Form { stars, names: Names::default(), grants: Vec::new() });
        at
    });
    let form = forms.get_mut(at)?;
    let number = form.names.intern(&key);
    while form.grants.len() <= number {
        form.grants.push(Grants::default());
    }
    form.grants.get_mut(number)
}

/// The order of forms of the same length; forms of different lengths never match the same resource.
fn specificity(one: &[bool], other: &[bool]) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

impl Form {
    /// What is granted on the pattern of this form that matches `resource`, which has as many segments.
    fn find(&self, resource: &[u8], key: &mut Vec<u8>) -> Option<&Grants> {
        key.clear();
        for (segment, star) in resource.split(|byte| *byte == b':').zip(&self.stars) {
            if !star {
                key.extend_from_slice(segment);
                key.push(b':');
            }
        }
        self.grants.get(self.names.number(self.names.find(key)?))
    }
}
