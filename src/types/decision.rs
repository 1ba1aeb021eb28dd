//! The question "may this agent do that?" and its answer.

use super::shape::{Id, JsonObject, wire};

wire! {
    /// What an agent wants to do.
    pub struct AuthorizeRequest {
        /// The action, for example `"read"`. Case matters.
        #[tsify(type = "string")]
        action ("action"): Id,
        /// The resource, for example `"mcp:github:repos"`.
        #[tsify(type = "string")]
        resource ("resource"): Id,
    }
    optional {
        /// The arguments of the call. String arguments are matched against `allowedArgPatterns`, all are kept in the audit log.
        #[tsify(type = "Record<string, unknown> | null")]
        arguments ("arguments"): JsonObject,
    }
}

wire! {
    /// The server's decision. A denial is a value like any other: look at `allowed`.
    pub struct AuthorizeResult {
        /// Whether the agent may go ahead.
        allowed ("allowed"): bool,
        /// The id of the audit entry that records this decision; an empty string if the server wrote none.
        audit_id ("auditId"): String,
    }
    optional {
        /// Why not, in an English sentence.
        reason ("reason"): String,
    }
}
