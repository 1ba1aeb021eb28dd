//! Builds a decision cache.

use super::cache::{DecisionCache, Inner};
use super::cache_entries::State;
use crate::rust_client::authorize_many::Subject;
use crate::rust_client::client::Client;
use crate::rust_client::future::{MaybeSend, MaybeSync, SingleThread};
use crate::rust_client::{Error, Permission};
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Revocations elsewhere are not noticed for that long.
const MAX_ALLOW_TTL: Duration = Duration::from_secs(5);

/// Finds the permissions of an agent.
pub(super) trait Permissions: MaybeSend + MaybeSync {
    fn of(&self, subject: &Subject) -> Option<Vec<Permission>>;
}

impl<F: Fn(&Subject) -> Option<Vec<Permission>> + MaybeSend + MaybeSync> Permissions for F {
    fn of(&self, subject: &Subject) -> Option<Vec<Permission>> {
        self(subject)
    }
}

/// Builds a [`DecisionCache`].
///
/// ```
/// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
/// use kavachos_wasm::rust_client::DecisionCache;
///
/// assert!(DecisionCache::builder(&kavach).max(100).build().is_ok());
/// ```
#[must_use = "a builder does nothing until `build` is called"]
pub struct DecisionCacheBuilder {
    client: Client,
    allow_ttl: Duration,
    deny_ttl: Duration,
    max: usize,
    permissions: Option<SingleThread<Box<dyn Permissions>>>,
}

impl DecisionCacheBuilder {
    pub(super) fn new(client: Client) -> Self {
        let second = Duration::from_secs(1);
        Self { client, allow_ttl: second, deny_ttl: second, max: 1000, permissions: None }
    }

    /// How long an allowed request is kept: at most 5 seconds, 1 by default, or zero for never.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::DecisionCache;
    /// use std::time::Duration;
    ///
    /// let error = DecisionCache::builder(&kavach).allow_ttl(Duration::from_secs(6)).build().unwrap_err();
    /// assert!(error.is_invalid_argument());
    /// ```
    pub fn allow_ttl(mut self, ttl: Duration) -> Self {
        self.allow_ttl = ttl;
        self
    }

    /// How long a denial is kept: 1 second by default, or zero for never.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::DecisionCache;
    /// use std::time::Duration;
    ///
    /// assert!(DecisionCache::builder(&kavach).deny_ttl(Duration::from_secs(60)).build().is_ok());
    /// ```
    pub fn deny_ttl(mut self, ttl: Duration) -> Self {
        self.deny_ttl = ttl;
        self
    }

    /// How many decisions are kept; 1,000 by default. The least recently used one is dropped first.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::DecisionCache;
    /// assert!(DecisionCache::builder(&kavach).max(10).build().unwrap().is_empty());
    /// ```
    pub fn max(mut self, max: usize) -> Self {
        self.max = max;
        self
    }

    /// The permissions of an agent, or `None` if they are not known. Without them no allowed request is kept.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{AuthorizeRequest, DecisionCache, Permission};
    ///
    /// # pollster::block_on(async {
    /// let cache = DecisionCache::builder(&kavach).permissions(|_| Some(vec![Permission::read("files:*")])).build().unwrap();
    /// cache.authorize("agent-1", AuthorizeRequest::new("read", "files:1")).await.unwrap();
    /// assert_eq!(cache.len(), 1);
    /// # });
    /// ```
    pub fn permissions(
        mut self,
        permissions: impl Fn(&Subject) -> Option<Vec<Permission>> + MaybeSend + MaybeSync + 'static,
    ) -> Self {
        self.permissions = Some(SingleThread(Box::new(permissions)));
        self
    }

    /// The cache.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` if allowed requests would be kept for more than 5 seconds.
    ///
    /// ```
    /// # let kavach = kavachos_wasm::rust_client::testing::Script::new().client();
    /// # use kavachos_wasm::rust_client::DecisionCache;
    /// assert!(DecisionCache::builder(&kavach).build().is_ok());
    /// ```
    pub fn build(self) -> Result<DecisionCache, Error> {
        if self.allow_ttl > MAX_ALLOW_TTL {
            return Err(Error::invalid("DecisionCache", "options.allowTtl must be at most 5 seconds"));
        }
        Ok(self.made())
    }

    pub(in crate::rust_client) fn made(self) -> DecisionCache {
        let Self { client, allow_ttl, deny_ttl, max, permissions } = self;
        let state = State::new(client.0.mutations.count());
        DecisionCache(Arc::new(Inner { client, allow_ttl, deny_ttl, max, permissions, state: Mutex::new(state) }))
    }
}

impl fmt::Debug for DecisionCacheBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("DecisionCacheBuilder").finish_non_exhaustive()
    }
}
