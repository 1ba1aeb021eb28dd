//! An index of the first permission that matches, as the server reads resource patterns.

use super::grants::{Actions, Grants, Shelf, earlier};
use super::matcher::{Pattern, Reach};
use super::names::{EMPTY, Names, hash_on};
use crate::types::Permission;

/// One look-up for each segment of a resource finds all that may match it.
#[derive(Debug)]
pub(super) struct First {
    actions: Actions,
    prefixes: Names,
    /// For each prefix two: what is granted on it and all below it, and what on it alone.
    granted: Shelf,
    everything: Grants,
}

impl First {
    pub fn new(permissions: &[Permission]) -> Self {
        let (mut actions, mut prefixes, mut everything) = (Actions::new(), Names::default(), Grants::default());
        let mut on_prefixes: Vec<[Grants; 2]> = Vec::new();
        for (number, permission) in permissions.iter().enumerate() {
            let Pattern { prefix, reach } = Pattern::new(&permission.resource);
            let mut grants = Some(&mut everything);
            if reach != Reach::Everything {
                let place = prefixes.intern(prefix.as_bytes());
                if place == on_prefixes.len() {
                    on_prefixes.push(<[Grants; 2]>::default());
                }
                let [below, itself] = match on_prefixes.get_mut(place) {
                    Some(both) => both,
                    None => continue,
                };
                grants = Some(if reach == Reach::Below { below } else { itself });
            }
            for action in &permission.actions {
                if let Some(grants) = &mut grants {
                    grants.add(actions.intern(action), number);
                }
            }
        }
        let mut granted = Shelf::default();
        on_prefixes.iter().flatten().for_each(|grants| granted.put(grants));
        Self { actions, prefixes, granted, everything }
    }

    pub fn find(&self, action: &[u8], resource: &[u8]) -> Option<usize> {
        let action = self.actions.number(action);
        let mut found = self.everything.all().first(action);
        let mut hash = EMPTY;
        for (end, byte) in resource.iter().enumerate() {
            if *byte == b':'
                && let Some(place) = resource.get(..end).and_then(|prefix| self.prefixes.find(hash, prefix))
            {
                found = earlier(found, self.granted.get(2 * place).first(action));
            }
            hash = hash_on(hash, *byte);
        }
        if let Some(place) = self.prefixes.find(hash, resource) {
            found = earlier(found, self.granted.get(2 * place).first(action));
            found = earlier(found, self.granted.get(2 * place + 1).first(action));
        }
        found.map(|permission| permission as usize)
    }
}
