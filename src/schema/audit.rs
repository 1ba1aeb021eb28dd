//! The audit log: one entry for every decision.

use super::declare::{plain, wire, words};
use super::timestamp::Timestamp;
use super::wire::{Count, Id, JsonObject, Schema, Wire, Word};

plain! {
    /// The result of a decision. Newer servers may send other values.
    AuditResult: Id as "KnownAuditResult | (string & {})";
}

words! {
    /// The results that entries can be queried by.
    #[derive(tsify::Tsify)]
    #[tsify(type = "\"allowed\" | \"denied\" | \"rate_limited\"")]
    KnownAuditResult: ["allowed", "denied", "rate_limited"] as "\"allowed\", \"denied\" or \"rate_limited\"";
}

/// The format of an export.
#[derive(Clone, Copy, Debug, tsify::Tsify)]
#[tsify(type = "\"json\" | \"csv\"")]
pub struct ExportFormat;

impl Wire for ExportFormat {
    const SCHEMA: Schema = Schema::Choice(&["json", "csv"], "\"json\" or \"csv\"");
}

wire! {
    /// An entry of the audit log: one recorded decision.
    pub struct AuditEntry {
        /// The entry's id: the `auditId` of the decision.
        id ("id"): String,
        /// The id of the agent that the decision is about.
        agent_id ("agentId"): String,
        /// The id of the user who owns that agent.
        user_id ("userId"): String,
        /// The requested action.
        action ("action"): String,
        /// The requested resource.
        resource ("resource"): String,
        /// The arguments of the request.
        #[tsify(type = "Record<string, unknown>")]
        parameters ("parameters"): JsonObject,
        /// The result of the decision.
        result ("result"): AuditResult,
        /// The duration of the decision, in milliseconds.
        duration_ms ("durationMs"): f64,
        /// The time of the decision, in ISO 8601; servers truncate it to the second.
        timestamp ("timestamp"): String,
    }
    optional {
        /// Why the request was denied, in an English sentence.
        reason ("reason"): String,
        /// The cost of the call in tokens, if it was reported.
        tokens_cost ("tokensCost"): f64,
    }
}

wire! {
    /// The filters of audit queries. Without filters they return all entries.
    pub struct AuditFilters {}
    optional {
        /// Only decisions about this agent.
        #[tsify(type = "string | null")]
        agent_id ("agentId"): Id,
        /// Only decisions about agents of this user.
        #[tsify(type = "string | null")]
        user_id ("userId"): Id,
        /// Only entries at or after this time, as a `Date` or in ISO 8601.
        #[tsify(type = "string | Date | null")]
        since ("since"): Timestamp,
        /// Only entries at or before this time, as a `Date` or in ISO 8601.
        #[tsify(type = "string | Date | null")]
        until ("until"): Timestamp,
        /// Only decisions about these actions. Some servers apply this filter after paging: a page can then be short or empty
        /// although more entries match.
        #[tsify(type = "readonly string[] | null")]
        actions ("actions"): Vec<Word>,
        /// Only decisions with this result.
        #[tsify(type = "KnownAuditResult | null")]
        result ("result"): KnownAuditResult,
        /// The maximum number of entries.
        #[tsify(type = "number | null")]
        limit ("limit"): Count,
        /// The number of entries to skip. Some servers require `limit` with it.
        #[tsify(type = "number | null")]
        offset ("offset"): Count,
    }
}

wire! {
    /// A page of the audit log.
    pub struct PaginatedAuditLogs {
        /// The entries, newest first.
        entries ("entries"): Vec<AuditEntry>,
    }
    optional {
        /// The total number of matching entries, if the server counts them.
        total ("total"): u32,
    }
}

wire! {
    /// The options of `audit.export` and `audit.exportStream`.
    pub struct ExportOptions {}
    optional {
        /// The format; `"json"` by default.
        #[tsify(type = "ExportFormat | null")]
        format ("format"): ExportFormat,
        /// Only entries at or after this time, as a `Date` or in ISO 8601.
        #[tsify(type = "string | Date | null")]
        since ("since"): Timestamp,
        /// Only entries at or before this time, as a `Date` or in ISO 8601.
        #[tsify(type = "string | Date | null")]
        until ("until"): Timestamp,
    }
}
