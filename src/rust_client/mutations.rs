//! Counts the calls that can change decisions, for all clients of a server in this program: a decision that was made before such a
//! call, or while it was in flight, must not be kept.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

static KNOWN: Mutex<Option<HashMap<String, Weak<AtomicU64>>>> = Mutex::new(None);
/// Servers whose clients are gone are forgotten when there are so many.
const MANY: usize = 1000;

/// The count of a server.
#[derive(Clone, Debug)]
pub(super) struct Mutations(Arc<AtomicU64>);

impl Mutations {
    /// The count that all clients of that base URL share.
    pub fn of(base_url: &str) -> Self {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get_or_insert_default();
        if let Some(count) = known.get(base_url).and_then(Weak::upgrade) {
            return Self(count);
        }
        if known.len() >= MANY {
            known.retain(|_, count| count.strong_count() > 0);
        }
        let count = Arc::default();
        known.insert(base_url.to_owned(), Arc::downgrade(&count));
        Self(count)
    }

    pub fn count(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }

    /// Counts a call when it starts, and again when it is over, however that comes.
    pub fn change(&self) -> Change {
        self.0.fetch_add(1, Ordering::SeqCst);
        Change(self.0.clone())
    }
}

/// A call that can change decisions.
#[must_use]
pub(super) struct Change(Arc<AtomicU64>);

impl Drop for Change {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}
