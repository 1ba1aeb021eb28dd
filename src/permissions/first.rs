//! An index of the first permission that matches, as the server reads resource patterns.

use super::grants::{Actions, Grants};
use super::matcher::{Pattern, Reach};
use super::names::{EMPTY, Names, hash_on};
use crate::types::Permission;

/// One look-up for each segment of a resource finds all that may match it.
#[derive(Debug)]
pub(super) struct First {
    actions: Actions,
    prefixes: Names,
    /// By the number of the prefix: what is granted on it alone, and on it and all below it.
    itself: Vec<Grants>,
    below: Vec<Grants>,
    everything: Grants,
}

impl First {
    pub fn new(permissions: &[Permission]) -> Self {
        let mut index = Self {
            actions: Actions::new(),
            prefixes: Names::default(),
            itself: Vec::new(),
            below: Vec::new(),
            everything: Grants::default(),
        };
        for (number, permission) in permissions.iter().enumerate() {
            let Pattern { prefix, reach } = Pattern::new(&permission.resource);
            let place = if reach == Reach::Everything { 0 } else { index.prefixes.intern(prefix.as_bytes()) };
            while index.itself.len() <= place {
                index.itself.push(Grants::default());
                index.below.push(Grants::default());
            }
            let grants = match reach {
                Reach::Itself => index.itself.get_mut(place),
                Reach::Below => index.below.get_mut(place),
                Reach::Everything => Some(&mut index.everything),
            };
            let Some(grants) = grants else { continue };
            for action in &permission.actions {
                grants.add(index.actions.intern(action), number);
            }
        }
        index
    }

    pub fn find(&self, action: &[u8], resource: &[u8]) -> Option<usize> {
        let action = self.actions.number(action);
        let first = |grants: &Grants| earlier(grants.named(action), grants.every());
        let mut found = first(&self.everything);
        let mut hash = EMPTY;
        for (end, byte) in resource.iter().enumerate() {
            if *byte == b':'
                && let Some(place) = resource.get(..end).and_then(|prefix| self.prefixes.find(hash, prefix))
            {
                found = earlier(found, self.below.get(place).and_then(first));
            }
            hash = hash_on(hash, *byte);
        }
        if let Some(place) = self.prefixes.find(hash, resource) {
            found = earlier(found, self.below.get(place).and_then(first));
            found = earlier(found, self.itself.get(place).and_then(first));
        }
        found.map(|permission| permission as usize)
    }
}

fn earlier(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
