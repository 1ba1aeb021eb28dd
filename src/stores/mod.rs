//! What many isolates share by a store, and what may be served of it: decided here, over what is known of a kept answer.

/// The seconds for which the version of a server's decisions is kept. It outlives every decision that was kept under it, so a version that
/// is gone is never the one of a decision.
pub const VERSION_SECONDS: u32 = 3600;
/// The milliseconds that a store has for one answer, unless the program says otherwise. Then the server is asked.
pub const STORE_TIMEOUT: u32 = 100;
/// The milliseconds for which a store that did not answer is not asked again about a version.
pub const STORE_PAUSE: u32 = 1_000;
/// The milliseconds for which isolates may share a decision, at most: as long as a cache keeps an allow.
pub const LONGEST_SHARED: u32 = 5_000;
/// How often an announcement is tried.
pub const ANNOUNCEMENTS: u32 = 4;
/// The seconds for which a shared token is kept, unless the program says otherwise.
pub const TOKEN_SECONDS: u32 = 300;
/// The seconds that one isolate has for a new token, until another one may try.
pub const REFRESH_SECONDS: u32 = 10;

/// What a store says about the version of the decisions of a server, compared with that of a kept decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// The store did not answer, or not in time.
    Unknown,
    /// Nothing that changes decisions was announced since.
    Same,
    /// A change was announced.
    Other,
}

impl Version {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Unknown, Self::Same, Self::Other];
}

/// Whether a kept decision that has not expired may be served. An allow is served only where the store says that nothing has changed;
/// a denial also while it says nothing, as that refuses at most what a new decision would allow.
pub const fn may_serve(is_allow: bool, version: Version) -> bool {
    match version {
        Version::Same => true,
        Version::Unknown => !is_allow,
        Version::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Version, may_serve};

    #[test]
    fn an_allow_is_served_only_under_the_same_version() {
        assert_eq!(Version::ALL.map(|version| may_serve(true, version)), [false, true, false]);
    }

    #[test]
    fn a_denial_is_served_unless_a_change_was_announced() {
        assert_eq!(Version::ALL.map(|version| may_serve(false, version)), [true, true, false]);
    }
}
