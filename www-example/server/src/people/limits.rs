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

/// The windows that are open, of each route and address.
#[derive(Default)]
pub struct Limits(Mutex<HashMap<(&'static str, String), Window>>);

struct Window {
    ends: Millis,
    count: u32,
}

impl Limits {
    /// Counts a request, and says whether it is within the limit.
    pub fn admit(&self, route: &'static str, address: &str, limit: Limit) -> bool {
        let now = clock::now();
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= MANY {
            windows.retain(|_, window| window.ends > now);
        }
        let fresh = Window { ends: now + limit.seconds * 1000, count: 0 };
        let window = windows.entry((route, address.to_owned())).or_insert(Window { ends: now, count: 0 });
        if window.ends <= now {
            *window = fresh;
        }
        window.count = window.count.saturating_add(1);
        window.count <= limit.most
    }
}
