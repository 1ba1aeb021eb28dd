//! An index of the first permission that matches, as the server reads resource patterns.

use super::grants::{Actions, Granted, Grants, NONE};
use super::matcher::{Pattern, Reach};
use super::names::Names;
use super::swar::{Read, WORD, closed, colons, rest_at, word_at};
use crate::schema::Permission;
use std::num::NonZeroU32;

/// One look-up for each segment of a resource finds all that may match it.
#[derive(Debug)]
pub(super) struct FirstMatchIndex {
    actions: Actions,
    /// To each prefix belong two: what is granted on it and all below it, and what on it alone.
    prefixes: Names,
    everything: Grants,
}

impl FirstMatchIndex {
    pub fn new(permissions: &[Permission]) -> Self {
        let mut earlier = EarlierPermissions::default();
        for permission in permissions {
            earlier.add(permission);
        }
        let EarlierPermissions { actions, texts, granted, everything, .. } = earlier;
        let mut prefixes = Names::default();
        for (prefix, [below, itself]) in texts.iter().zip(&granted) {
            below.join(itself, prefixes.insert(prefix.as_bytes()));
        }
        Self { actions, prefixes, everything }
    }

    pub fn find(&self, action: &[u8], resource: &[u8]) -> Option<usize> {
        let action = self.actions.number(action);
        let mut found = self.everything.all().first(action);
        each_prefix(&self.prefixes, resource, |place, is_whole| {
            let [below, itself] = Granted::split(self.prefixes.behind(place));
            found = found.min(below.first(action));
            if is_whole {
                found = found.min(itself.first(action));
            }
        });
        (found != NONE).then_some(found as usize)
    }
}

/// Calls `visit` for each prefix of `resource` that is in `names` (whole segments, from the first on), with the place of what
/// belongs to it, and whether it is all of the resource.
#[inline(always)]
pub(super) fn each_prefix(names: &Names, resource: &[u8], mut visit: impl FnMut(NonZeroU32, bool)) {
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
            if let Some(place) = names.find_read(read, prefix, closed(word, bits)) {
                visit(place, end == resource.len());
            }
        }
        if whole.is_none() {
            return;
        }
        read = read.and(word);
        start += WORD;
    }
}

/// The same where it need not be quick.
#[inline(never)]
pub(super) fn visit_prefixes(names: &Names, resource: &[u8], visit: &mut dyn FnMut(NonZeroU32, bool)) {
    each_prefix(names, resource, visit);
}

/// What the permissions so far grant, on which resources: an index that can grow.
#[derive(Debug, Default)]
pub(super) struct EarlierPermissions<'p> {
    actions: Actions,
    prefixes: Names,
    texts: Vec<&'p str>,
    /// For each prefix what is granted on it and all below it, and what on it alone.
    granted: Vec<[Grants; 2]>,
    everything: Grants,
    count: usize,
}

impl<'p> EarlierPermissions<'p> {
    pub fn add(&mut self, permission: &'p Permission) {
        let Pattern { prefix, reach } = Pattern::new(&permission.resource);
        let mut grants = Some(&mut self.everything);
        if reach != Reach::Everything {
            let place = self.prefixes.intern(prefix.as_bytes());
            if place == self.granted.len() {
                self.texts.push(prefix);
                self.granted.push(Default::default());
            }
            let both = self.granted.get_mut(place);
            grants = both.map(|[below, itself]| if reach == Reach::Below { below } else { itself });
        }
        if let Some(grants) = grants {
            for action in &permission.actions {
                grants.add(self.actions.intern(action), self.count);
            }
        }
        self.count += 1;
    }

    /// For each action of `permission`, the first permission so far that decides about it on all of its resource.
    pub fn deciders(&self, permission: &Permission) -> Vec<Option<usize>> {
        let Pattern { prefix, reach } = Pattern::new(&permission.resource);
        let mut above = vec![&self.everything];
        if reach != Reach::Everything {
            visit_prefixes(&self.prefixes, prefix.as_bytes(), &mut |place, is_whole| {
                if let Some([below, itself]) = self.granted.get(self.prefixes.number(place)) {
                    above.push(below);
                    if is_whole && reach == Reach::Itself {
                        above.push(itself);
                    }
                }
            });
        }
        let mut deciders = Vec::new();
        for action in &permission.actions {
            let action = self.actions.number(action.as_bytes());
            let mut found = NONE;
            for grants in &above {
                found = found.min(grants.all().first(action));
            }
            deciders.push((found != NONE).then_some(found as usize));
        }
        deciders
    }
}
