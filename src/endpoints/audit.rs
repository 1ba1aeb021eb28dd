//! The audit log.

use super::Argument::Query;
use super::{Default, Endpoint};
use crate::http::{Answer, Repair};
use crate::schema::{AuditFilters, ExportOptions, PaginatedAuditLogs, Wire};

/// Servers answer with a page, or with the bare entries of one.
const PAGE: Answer = Answer::value(&PaginatedAuditLogs::SCHEMA).repaired(&[Repair::Wrap("entries")]);

/// Returns entries as an array.
pub const QUERY: Endpoint = Endpoint::get("audit.query", "/audit")
    .takes(&[Query("filters", &AuditFilters::SCHEMA)])
    .answers(Answer { member: Some("entries"), ..PAGE });

/// Returns entries as a page.
pub const QUERY_PAGINATED: Endpoint = Endpoint { name: "audit.queryPaginated", answer: PAGE, ..QUERY };

/// Returns entries as the bytes of whatever the server answers.
pub const QUERY_BYTES: Endpoint = Endpoint { name: "audit.queryBytes", answer: Answer::BYTES, ..QUERY };

/// Returns entries page by page.
pub const ITERATE: Endpoint = Endpoint { name: "audit.iterate", ..QUERY };

/// Returns entries as text.
pub const EXPORT: Endpoint = Endpoint::get("audit.export", "/audit/export")
    .takes(&[Query("options", &ExportOptions::SCHEMA)])
    // Servers require the format.
    .adds(Default::Query("format", "json"))
    .answers(Answer::TEXT);

/// Returns entries as they come in.
pub const EXPORT_STREAM: Endpoint = Endpoint { name: "audit.exportStream", answer: Answer::STREAM, ..EXPORT };
