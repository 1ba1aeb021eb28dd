//! Options of `fetch`.

use web_sys::{RequestCache, RequestCredentials};

/// The `cache` mode of `fetch`.
///
/// ```no_run
/// use kavachos_wasm::rust_client::{CacheMode, FetchTransport};
///
/// let transport = FetchTransport::new().cache(CacheMode::Reload);
/// assert!(format!("{transport:?}").contains("Reload"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheMode {
    /// `default`
    Default,
    /// `no-store`
    NoStore,
    /// `reload`
    Reload,
    /// `no-cache`
    NoCache,
    /// `force-cache`
    ForceCache,
    /// `only-if-cached`
    OnlyIfCached,
}

impl CacheMode {
    /// The modes with their names in JavaScript.
    pub(super) const NAMES: [(&'static str, Self); 6] = [
        ("default", Self::Default),
        ("no-store", Self::NoStore),
        ("reload", Self::Reload),
        ("no-cache", Self::NoCache),
        ("force-cache", Self::ForceCache),
        ("only-if-cached", Self::OnlyIfCached),
    ];

    pub(super) const fn of_fetch(self) -> RequestCache {
        match self {
            Self::Default => RequestCache::Default,
            Self::NoStore => RequestCache::NoStore,
            Self::Reload => RequestCache::Reload,
            Self::NoCache => RequestCache::NoCache,
            Self::ForceCache => RequestCache::ForceCache,
            Self::OnlyIfCached => RequestCache::OnlyIfCached,
        }
    }
}

/// Whether requests carry cookies: the `credentials` mode of `fetch`.
///
/// ```no_run
/// use kavachos_wasm::rust_client::Credentials;
///
/// assert_ne!(Credentials::Omit, Credentials::Include);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// Never.
    Omit,
    /// To the page's own origin.
    SameOrigin,
    /// Always.
    Include,
}

impl Credentials {
    pub(super) const fn of_fetch(self) -> RequestCredentials {
        match self {
            Self::Omit => RequestCredentials::Omit,
            Self::SameOrigin => RequestCredentials::SameOrigin,
            Self::Include => RequestCredentials::Include,
        }
    }
}
