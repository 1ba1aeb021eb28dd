//! What is granted on one resource pattern: for each action, which permission comes first.

use super::names::{Names, hash_of};

/// The actions of all permissions, numbered. `*` is known from the start.
#[derive(Debug)]
pub(super) struct Actions(Names);

/// The number of `*`.
const EVERY: u32 = 0;
/// The number of an action that no permission names: only `*` grants it.
const UNKNOWN: u32 = u32::MAX;

impl Actions {
    pub fn new() -> Self {
        let mut names = Names::default();
        names.intern(b"*");
        Self(names)
    }

    pub fn intern(&mut self, action: &str) -> u32 {
        self.0.intern(action.as_bytes()) as u32
    }

    pub fn number(&self, action: &[u8]) -> u32 {
        self.0.find(hash_of(action), action).map_or(UNKNOWN, |number| number as u32)
    }
}

/// For each action, the first permission that grants it; in the order of the actions' numbers.
#[derive(Debug, Default)]
pub(super) struct Grants(Vec<Grant>);

/// An action, and the permission that grants it.
type Grant = (u32, u32);

impl Grants {
    /// Notes that a permission grants an action. Permissions come in their order.
    pub fn add(&mut self, action: u32, permission: usize) {
        if let Err(place) = self.0.binary_search_by_key(&action, |(known, _)| *known) {
            self.0.insert(place, (action, permission as u32));
        }
    }

    /// These, to be looked at.
    pub fn all(&self) -> Granted<'_> {
        Granted(&self.0)
    }
}

/// [`Grants`], wherever they lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Granted<'g>(&'g [Grant]);

impl Granted<'_> {
    /// The first permission that grants that action by its name.
    pub fn named(self, action: u32) -> Option<u32> {
        let place = self.0.binary_search_by_key(&action, |(known, _)| *known).ok()?;
        self.0.get(place).map(|(_, permission)| *permission)
    }

    /// The first permission that grants every action.
    pub fn every(self) -> Option<u32> {
        self.0.first().filter(|(action, _)| *action == EVERY).map(|(_, permission)| *permission)
    }

    /// The first permission that grants that action.
    pub fn first(self, action: u32) -> Option<u32> {
        earlier(self.named(action), self.every())
    }
}

/// The permission that comes first.
pub(super) fn earlier(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Many [`Grants`], in one piece.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    grants: Vec<Grant>,
    /// For each of them, where it ends: it begins where the one before ends.
    ends: Vec<u32>,
}

impl Shelf {
    /// Puts the next ones behind the others.
    pub fn put(&mut self, grants: &Grants) {
        self.grants.extend_from_slice(&grants.0);
        self.ends.push(self.grants.len() as u32);
    }

    /// Those that were put as the `number`th.
    pub fn get(&self, number: usize) -> Granted<'_> {
        let end = |number: usize| self.ends.get(number).map(|end| *end as usize);
        let start = number.checked_sub(1).and_then(end).unwrap_or_default();
        Granted(end(number).and_then(|end| self.grants.get(start..end)).unwrap_or_default())
    }
}
