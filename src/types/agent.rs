//! Agents: identities that hold permissions and a bearer token.

use super::shape::{Id, JsonObject, plain, wire, words};
use super::{Permission, timestamp::Timestamp};

plain! {
    /// How an agent acts. Servers may know further words.
    AgentType: Id as "\"autonomous\" | \"delegated\" | \"service\" | (string & {})";
    /// Where an agent is in its life. Servers may know further words.
    AgentStatus: Text as "\"active\" | \"revoked\" | \"expired\" | (string & {})";
}

words! {
    /// The types that an agent can be given.
    KnownAgentType: ["autonomous", "delegated", "service"] as "\"autonomous\", \"delegated\" or \"service\"";
    /// The states that agents can be listed by.
    KnownAgentStatus: ["active", "revoked", "expired"] as "\"active\", \"revoked\" or \"expired\"";
}

wire! {
    /// An agent identity.
    pub struct Agent {
        /// The agent's id, to pass to every other call.
        id ("id"): String,
        /// The user who owns the agent.
        owner_id ("ownerId"): String,
        /// The name people know it by.
        name ("name"): String,
        /// How it acts.
        r#type ("type"): AgentType,
        /// The agent's bearer token, `kv_…`. The server shows it once, in the answer to `create` and
        /// `rotate`; elsewhere it is an empty string. Store it when you see it.
        token ("token"): String,
        /// What the agent may do. The first permission that matches a call decides it.
        permissions ("permissions"): Vec<Permission>,
        /// Whether it is active, revoked or expired.
        status ("status"): AgentStatus,
        /// When it was created, in ISO 8601.
        created_at ("createdAt"): String,
        /// When it last changed, in ISO 8601.
        updated_at ("updatedAt"): String,
    }
    optional {
        /// When its token stops working, in ISO 8601; absent if never.
        expires_at ("expiresAt"): String,
        /// The tenant it belongs to, on servers with tenants.
        tenant_id ("tenantId"): String,
        /// What you stored with it.
        #[tsify(type = "Record<string, unknown> | null")]
        metadata ("metadata"): JsonObject,
    }
}

wire! {
    /// What `agents.create` needs to know.
    pub struct CreateAgentInput {
        /// The id of the user who will own the agent.
        #[tsify(type = "string")]
        owner_id ("ownerId"): Id,
        /// The name people will know it by.
        #[tsify(type = "string")]
        name ("name"): Id,
        /// How it acts.
        #[tsify(type = "AgentType")]
        r#type ("type"): KnownAgentType,
        /// What it may do. The first permission that matches a call decides it.
        permissions ("permissions"): Vec<Permission>,
    }
    optional {
        /// When its token stops working. Left out, servers let it expire after 24 hours.
        #[tsify(type = "string | Date | null")]
        expires_at ("expiresAt"): Timestamp,
        /// Anything JSON you want to store with it.
        #[tsify(type = "Record<string, unknown> | null")]
        metadata ("metadata"): JsonObject,
    }
}

wire! {
    /// What `agents.update` may change. Members that are left out stay as they are.
    pub struct UpdateAgentInput {}
    optional {
        /// A new name.
        #[tsify(type = "string | null")]
        name ("name"): Id,
        /// New permissions, in place of all present ones.
        permissions ("permissions"): Vec<Permission>,
        /// A new end of life.
        #[tsify(type = "string | Date | null")]
        expires_at ("expiresAt"): Timestamp,
        /// New metadata, in place of the present one.
        #[tsify(type = "Record<string, unknown> | null")]
        metadata ("metadata"): JsonObject,
    }
}

wire! {
    /// Which agents `agents.list` returns. Without any filter: all of them.
    pub struct AgentFilters {}
    optional {
        /// Only agents that this user owns.
        #[tsify(type = "string | null")]
        user_id ("userId"): Id,
        /// Only agents in this state.
        #[tsify(type = "AgentStatus | null")]
        status ("status"): KnownAgentStatus,
        /// Only agents of this type.
        #[tsify(type = "AgentType | null")]
        r#type ("type"): KnownAgentType,
    }
}
