//! Delegation: an agent grants some of its permissions to another agent until an expiry.

use super::declare::wire;
use super::wire::{Count, Id};
use super::{Permission, timestamp::Timestamp};

wire! {
    /// The input of `delegation.create`.
    pub struct DelegateInput {
        /// The id of the delegating agent. Only its own permissions count, not those delegated to it.
        #[tsify(type = "string")]
        from_agent ("fromAgent"): Id,
        /// The id of the agent that receives the permissions.
        #[tsify(type = "string")]
        to_agent ("toAgent"): Id,
        /// The delegated permissions. One permission of the delegating agent must cover each of them. Servers drop their
        /// constraints.
        #[tsify(type = "readonly PermissionInput[]")]
        permissions ("permissions"): Vec<Permission>,
        /// The expiry of the delegation, as a `Date` or in ISO 8601.
        #[tsify(type = "string | Date")]
        expires_at ("expiresAt"): Timestamp,
    }
    optional {
        /// The maximum length of the delegation chain, this delegation included; 3 by default.
        #[tsify(type = "number | null")]
        max_depth ("maxDepth"): Count,
    }
}

wire! {
    /// One delegation of a chain: `fromAgent` delegates `permissions` to `toAgent`.
    pub struct DelegationChain {
        /// The delegation's id.
        id ("id"): String,
        /// The id of the delegating agent.
        from_agent ("fromAgent"): String,
        /// The id of the agent that receives the permissions.
        to_agent ("toAgent"): String,
        /// The delegated permissions.
        permissions ("permissions"): Vec<Permission>,
        /// The expiry of the delegation, in ISO 8601.
        expires_at ("expiresAt"): String,
        /// The position in the chain: 1 for the first delegation.
        depth ("depth"): u32,
        /// The time of creation, in ISO 8601.
        created_at ("createdAt"): String,
    }
    optional {}
}
