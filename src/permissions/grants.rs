//! What is granted on one resource pattern: for each action, which permission comes first.

use super::names::Names;

/// The actions of all permissions, numbered. `*` is known from the start.
#[derive(Debug)]
pub(super) struct Actions(Names);

/// The number of `*`.
const EVERY: u32 = 0;
/// The number of an action that no permission names: only `*` grants it.
const UNKNOWN: u32 = u32::MAX;

impl Default for Actions {
    fn default() -> Self {
        let mut names = Names::default();
        names.intern(b"*");
        Self(names)
    }
}

impl Actions {
    pub fn intern(&mut self, action: &str) -> u32 {
        self.0.intern(action.as_bytes()) as u32
    }

    pub fn number(&self, action: &[u8]) -> u32 {
        self.0.find(action).map_or(UNKNOWN, |place| self.0.number(place) as u32)
    }
}

/// For each action, the first permission that grants it; in the order of the actions' numbers.
#[derive(Debug, Default)]
pub(super) struct Grants(Vec<u64>);

/// An action and the permission that grants it, as one word.
const fn grant(action: u32, permission: u32) -> u64 {
    (action as u64) << 32 | permission as u64
}

const fn action_of(grant: u64) -> u32 {
    (grant >> 32) as u32
}

/// No permission: it comes after all others.
pub(super) const NONE: u32 = u32::MAX;

impl Grants {
    /// Notes that a permission grants an action. Permissions come in their order.
    pub fn add(&mut self, action: u32, permission: usize) {
        let place = place_of(&self.0, action);
        if self.0.get(place).is_none_or(|grant| action_of(*grant) != action) {
            self.0.insert(place, grant(action, permission as u32));
        }
    }

    /// Puts these and others behind `words`, where [`Granted::split`] finds them.
    pub fn join(&self, others: &Self, words: &mut Vec<u64>) {
        words.push(grant(self.0.len() as u32, others.0.len() as u32));
        words.extend_from_slice(&self.0);
        words.extend_from_slice(&others.0);
    }

    /// These, to be looked at.
    pub fn all(&self) -> Granted<'_> {
        Granted(&self.0)
    }
}

#[inline(always)]
fn place_of(grants: &[u64], action: u32) -> usize {
    let (mut low, mut high) = (0, grants.len());
    while low < high {
        let middle = (low + high) / 2;
        match grants.get(middle) {
            Some(grant) if action_of(*grant) < action => low = middle + 1,
            _ => high = middle,
        }
    }
    low
}

/// [`Grants`], wherever they lie.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Granted<'g>(&'g [u64]);

impl<'g> Granted<'g> {
    /// The first permission that grants that action by its name, or [`NONE`].
    #[inline(always)]
    pub fn named(self, action: u32) -> u32 {
        match self.0.get(place_of(self.0, action)) {
            Some(grant) if action_of(*grant) == action => *grant as u32,
            _ => NONE,
        }
    }

    /// The first permission that grants every action, or [`NONE`].
    #[inline(always)]
    pub fn every(self) -> u32 {
        match self.0.first() {
            Some(grant) if action_of(*grant) == EVERY => *grant as u32,
            _ => NONE,
        }
    }

    /// The first permission that grants that action, or [`NONE`].
    pub fn first(self, action: u32) -> u32 {
        self.named(action).min(self.every())
    }

    /// The two that are joined in the words at the start of these.
    #[inline(always)]
    pub fn split(words: &'g [u64]) -> [Self; 2] {
        let Some((lengths, words)) = words.split_first() else { return Default::default() };
        let end = action_of(*lengths) as usize;
        let one = words.get(..end).unwrap_or_default();
        [Self(one), Self(words.get(end..end + *lengths as u32 as usize).unwrap_or_default())]
    }
}
