//! Agents: identities that hold permissions and a bearer token.

use super::declare::{plain, wire, words};
use super::wire::{Id, JsonObject};
use super::{Permission, timestamp::Timestamp};

plain! {
    /// How an agent acts. Newer servers may send other values.
    AgentType: Id as "KnownAgentType | (string & {})";
    /// The status of an agent. Newer servers may send other values.
    AgentStatus: Text as "KnownAgentStatus | (string & {})";
}

words! {
    /// The types that an agent can be created with.
    #[derive(tsify::Tsify)]
    #[tsify(type = "\"autonomous\" | \"delegated\" | \"service\"")]
    KnownAgentType: ["autonomous", "delegated", "service"] as "\"autonomous\", \"delegated\" or \"service\"";
    /// The statuses that agents can be listed by.
    #[derive(tsify::Tsify)]
    #[tsify(type = "\"active\" | \"revoked\" | \"expired\"")]
    KnownAgentStatus: ["active", "revoked", "expired"] as "\"active\", \"revoked\" or \"expired\"";
}

wire! {
    /// An agent identity.
    pub struct Agent {
        /// The agent's id, which the other methods take.
        id ("id"): String,
        /// The user who owns the agent.
        owner_id ("ownerId"): String,
        /// The display name.
        name ("name"): String,
        /// How the agent acts.
        r#type ("type"): AgentType,
        /// The agent's bearer token, `kv_…`. Only `create` and `rotate` return it, once: store it. Elsewhere it is an empty
        /// string.
        token ("token"): String,
        /// The agent's permissions. The first one that matches a request decides it.
        permissions ("permissions"): Vec<Permission>,
        /// Whether the agent is active, revoked or expired.
        status ("status"): AgentStatus,
        /// The time of creation, in ISO 8601.
        created_at ("createdAt"): String,
        /// The time of the last change, in ISO 8601.
        updated_at ("updatedAt"): String,
    }
    optional {
        /// The expiry of its token, in ISO 8601; absent if it does not expire.
        expires_at ("expiresAt"): String,
        /// The agent's tenant, on servers with tenants.
        tenant_id ("tenantId"): String,
        /// The metadata that was stored with the agent.
        #[tsify(type = "Record<string, unknown> | null")]
        metadata ("metadata"): JsonObject,
    }
}

wire! {
    /// The input of `agents.create`.
    pub struct CreateAgentInput {
        /// The id of the user who owns the agent.
        #[tsify(type = "string")]
        owner_id ("ownerId"): Id,
        /// The display name.
        #[tsify(type = "string")]
        name ("name"): Id,
        /// How the agent acts.
        #[tsify(type = "KnownAgentType")]
        r#type ("type"): KnownAgentType,
        /// The agent's permissions. The first one that matches a request decides it.
        #[tsify(type = "readonly PermissionInput[]")]
        permissions ("permissions"): Vec<Permission>,
    }
    optional {
        /// The expiry of its token, as a `Date` or in ISO 8601. Servers default to 24 hours.
        #[tsify(type = "string | Date | null")]
        expires_at ("expiresAt"): Timestamp,
        /// A plain JSON object to store with the agent.
        #[tsify(type = "JsonObjectInput | null")]
        metadata ("metadata"): JsonObject,
    }
}

wire! {
    /// The input of `agents.update`. Members that are absent, `undefined` or `null` stay unchanged.
    pub struct UpdateAgentInput {}
    optional {
        /// The new display name.
        #[tsify(type = "string | null")]
        name ("name"): Id,
        /// The new permissions, which replace all present ones.
        #[tsify(type = "readonly PermissionInput[] | null")]
        permissions ("permissions"): Vec<Permission>,
        /// The new expiry of its token, as a `Date` or in ISO 8601.
        #[tsify(type = "string | Date | null")]
        expires_at ("expiresAt"): Timestamp,
        /// The new metadata, which replaces the present metadata.
        #[tsify(type = "JsonObjectInput | null")]
        metadata ("metadata"): JsonObject,
    }
}

wire! {
    /// The filters of `agents.list`. Without filters it returns all agents.
    pub struct AgentFilters {}
    optional {
        /// Only agents of this user.
        #[tsify(type = "string | null")]
        user_id ("userId"): Id,
        /// Only agents with this status.
        #[tsify(type = "KnownAgentStatus | null")]
        status ("status"): KnownAgentStatus,
        /// Only agents of this type.
        #[tsify(type = "KnownAgentType | null")]
        r#type ("type"): KnownAgentType,
    }
}
