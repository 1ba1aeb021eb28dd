//! An index of the first permission that matches, as the server reads resource patterns.

use super::grants::{Actions, Granted, Grants, NONE};
use super::matcher::{Pattern, Reach};
use super::names::Names;
use super::words::{Read, WORD, closed, colons, rest_at, word_at};
use crate::types::Permission;

/// One look-up for each segment of a resource finds all that may match it.
#[derive(Debug)]
pub(super) struct First {
    actions: Actions,
    /// To each prefix belong two: what is granted on it and all below it, and what on it alone.
    prefixes: Names,
    everything: Grants,
}

impl First {
    pub fn new(permissions: &[Permission]) -> Self {
        let (mut actions, mut everything) = (Actions::new(), Grants::default());
        let (mut numbers, mut granted) = (Names::default(), Vec::<(&str, [Grants; 2])>::new());
        for (number, permission) in permissions.iter().enumerate() {
            let Pattern { prefix, reach } = Pattern::new(&permission.resource);
            let mut grants = Some(&mut everything);
            if reach != Reach::Everything {
                let place = numbers.intern(prefix.as_bytes());
                if place == granted.len() {
                    granted.push((prefix, Default::default()));
                }
                grants = granted
                    .get_mut(place)
                    .map(|(_, [below, itself])| if reach == Reach::Below { below } else { itself });
            }
            let Some(grants) = grants else { continue };
            for action in &permission.actions {
                grants.add(actions.intern(action), number);
            }
        }
        let mut prefixes = Names::default();
        for (prefix, [below, itself]) in &granted {
            below.join(itself, prefixes.insert(prefix.as_bytes()));
        }
        Self { actions, prefixes, everything }
    }

    pub fn find(&self, action: &[u8], resource: &[u8]) -> Option<usize> {
        let action = self.actions.number(action);
        let mut found = self.everything.all().first(action);
        let (mut read, mut start) = (Read::default(), 0);
        loop {
            let whole = word_at(resource, start);
            let word = whole.unwrap_or_else(|| rest_at(resource, start));
            // Where a prefix ends: before each colon, and at last the whole.
            let mut ends = colons(word);
            if whole.is_none() {
                ends |= 0x80 << (8 * (resource.len() - start));
            }
            while ends != 0 {
                let bits = ends.trailing_zeros() & !7;
                ends &= ends - 1;
                let end = start + bits as usize / 8;
                let prefix = resource.get(..end).unwrap_or_default();
                if let Some(place) = self.prefixes.find_read(read, prefix, closed(word, bits)) {
                    let [below, itself] = Granted::split(self.prefixes.behind(place));
                    found = found.min(below.first(action));
                    if end == resource.len() {
                        found = found.min(itself.first(action));
                    }
                }
            }
            if whole.is_none() {
                break;
            }
            read = read.and(word);
            start += WORD;
        }
        (found != NONE).then_some(found as usize)
    }
}
