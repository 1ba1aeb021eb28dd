//! A value that all of the module shares. A module has one thread, so this needs none of the machinery of `thread_local!`,
//! which brings a way to fail, and words for it.

use std::cell::UnsafeCell;

/// A value for the one thread there is, which is never borrowed for longer than one call.
///
/// Not a `RefCell` or a value that is taken out meanwhile: where the host's stack ends, a call is left in the middle, and either
/// would stay as it is there.
pub struct StaticCell<T>(UnsafeCell<T>);

// SAFETY: this is compiled for modules without threads alone (see lib.rs).
unsafe impl<T> Sync for StaticCell<T> {}

impl<T> StaticCell<T> {
    /// Holds `value`.
    pub const fn new(value: T) -> Self {
        Self(UnsafeCell::new(value))
    }

    /// The value, to be looked at until something is done `with` it.
    #[cfg(feature = "permissions")]
    pub fn get(&self) -> &T {
        // SAFETY: one export never calls another, so that only `with` could change the value.
        unsafe { &*self.0.get() }
    }

    /// Works on the value. `work` must not be re-entrant: it calls neither JavaScript nor anything that works on the same value.
    pub fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: as above, and no `work` in `bindings` looks at the same value otherwise.
        work(unsafe { &mut *self.0.get() })
    }
}
