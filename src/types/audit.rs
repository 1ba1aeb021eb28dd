//! The audit log: one entry for every decision.

use super::shape::{Count, Id, JsonObject, Shape, Wire, Word, plain, wire, words};
use super::timestamp::Timestamp;

plain! {
    /// How a call was decided. Servers may know further words.
    AuditResult: Id as "\"allowed\" | \"denied\" | \"rate_limited\" | (string & {})";
}

words! {
    /// The results that entries can be queried by.
    KnownAuditResult: ["allowed", "denied", "rate_limited"] as "\"allowed\", \"denied\" or \"rate_limited\"";
}

/// The format of an export.
#[derive(Clone, Copy, Debug, tsify::Tsify)]
#[tsify(type = "\"json\" | \"csv\"")]
pub struct ExportFormat;

impl Wire for ExportFormat {
    const SHAPE: Shape = Shape::Choice(&["json", "csv"], "\"json\" or \"csv\"");
}

wire! {
    /// One decision, as it was recorded.
    pub struct AuditEntry {
        /// The entry's id: the `auditId` of the decision.
        id ("id"): String,
        /// The agent that asked.
        agent_id ("agentId"): String,
        /// The user who owns that agent.
        user_id ("userId"): String,
        /// What it wanted to do.
        action ("action"): String,
        /// On which resource.
        resource ("resource"): String,
        /// With which arguments.
        #[tsify(type = "Record<string, unknown>")]
        parameters ("parameters"): JsonObject,
        /// How it was decided.
        result ("result"): AuditResult,
        /// How long the decision took, in milliseconds.
        duration_ms ("durationMs"): f64,
        /// When, in ISO 8601, cut to the second.
        timestamp ("timestamp"): String,
    }
    optional {
        /// Why it was denied, in an English sentence.
        reason ("reason"): String,
        /// What the call cost in tokens, where it was reported.
        tokens_cost ("tokensCost"): f64,
    }
}

wire! {
    /// Which audit entries to return, newest first. Without any filter: all of them.
    pub struct AuditFilters {}
    optional {
        /// Only decisions about this agent.
        #[tsify(type = "string | null")]
        agent_id ("agentId"): Id,
        /// Only decisions about agents of this user.
        #[tsify(type = "string | null")]
        user_id ("userId"): Id,
        /// Only entries from this moment on.
        #[tsify(type = "string | Date | null")]
        since ("since"): Timestamp,
        /// Only entries up to this moment.
        #[tsify(type = "string | Date | null")]
        until ("until"): Timestamp,
        /// Only these actions. Some servers filter by action after they cut the page, so a page can
        /// come back short or empty while more entries match.
        #[tsify(type = "string[] | null")]
        actions ("actions"): Vec<Word>,
        /// Only decisions with this result.
        #[tsify(type = "AuditResult | null")]
        result ("result"): KnownAuditResult,
        /// At most this many entries.
        #[tsify(type = "number | null")]
        limit ("limit"): Count,
        /// Skip this many entries first. Give `limit` with it: some servers refuse one without the other.
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
        /// How many entries match in all, where the server counts them.
        total ("total"): u32,
    }
}

wire! {
    /// What `audit.export` writes.
    pub struct ExportOptions {}
    optional {
        /// `"json"` (if left out) or `"csv"`.
        #[tsify(type = "ExportFormat | null")]
        format ("format"): ExportFormat,
        /// Only entries from this moment on.
        #[tsify(type = "string | Date | null")]
        since ("since"): Timestamp,
        /// Only entries up to this moment.
        #[tsify(type = "string | Date | null")]
        until ("until"): Timestamp,
    }
}
