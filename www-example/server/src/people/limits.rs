//! The rate limits of sign-in routes: so many requests of one address in a window that does not slide.

use crate::clock::{self, Millis};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// So many requests in so many seconds.
#[derive(Clone, Copy)]
pub struct Limit {
    pub most: u32,
    pub seconds: Millis,
}

/// How many windows are remembered before those that are over are forgotten.
const MANY: usize = 10_000;

/// The windows that are open: when each ends, and how many requests it has had.
#[derive(Default)]
pub struct Limits(Mutex<HashMap<(&'static str, String), (Millis, u32)>>);

impl Limits {
    /// Counts a request, and says whether it is within the limit.
    pub fn admit(&self, route: &'static str, address: &str, limit: Limit) -> bool {
        let now = clock::now();
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= MANY {
            windows.retain(|_, (ends, _)| *ends > now);
        }
        let (ends, count) = windows.entry((route, address.to_owned())).or_insert((now + limit.seconds * 1000, 0));
        if *ends <= now {
            (*ends, *count) = (now + limit.seconds * 1000, 0);
        }
        *count = count.saturating_add(1);
        *count <= limit.most
    }
}
