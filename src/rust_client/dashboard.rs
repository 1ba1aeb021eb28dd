//! Numbers for dashboards. Servers of the `adapter` dialect have them.

use super::DashboardStats;
use super::call::{Call, typed};
use super::client::Client;
use crate::endpoints::dashboard as endpoints;
use serde_json::Value;

/// Numbers for dashboards. Servers of the `adapter` dialect have them.
///
/// ```
/// # use kavachos_wasm::rust_client::testing::Script;
/// use kavachos_wasm::Client;
/// use kavachos_wasm::rust_client::Dialect;
///
/// # pollster::block_on(async {
/// let kavach = Client::builder("https://app.example").dialect(Dialect::Sdk).transport(Script::new()).build().unwrap();
/// assert!(kavach.dashboard().stats().await.unwrap_err().is_not_supported());
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Dashboard<'a>(pub(super) &'a Client);

impl Dashboard<'_> {
    /// Counts agents, their owners and the decisions of the last 24 hours.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"agents": {"total": 3, "active": 2, "revoked": 1, "expired": 0}, "users": {"total": 1}, "audit": {"last24h": 9, "allowed": 7, "denied": 2, "rateLimited": 0}}"#);
    /// # let kavach = script.client();
    /// # pollster::block_on(async {
    /// # let kavach = kavachos_wasm::Client::builder("https://app.example").dialect(kavachos_wasm::rust_client::Dialect::Adapter).transport(script.clone()).build().unwrap();
    /// assert_eq!(kavach.dashboard().stats().await.unwrap().agents.active, 2);
    /// # });
    /// ```
    pub fn stats(&self) -> Call<DashboardStats> {
        self.call(&endpoints::STATS, &[])
    }

    fn call<T: serde::de::DeserializeOwned>(
        &self,
        endpoint: &'static crate::endpoints::Endpoint,
        arguments: &[Value],
    ) -> Call<T> {
        Call::new(self.0, endpoint, arguments, typed)
    }
}
