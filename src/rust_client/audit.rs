//! The audit log: one entry for every decision.

use super::call::{Call, argument, typed};
use super::client::Client;
use super::iterate::Entries;
use super::run::Outcome;
use super::stream::ByteStream;
use super::{AuditEntry, AuditFilters, ExportOptions, PaginatedAuditLogs};
use crate::endpoints::audit as endpoints;
use serde_json::Value;

/// The audit log: one entry for every decision.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, "[]");
/// # let kavach = script.client();
/// # pollster::block_on(async {
/// assert!(kavach.audit().query(Default::default()).await.unwrap().is_empty());
/// # });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Audit<'a>(pub(super) &'a Client);

impl Audit<'_> {
    /// Returns entries, newest first.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"[{"id": "audit-1", "agentId": "agent-1", "userId": "user-1", "action": "read", "resource": "files", "parameters": {}, "result": "allowed", "durationMs": 1, "timestamp": "2026-01-01T00:00:00Z"}]"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{AuditFilters, KnownAuditResult};
    ///
    /// # pollster::block_on(async {
    /// let filters = AuditFilters::default().agent_id("agent-1").result(KnownAuditResult::Allowed).limit(50u32);
    /// let entries = kavach.audit().query(filters).await.unwrap();
    /// assert_eq!((&*entries[0].id, entries[0].duration_ms), ("audit-1", 1.0));
    /// # });
    /// ```
    pub fn query(&self, filters: AuditFilters) -> Call<Vec<AuditEntry>> {
        self.call(&endpoints::QUERY, &[argument(&filters)])
    }

    /// Returns a page of entries, newest first.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"entries": [{"id": "audit-1", "agentId": "agent-1", "userId": "user-1", "action": "read", "resource": "files", "parameters": {}, "result": "allowed", "durationMs": 1, "timestamp": "2026-01-01T00:00:00Z"}], "total": 7}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::AuditFilters;
    ///
    /// # pollster::block_on(async {
    /// let page = kavach.audit().query_paginated(AuditFilters::default().limit(1u32)).await.unwrap();
    /// assert_eq!((page.entries.len(), page.total), (1, Some(7)));
    /// # });
    /// ```
    pub fn query_paginated(&self, filters: AuditFilters) -> Call<PaginatedAuditLogs> {
        self.call(&endpoints::QUERY_PAGINATED, &[argument(&filters)])
    }

    /// Returns entries as text, in JSON unless the options say CSV.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"id,agentId"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{ExportFormat, ExportOptions};
    ///
    /// # pollster::block_on(async {
    /// let csv = kavach.audit().export(ExportOptions::default().format(ExportFormat::Csv)).await.unwrap();
    /// assert_eq!(csv, "id,agentId");
    /// # });
    /// ```
    pub fn export(&self, options: ExportOptions) -> Call<String> {
        self.call(&endpoints::EXPORT, &[argument(&options)])
    }

    /// Returns a page of entries as the bytes of the response, which are not checked: for readers of your own.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"entries": []}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::AuditFilters;
    ///
    /// # pollster::block_on(async {
    /// let bytes = kavach.audit().query_bytes(AuditFilters::default().limit(1000u32)).await.unwrap();
    /// assert_eq!(bytes, br#"{"entries": []}"#);
    /// # });
    /// ```
    pub fn query_bytes(&self, filters: AuditFilters) -> Call<Vec<u8>> {
        Call::new(self.0, &endpoints::QUERY_BYTES, &[argument(&filters)], |outcome| Ok(outcome.bytes))
    }

    /// Exports entries in a stream, for exports that are too large for memory. Until the response begins, the call is retried like
    /// [`export`](Self::export); see [`ByteStream`] for the rest.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, "id,agentId");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{ExportFormat, ExportOptions};
    ///
    /// # pollster::block_on(async {
    /// let options = ExportOptions::default().format(ExportFormat::Csv);
    /// let mut csv = kavach.audit().export_stream(options).await.unwrap();
    /// while let Some(chunk) = csv.next().await {
    ///     assert_eq!(chunk.unwrap(), b"id,agentId");
    /// }
    /// # });
    /// ```
    pub fn export_stream(&self, options: ExportOptions) -> Call<ByteStream> {
        Call::new(self.0, &endpoints::EXPORT_STREAM, &[argument(&options)], Outcome::into_stream)
    }

    /// All entries that match the filters, newest first, however many there are. Pages are asked for as they are wanted; entries that
    /// are written meanwhile are neither skipped nor seen twice.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"[{"id": "audit-1", "agentId": "agent-1", "userId": "user-1", "action": "read", "resource": "files", "parameters": {}, "result": "allowed", "durationMs": 1, "timestamp": "2026-01-01T00:00:00Z"}]"#).answer(200, "[]");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::AuditFilters;
    ///
    /// # pollster::block_on(async {
    /// let mut entries = kavach.audit().iterate(AuditFilters::default());
    /// while let Some(entry) = entries.next().await {
    ///     assert_eq!(entry.unwrap().id, "audit-1");
    /// }
    /// # });
    /// # assert_eq!(script.requests().len(), 2);
    /// ```
    pub fn iterate(&self, filters: AuditFilters) -> Entries {
        Entries::new(self.0.clone(), filters)
    }

    fn call<T: serde::de::DeserializeOwned>(
        &self,
        endpoint: &'static crate::endpoints::Endpoint,
        arguments: &[Value],
    ) -> Call<T> {
        Call::new(self.0, endpoint, arguments, typed)
    }
}
