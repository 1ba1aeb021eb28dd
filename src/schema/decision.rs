//! Authorization requests and their decisions.

use super::declare::wire;
use super::wire::{Id, JsonObject};

wire! {
    /// A request to authorize: an action on a resource.
    pub struct AuthorizeRequest {
        /// The action, for example `"read"`. It is case-sensitive.
        #[tsify(type = "string")]
        action ("action"): Id,
        /// The resource, for example `"mcp:github:repos"`.
        #[tsify(type = "string")]
        resource ("resource"): Id,
    }
    optional {
        /// The arguments of the action, a plain JSON object. Top-level strings are matched against `allowedArgPatterns`; all
        /// arguments are recorded in the audit log.
        #[tsify(type = "JsonObjectInput | null")]
        arguments ("arguments"): JsonObject,
    }
}

wire! {
    /// The decision of the server. A denial is a value, not an error: check `allowed`.
    #[tsify(type = "AuthorizeAllowed | AuthorizeDenied")]
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
