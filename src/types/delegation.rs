//! Delegation: an agent lends part of its permissions to another.

use super::shape::{Count, Id, wire};
use super::{Permission, timestamp::Timestamp};

wire! {
    /// What `delegation.create` needs to know.
    pub struct DelegateInput {
        /// The id of the agent that lends. Only its own permissions count, not those lent to it.
        #[tsify(type = "string")]
        from_agent ("fromAgent"): Id,
        /// The id of the agent that borrows.
        #[tsify(type = "string")]
        to_agent ("toAgent"): Id,
        /// What is lent: each must be covered by one permission of the lender. Servers drop constraints from lent permissions.
        permissions ("permissions"): Vec<Permission>,
        /// When the loan ends.
        #[tsify(type = "string | Date")]
        expires_at ("expiresAt"): Timestamp,
    }
    optional {
        /// How long the chain of lenders may be, this link included; 3 if left out.
        #[tsify(type = "number | null")]
        max_depth ("maxDepth"): Count,
    }
}

wire! {
    /// One link: `fromAgent` lends `permissions` to `toAgent`.
    pub struct DelegationChain {
        /// The link's id.
        id ("id"): String,
        /// The agent that lends.
        from_agent ("fromAgent"): String,
        /// The agent that borrows.
        to_agent ("toAgent"): String,
        /// What is lent.
        permissions ("permissions"): Vec<Permission>,
        /// When the loan ends, in ISO 8601.
        expires_at ("expiresAt"): String,
        /// How many links there are from the first lender to here, starting at 1.
        depth ("depth"): u32,
        /// When it was created, in ISO 8601.
        created_at ("createdAt"): String,
    }
    optional {}
}
