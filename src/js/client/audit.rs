//! `kavach.audit`.

use super::connection::{Connection, NONE};
use crate::resources::audit;
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The audit log: one entry for every decision, newest first. Reached as `kavach.audit`.
#[wasm_bindgen]
pub struct Audit(Rc<Connection>);

impl Audit {
    pub(super) fn new(connection: &Rc<Connection>) -> Self {
        Self(connection.clone())
    }
}

#[wasm_bindgen]
impl Audit {
    /// Returns audit entries, newest first.
    ///
    /// Resolves to all entries that match the filters. Give a `limit`: logs grow.
    ///
    /// ```ts
    /// const entries = await kavach.audit.query({ agentId: "agent-abc123", result: "allowed", limit: 50 });
    /// for (const entry of entries) console.log(entry.timestamp, entry.action, entry.resource, entry.result);
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<AuditEntry[]>")]
    pub fn query(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AuditFilters | null")] filters: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|filters, _| audit::query(filters), [filters, NONE], options)
    }

    /// Returns a page of audit entries, newest first, with the total where the server counts it.
    ///
    /// Resolves to `{ entries, total? }`; servers of the `adapter` dialect give no total.
    ///
    /// ```ts
    /// const page = await kavach.audit.queryPaginated({ limit: 20, offset: 0 });
    /// console.log(`${page.entries.length} of ${page.total ?? "many"}`);
    /// ```
    #[wasm_bindgen(js_name = queryPaginated, unchecked_return_type = "Promise<PaginatedAuditLogs>")]
    pub fn query_paginated(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AuditFilters | null")] filters: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|filters, _| audit::query_paginated(filters), [filters, NONE], options)
    }

    /// Writes audit entries out as JSON or CSV.
    ///
    /// Resolves to the text as the server sent it. Some servers stop at 10,000 rows.
    ///
    /// ```ts
    /// const csv = await kavach.audit.export({ format: "csv", since: "2024-01-01T00:00:00Z" });
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn export(
        &self,
        #[wasm_bindgen(js_name = exportOptions, unchecked_optional_param_type = "ExportOptions | null")] export_options: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|chosen, _| audit::export(chosen), [export_options, NONE], options)
    }
}
