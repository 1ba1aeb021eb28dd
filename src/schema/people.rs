//! People's accounts: second factors, API keys, organizations, the administration of users, and their data.

use super::timestamp::Timestamp;
use super::wire::{Count, Field, Id, JsonObject, Schema, Secret, SecretId, Wire, wire, words};

wire! {
    /// The result of `twoFactor.enroll`. It is shown once: let the user keep the backup codes.
    pub struct TwoFactorEnrollment {
        /// The secret in base32, for users who type it.
        #[tsify(type = "string")]
        secret ("secret"): Secret,
        /// The `otpauth:` URI for a QR code. It holds the secret: draw the code on the page, not with a service.
        #[tsify(type = "string")]
        uri ("uri"): Secret,
        /// Codes that work once each, if the user loses the authenticator.
        backup_codes ("backupCodes"): Vec<String>,
    }
    optional {}
}

wire! {
    /// The code that `twoFactor.verify`, `disable` and `backupCodes` take.
    pub struct TwoFactorCodeInput {
        /// The code of the authenticator app, or a backup code. A string: codes may begin with 0.
        #[tsify(type = "string")]
        code ("code"): SecretId,
    }
    optional {}
}

wire! {
    /// The result of `twoFactor.verify`.
    pub struct TwoFactorVerification {
        /// Whether the code is right.
        valid ("valid"): bool,
    }
    optional {
        /// Whether this code completed the enrollment: two-factor authentication is on from now on.
        activated ("activated"): bool,
        /// Whether the code was a backup code, which is spent now.
        used_backup_code ("usedBackupCode"): bool,
    }
}

wire! {
    /// The result of `twoFactor.status`.
    pub struct TwoFactorStatus {
        /// Whether two-factor authentication is on.
        enabled ("enabled"): bool,
    }
    optional {}
}

wire! {
    /// An API key, without the key itself.
    pub struct ApiKey {
        /// The id, which `apiKeys.revoke` and `rotate` take.
        id ("id"): String,
        /// The user who owns the key.
        user_id ("userId"): String,
        /// The display name.
        name ("name"): String,
        /// The first characters of the key, by which a user recognizes it.
        prefix ("prefix"): String,
        /// What the key may do; `"*"` stands for everything.
        permissions ("permissions"): Vec<String>,
        /// The time of creation, in ISO 8601.
        created_at ("createdAt"): String,
    }
    optional {
        /// The expiry, in ISO 8601; absent if the key never expires.
        expires_at ("expiresAt"): String,
        /// The last use, in ISO 8601.
        last_used_at ("lastUsedAt"): String,
    }
}

wire! {
    /// The result of `apiKeys.create` and `rotate`.
    pub struct CreatedApiKey {
        /// The key, `kos_…`. No other call returns it: store it.
        #[tsify(type = "string")]
        key ("key"): SecretId,
        /// What is known of the key later on.
        api_key ("apiKey"): ApiKey,
    }
    optional {}
}

wire! {
    /// The input of `apiKeys.create`.
    pub struct CreateApiKeyInput {
        /// The display name.
        #[tsify(type = "string")]
        name ("name"): Id,
        /// What the key may do; `"*"` stands for everything.
        #[tsify(type = "readonly string[]")]
        permissions ("permissions"): Vec<Id>,
    }
    optional {
        /// The expiry, as a `Date` or in ISO 8601. Servers default to 365 days.
        #[tsify(type = "string | Date | null")]
        expires_at ("expiresAt"): Timestamp,
    }
}

wire! {
    /// An organization.
    pub struct Organization {
        /// The id, which the other methods take.
        id ("id"): String,
        /// The display name.
        name ("name"): String,
        /// The name in URLs.
        slug ("slug"): String,
        /// The user who made it.
        owner_id ("ownerId"): String,
        /// The time of creation, in ISO 8601.
        created_at ("createdAt"): String,
    }
    optional {
        /// The metadata that was stored with it.
        #[tsify(type = "Record<string, unknown> | null")]
        metadata ("metadata"): JsonObject,
        /// The time of the last change, in ISO 8601.
        updated_at ("updatedAt"): String,
    }
}

wire! {
    /// The input of `organizations.create`.
    pub struct CreateOrganizationInput {
        /// The display name.
        #[tsify(type = "string")]
        name ("name"): Id,
        /// The name in URLs: lower-case letters, digits and hyphens. No two organizations have the same.
        #[tsify(type = "string")]
        slug ("slug"): Id,
    }
    optional {
        /// A plain JSON object to store with it.
        #[tsify(type = "JsonObjectInput | null")]
        metadata ("metadata"): JsonObject,
    }
}

wire! {
    /// A member of an organization. Servers send neither names nor e-mail addresses.
    pub struct OrganizationMember {
        /// The id of the membership.
        id ("id"): String,
        /// The organization.
        org_id ("orgId"): String,
        /// The user, whose id `setRole` and `removeMember` take.
        user_id ("userId"): String,
        /// The role: `"owner"`, `"admin"`, `"member"`, or one that the host has configured.
        role ("role"): String,
        /// The time of joining, in ISO 8601.
        joined_at ("joinedAt"): String,
    }
    optional {}
}

wire! {
    /// An invitation to an organization. Servers have no route to accept it: the host's own code does.
    pub struct OrganizationInvitation {
        /// The id, for the host's own code.
        id ("id"): String,
        /// The organization.
        org_id ("orgId"): String,
        /// The e-mail address of the invited person, in lower case.
        email ("email"): String,
        /// The role that the person will have.
        role ("role"): String,
        /// The status: `"pending"` after `invite`.
        status ("status"): String,
        /// The expiry, in ISO 8601.
        expires_at ("expiresAt"): String,
    }
    optional {
        /// The user who invited.
        invited_by ("invitedBy"): String,
        /// The time of the invitation, in ISO 8601.
        created_at ("createdAt"): String,
    }
}

wire! {
    /// The input of `organizations.invite`.
    pub struct InviteMemberInput {
        /// The e-mail address of the person.
        #[tsify(type = "string")]
        email ("email"): Id,
    }
    optional {
        /// The role that the person will have. Servers default to `"member"`.
        #[tsify(type = "string | null")]
        role ("role"): Id,
    }
}

wire! {
    /// The input of `organizations.setRole`.
    pub struct MemberRoleInput {
        /// The new role.
        #[tsify(type = "string")]
        role ("role"): Id,
    }
    optional {}
}

wire! {
    /// A user as administrators see them.
    pub struct AdminUser {
        /// The user's id, which the other methods take.
        id ("id"): String,
        /// The e-mail address.
        email ("email"): String,
        /// Whether the user is banned. A ban ends sessions and revokes agents; servers still let the user sign in again.
        banned ("banned"): bool,
    }
    optional {
        /// The display name.
        name ("name"): String,
        /// The reason of the ban.
        ban_reason ("banReason"): String,
        /// The end of the ban, in ISO 8601; absent if it has none.
        ban_expires_at ("banExpiresAt"): String,
        /// The number of the user's agents.
        agent_count ("agentCount"): u32,
        /// The time of registration, in ISO 8601.
        created_at ("createdAt"): String,
    }
}

wire! {
    /// A page of `users.list`.
    pub struct AdminUserPage {
        /// The users of this page.
        users ("users"): Vec<AdminUser>,
        /// The number of users that match, on all pages.
        total ("total"): u32,
    }
    optional {}
}

wire! {
    /// The filters of `users.list`.
    pub struct AdminUserFilters {}
    optional {
        /// How many users a page has.
        #[tsify(type = "number | null")]
        limit ("limit"): Count,
        /// How many users to skip.
        #[tsify(type = "number | null")]
        offset ("offset"): Count,
        /// Part of the name or e-mail address.
        #[tsify(type = "string | null")]
        search ("search"): Id,
    }
}

wire! {
    /// The input of `users.ban`.
    pub struct BanUserInput {}
    optional {
        /// The reason, which administrators see.
        #[tsify(type = "string | null")]
        reason ("reason"): String,
        /// The end of the ban, as a `Date` or in ISO 8601. Without it the ban has none.
        #[tsify(type = "string | Date | null")]
        expires_at ("expiresAt"): Timestamp,
    }
}

wire! {
    /// The session that `users.impersonate` opens.
    pub struct ImpersonationSession {
        /// The bearer token of the session. Sign out with it to end the impersonation.
        #[tsify(type = "string")]
        token ("token"): SecretId,
        /// The expiry that the server states, in ISO 8601. Servers state an hour, and accept the token for 7 days.
        expires_at ("expiresAt"): String,
    }
    optional {}
}

words! {
    /// What a user types to delete the account.
    #[derive(tsify::Tsify)]
    #[tsify(type = "\"delete my account\"")]
    DeletionConfirmation: [DeleteMyAccount "delete my account"] as "\"delete my account\"";
}

wire! {
    /// The input of `account.delete`.
    pub struct DeleteAccountInput {
        /// What the user typed. Only `"delete my account"` is sent.
        #[tsify(type = "DeletionConfirmation")]
        confirm ("confirm"): DeletionConfirmation,
    }
    optional {
        /// Whether audit entries are kept, anonymized. Servers default to `true`.
        #[tsify(type = "boolean | null")]
        keep_audit_logs ("keepAuditLogs"): bool,
        /// Whether the organizations of the user are deleted. Servers default to `false`.
        #[tsify(type = "boolean | null")]
        delete_organizations ("deleteOrganizations"): bool,
    }
}

wire! {
    /// What `account.delete` has deleted.
    pub struct AccountDeletion {
        /// The number of agents.
        deleted_agents ("deletedAgents"): u32,
        /// The number of sessions.
        deleted_sessions ("deletedSessions"): u32,
        /// The number of delegation chains.
        deleted_delegations ("deletedDelegations"): u32,
        /// The number of API keys.
        deleted_api_keys ("deletedApiKeys"): u32,
        /// The number of audit entries that are anonymous now.
        anonymized_audit_logs ("anonymizedAuditLogs"): u32,
    }
    optional {}
}

wire! {
    /// What a server knows of a user: the result of `account.export`. It holds whatever the server sends, and more members may come.
    pub struct AccountExport {
        /// The user.
        #[tsify(type = "Record<string, unknown>")]
        user ("user"): JsonObject,
    }
    optional {
        /// The user's agents.
        #[tsify(type = "Record<string, unknown>[] | null")]
        agents ("agents"): Vec<JsonObject>,
        /// The user's sessions.
        #[tsify(type = "Record<string, unknown>[] | null")]
        sessions ("sessions"): Vec<JsonObject>,
        /// The audit entries.
        #[tsify(type = "Record<string, unknown>[] | null")]
        audit_logs ("auditLogs"): Vec<JsonObject>,
        /// The delegation chains.
        #[tsify(type = "Record<string, unknown>[] | null")]
        delegations ("delegations"): Vec<JsonObject>,
        /// The organizations.
        #[tsify(type = "Record<string, unknown>[] | null")]
        organizations ("organizations"): Vec<JsonObject>,
        /// The API keys, without the keys themselves.
        #[tsify(type = "Record<string, unknown>[] | null")]
        api_keys ("apiKeys"): Vec<JsonObject>,
        /// The time of the export, in ISO 8601.
        exported_at ("exportedAt"): String,
    }
}

wire! {
    /// A signed-in user, as far as servers say.
    pub struct SignedInUser {
        /// The user's id, which is the `ownerId` of their agents.
        #[tsify(type = "string")]
        id ("id"): Id,
    }
    optional {
        /// The e-mail address.
        email ("email"): String,
        /// The display name.
        name ("name"): String,
    }
}

wire! {
    /// The session of a signed-in user, as far as servers say.
    pub struct SignedInSession {}
    optional {
        /// The id of the session.
        id ("id"): String,
        /// The expiry, in ISO 8601.
        expires_at ("expiresAt"): String,
    }
}

/// Answers that hold one value, which the call resolves to.
const fn holding(name: &'static str, schema: &'static Schema) -> Field {
    Field { name, schema, required: true }
}

/// The answer of `twoFactor.backupCodes`.
pub const BACKUP_CODES: Schema = Schema::Object(&[holding("backupCodes", &<Vec<String>>::SCHEMA)]);
/// The answer of `apiKeys.list`.
pub const API_KEYS: Schema = Schema::Object(&[holding("apiKeys", &<Vec<ApiKey>>::SCHEMA)]);
/// The answer of `organizations.list`.
pub const ORGANIZATIONS: Schema = Schema::Object(&[holding("organizations", &<Vec<Organization>>::SCHEMA)]);
/// The answer of `organizations.members`.
pub const ORGANIZATION_MEMBERS: Schema = Schema::Object(&[holding("members", &<Vec<OrganizationMember>>::SCHEMA)]);
/// The answer of `users.impersonate`.
pub const IMPERSONATION: Schema = Schema::Object(&[holding("session", &ImpersonationSession::SCHEMA)]);
/// The person that a server finds behind a token, as the guard reads it: `{user, session}`, or a session alone.
pub const FOUND_PERSON: Schema = Schema::Object(&[
    Field { name: "user", schema: &SignedInUser::SCHEMA, required: false },
    Field { name: "session", schema: &SignedInSession::SCHEMA, required: false },
    Field { name: "userId", schema: &Schema::Id, required: false },
    Field { name: "id", schema: &Schema::Text, required: false },
    Field { name: "expiresAt", schema: &Schema::Text, required: false },
]);
