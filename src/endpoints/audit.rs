//! The audit log.

use crate::http::{Answer, InvalidArgument, Operation, Route};
use crate::schema::{AuditFilters, ExportOptions, Json, Wire};

/// A copy of filters that can be sent.
pub fn filters<J: Json>(filters: &J) -> Result<J, InvalidArgument> {
    let filters = if filters.is_absent() { J::object() } else { filters.clone() };
    filters.conforming(&AuditFilters::SCHEMA).map_err(|mismatch| InvalidArgument::mismatch("filters", &mismatch))
}

/// Returns entries as an array.
pub fn query<J: Json>(filters: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::QueryAudit, Answer::Entries).query("filters", filters, &AuditFilters::SCHEMA)
}

/// Returns entries as a page.
pub fn query_paginated<J: Json>(filters: &J) -> Result<Operation<J>, InvalidArgument> {
    Operation::new(Route::QueryAudit, Answer::Page).query("filters", filters, &AuditFilters::SCHEMA)
}

/// Returns entries as the bytes of whatever the server answers.
pub fn query_bytes<J: Json>(filters: &J) -> Result<Operation<J>, InvalidArgument> {
    query(filters).map(|operation| Operation { answer: Answer::Bytes, ..operation })
}

/// Returns entries as they come in.
pub fn export_stream<J: Json>(options: &J) -> Result<Operation<J>, InvalidArgument> {
    export(options).map(|operation| Operation { answer: Answer::Stream, ..operation })
}

/// Returns entries as text.
pub fn export<J: Json>(options: &J) -> Result<Operation<J>, InvalidArgument> {
    let mut operation = Operation::new(Route::ExportAudit, Answer::Text);
    // Servers want the format to be said.
    if options.is_absent() || options.get("format").is_absent() {
        operation.parameter("format", "json");
    }
    operation.query("options", options, &ExportOptions::SCHEMA)
}
