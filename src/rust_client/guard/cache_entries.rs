//! What a decision cache holds.

use super::decision::GuardDecision;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

#[derive(Default)]
pub(super) struct State {
    pub entries: HashMap<Arc<str>, Entry>,
    /// The keys by their last use.
    uses: BTreeMap<u64, Arc<str>>,
    /// The number of uses so far.
    used: u64,
    /// The mutations at the last look.
    pub mutations: u64,
    pub invalidations: u64,
}

pub(super) struct Entry {
    pub decision: GuardDecision,
    pub times: Times,
    pub ttl: Duration,
    pub used: u64,
}

/// The monotonic clock may stop while the machine sleeps, and the wall clock may be put back: the larger age counts.
#[derive(Clone, Copy)]
pub(super) struct Times(pub Duration, pub Duration);

impl Times {
    /// Whether that much time has passed until `now`. A wall clock that was put back makes no entry younger.
    pub fn is_over(self, now: Self, ttl: Duration) -> bool {
        now.0.saturating_sub(self.0) >= ttl || now.1.saturating_sub(self.1) >= ttl
    }
}

impl State {
    pub fn new(mutations: u64) -> Self {
        Self { mutations, ..Self::default() }
    }

    pub fn clear(&mut self) {
        self.invalidations += 1;
        self.entries.clear();
        self.uses.clear();
    }

    /// Empties the cache if a client has changed anything since the last look.
    pub fn invalidate(&mut self, mutations: u64) {
        if self.mutations != mutations {
            self.mutations = mutations;
            self.clear();
        }
    }

    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        let entry = self.entries.remove(key)?;
        self.uses.remove(&entry.used);
        Some(entry)
    }

    pub fn insert(&mut self, key: Arc<str>, entry: Entry, max: usize) {
        self.remove(&key);
        self.used += 1;
        self.uses.insert(self.used, key.clone());
        self.entries.insert(key, Entry { used: self.used, ..entry });
        while self.entries.len() > max
            && let Some((_, oldest)) = self.uses.pop_first()
        {
            self.entries.remove(&oldest);
        }
    }
}
