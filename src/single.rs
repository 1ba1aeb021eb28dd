//! A value that all of the module shares. A module has one thread, so this needs none of the machinery of `thread_local!`,
//! which brings a way to fail, and words for it.

use std::cell::Cell;

/// A value for the one thread there is.
pub struct Single<T>(Cell<T>);

// SAFETY: this is compiled for modules without threads alone (see lib.rs).
unsafe impl<T> Sync for Single<T> {}

impl<T: Default> Single<T> {
    /// Holds `value`.
    pub const fn new(value: T) -> Self {
        Self(Cell::new(value))
    }

    /// Works on the value. Must not be called re-entrantly: the inner call would find the default.
    pub fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        let mut value = self.0.take();
        let result = work(&mut value);
        self.0.set(value);
        result
    }
}
