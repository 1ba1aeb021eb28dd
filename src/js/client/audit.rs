//! `kavach.audit`.

use super::connection::{Connection, NONE};
use super::errors;
use crate::resources::audit;
use js_sys::{Object, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/js/client/iterate.js")]
extern "C" {
    fn iterate(audit: Audit, filters: &JsValue, options: &JsValue, refusal: &JsValue) -> JsValue;
}

// What that imports: declaring one of its functions is what takes a module along.
#[wasm_bindgen(module = "/src/js/invalid.js")]
#[allow(dead_code)]
extern "C" {
    fn invalid();
}
#[wasm_bindgen(module = "/src/js/pages.js")]
#[allow(dead_code)]
extern "C" {
    fn pages();
}

#[wasm_bindgen(typescript_custom_section)]
const ITERATOR_TYPES: &str = include_str!("iterate.d.ts");

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

    /// Iterates over all entries that match the filters, newest first, however many there are.
    ///
    /// Returns an async iterator, which asks for a page when it is first pulled, and from then on for the next one while you
    /// work on the present one: at most two pages are in memory. What is written meanwhile is left out, but for the last second
    /// before and the first after it was pulled; no entry comes twice. `filters.limit` bounds the total and `filters.offset`
    /// skips entries. `filters.actions` is applied here, as some servers apply it to pages they have cut before. `break` and
    /// `return()` cancel what is in flight. Errors of `query`, and `INVALID_ARGUMENT` for bad arguments, reject the pending
    /// `next()` and end the iterator; what `options.signal` aborts rejects with its reason.
    ///
    /// ```ts
    /// for await (const entry of kavach.audit.iterate({ result: "denied" })) console.log(entry.resource, entry.reason);
    /// const latest = await kavach.audit.iterate({ actions: ["write"] }).toArray({ limit: 100 });
    /// ```
    #[wasm_bindgen(unchecked_return_type = "AuditIterator")]
    pub fn iterate(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AuditFilters | null")] filters: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "IterateOptions")] options: &JsValue,
    ) -> JsValue {
        let read = audit::filters(filters).and_then(|filters| self.0.check(options).map(|()| filters));
        let (filters, refusal) = match read {
            Ok(filters) => (filters, NONE),
            Err(problem) => (Object::new().into(), errors::invalid(problem)),
        };
        iterate(Self(self.0.clone()), &filters, options, &refusal)
    }

    /// Returns a page of audit entries as the bytes that the server sent.
    ///
    /// Resolves to the body of a successful answer, unread: its form is not checked. It is what `kavachos-wasm/audit` reads.
    ///
    /// ```ts
    /// const bytes = await kavach.audit.queryBytes({ limit: 1000 });
    /// ```
    #[wasm_bindgen(js_name = queryBytes, unchecked_return_type = "Promise<Uint8Array>")]
    pub fn query_bytes(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "AuditFilters | null")] filters: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|filters, _| audit::query_bytes(filters), [filters, NONE], options)
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

    /// Writes audit entries out as JSON or CSV, as a stream: for exports that are too large to hold.
    ///
    /// Resolves to a `ReadableStream` of bytes once the answer begins; until then it is retried, and rejects, as `export` does.
    /// From then on `options.timeout` is for each chunk that you wait for. A transfer that breaks off ends the stream with a
    /// `NetworkError`, one that is late with a `TimeoutError`: a stream that closes is whole. Cancelling it, or aborting
    /// `options.signal`, stops the transfer.
    ///
    /// ```ts
    /// const stream = await kavach.audit.exportStream({ format: "csv" });
    /// await stream.pipeTo(file.writable);
    /// ```
    #[wasm_bindgen(js_name = exportStream, unchecked_return_type = "Promise<ReadableStream<Uint8Array>>")]
    pub fn export_stream(
        &self,
        #[wasm_bindgen(js_name = exportOptions, unchecked_optional_param_type = "ExportOptions | null")] export_options: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: JsValue,
    ) -> Promise {
        self.0.call(|chosen, _| audit::export_stream(chosen), [export_options, NONE], options)
    }
}
