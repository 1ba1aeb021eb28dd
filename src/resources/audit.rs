//! The audit log.

use crate::http::{Answer, InvalidArgument, Operation, Route};
use crate::types::{AuditFilters, ExportOptions, Json, Wire};

/// Returns entries as an array.
pub fn query<J: Json>(filters: &J) -> Result<Operation, InvalidArgument> {
    Operation::new(Route::QueryAudit, Answer::Entries).query("filters", filters, &AuditFilters::SHAPE)
}

/// Returns entries as a page.
pub fn query_paginated<J: Json>(filters: &J) -> Result<Operation, InvalidArgument> {
    Operation::new(Route::QueryAudit, Answer::Page).query("filters", filters, &AuditFilters::SHAPE)
}

/// Returns entries as text.
pub fn export<J: Json>(options: &J) -> Result<Operation, InvalidArgument> {
    let mut operation = Operation::new(Route::ExportAudit, Answer::Text);
    // Servers want the format to be said.
    if options.is_absent() || options.get("format").is_absent() {
        operation.parameter("format", "json");
    }
    operation.query("options", options, &ExportOptions::SHAPE)
}
