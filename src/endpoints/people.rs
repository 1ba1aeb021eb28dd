//! People's accounts and their administration: the endpoints of `kavachos-wasm/people`. Plugins of adapters serve them.

use super::Argument::{Body, Id, Query};
use super::Endpoint;
use crate::http::Answer;
use crate::schema::*;

const TWO_FACTOR: &str = "Two-factor authentication (the plugin twoFactor)";
const API_KEYS: &str = "The management of API keys (the plugin apiKeys)";
const ORGANIZATIONS: &str = "The management of organizations (the plugin organization)";
const USERS: &str = "The administration of users (the plugin admin)";
const ACCOUNT: &str = "The export and deletion of accounts (the plugin gdpr)";

const CODE: &[super::Argument] = &[Body("input", &TwoFactorCodeInput::SCHEMA)];
const CREATED_KEY: Answer = Answer::value(&CreatedApiKey::SCHEMA);

const fn member(schema: &'static Schema, name: &'static str) -> Answer {
    Answer { member: Some(name), ..Answer::value(schema) }
}

/// The endpoints, in the order of the reference. Names are `namespace.method`.
pub const ENDPOINTS: &[Endpoint] = &[
    // Enrolling again switches two-factor authentication off until the new secret is verified: never sent twice.
    Endpoint::post("twoFactor.enroll", "/auth/2fa/enroll")
        .of_plugin()
        .called(TWO_FACTOR)
        .answers(Answer::value(&TwoFactorEnrollment::SCHEMA)),
    Endpoint::post("twoFactor.verify", "/auth/2fa/verify")
        .of_plugin()
        .called(TWO_FACTOR)
        .takes(CODE)
        .hides(&["code"])
        .answers(Answer::value(&TwoFactorVerification::SCHEMA)),
    Endpoint::post("twoFactor.disable", "/auth/2fa/disable")
        .of_plugin()
        .called(TWO_FACTOR)
        .takes(CODE)
        .hides(&["code"]),
    Endpoint::post("twoFactor.backupCodes", "/auth/2fa/backup-codes")
        .of_plugin()
        .called(TWO_FACTOR)
        .takes(CODE)
        .hides(&["code"])
        .answers(member(&people::BACKUP_CODES, "backupCodes")),
    Endpoint::get("twoFactor.status", "/auth/2fa/status")
        .of_plugin()
        .called(TWO_FACTOR)
        .answers(Answer::value(&TwoFactorStatus::SCHEMA)),
    Endpoint::post("apiKeys.create", "/auth/api-keys")
        .of_plugin()
        .called(API_KEYS)
        .takes(&[Body("input", &CreateApiKeyInput::SCHEMA)])
        .answers(CREATED_KEY),
    Endpoint::get("apiKeys.list", "/auth/api-keys")
        .of_plugin()
        .called(API_KEYS)
        .answers(member(&people::API_KEYS, "apiKeys")),
    Endpoint::post("apiKeys.rotate", "/auth/api-keys/:id/rotate")
        .of_plugin()
        .called(API_KEYS)
        .takes(&[Id("id")])
        .answers(CREATED_KEY),
    // A revoked key is gone: a repetition would answer 404.
    Endpoint::delete("apiKeys.revoke", "/auth/api-keys/:id").of_plugin().once().called(API_KEYS).takes(&[Id("id")]),
    Endpoint::post("organizations.create", "/auth/org/create")
        .of_plugin()
        .called(ORGANIZATIONS)
        .takes(&[Body("input", &CreateOrganizationInput::SCHEMA)])
        .answers(Answer::value(&Organization::SCHEMA)),
    Endpoint::get("organizations.list", "/auth/org/list")
        .of_plugin()
        .called(ORGANIZATIONS)
        .answers(member(&people::ORGANIZATIONS, "organizations")),
    // A list, although it is a POST.
    Endpoint {
        retry: crate::http::RetryClass::Idempotent,
        ..Endpoint::post("organizations.members", "/auth/org/:id/members")
            .of_plugin()
            .called(ORGANIZATIONS)
            .takes(&[Id("orgId")])
            .answers(member(&people::ORGANIZATION_MEMBERS, "members"))
    },
    Endpoint::post("organizations.invite", "/auth/org/:id/invite")
        .of_plugin()
        .called(ORGANIZATIONS)
        .takes(&[Id("orgId"), Body("input", &InviteMemberInput::SCHEMA)])
        .answers(Answer::value(&OrganizationInvitation::SCHEMA)),
    Endpoint::patch("organizations.setRole", "/auth/org/:id/members/:id")
        .of_plugin()
        .called(ORGANIZATIONS)
        .takes(&[Id("orgId"), Id("userId"), Body("input", &MemberRoleInput::SCHEMA)])
        .answers(Answer::value(&OrganizationMember::SCHEMA)),
    Endpoint::delete("organizations.removeMember", "/auth/org/:id/members/:id")
        .of_plugin()
        .called(ORGANIZATIONS)
        .takes(&[Id("orgId"), Id("userId")]),
    Endpoint::get("users.list", "/auth/admin/users")
        .of_plugin()
        .called(USERS)
        .takes(&[Query("filters", &AdminUserFilters::SCHEMA)])
        .answers(Answer::value(&AdminUserPage::SCHEMA)),
    Endpoint::get("users.get", "/auth/admin/users/:id")
        .of_plugin()
        .called(USERS)
        .takes(&[Id("id")])
        .answers(Answer::lookup(&AdminUser::SCHEMA)),
    // Banning revokes the user's agents.
    Endpoint::post("users.ban", "/auth/admin/users/:id/ban")
        .of_plugin()
        .called(USERS)
        .takes(&[Id("id"), Body("input", &BanUserInput::SCHEMA)])
        .changes_decisions(),
    Endpoint::post("users.unban", "/auth/admin/users/:id/unban")
        .of_plugin()
        .called(USERS)
        .takes(&[Id("id")])
        .changes_decisions(),
    Endpoint::delete("users.delete", "/auth/admin/users/:id")
        .of_plugin()
        .called(USERS)
        .takes(&[Id("id")])
        .changes_decisions(),
    Endpoint::post("users.impersonate", "/auth/admin/users/:id/impersonate")
        .of_plugin()
        .called(USERS)
        .takes(&[Id("id")])
        .answers(member(&people::IMPERSONATION, "session")),
    Endpoint::get("account.export", "/auth/gdpr/export")
        .of_plugin()
        .called(ACCOUNT)
        .answers(Answer::value(&AccountExport::SCHEMA)),
    // The session goes with the account: a repetition would answer 401.
    Endpoint::delete("account.delete", "/auth/gdpr/delete")
        .of_plugin()
        .once()
        .called(ACCOUNT)
        .takes(&[Body("input", &DeleteAccountInput::SCHEMA)])
        .answers(Answer::value(&AccountDeletion::SCHEMA))
        .changes_decisions(),
    Endpoint::post("account.anonymize", "/auth/gdpr/anonymize").of_plugin().called(ACCOUNT),
];

/// Finds the person behind a token, or `null`: for the guard of people.
pub const FIND_PERSON: Endpoint = Endpoint::get("guardSession", "/session")
    .adapter_path("/auth/session")
    .under_auth_url()
    .called("The session of a person")
    .takes(&[super::Argument::Token("token")])
    .answers(Answer { null_if_unauthorized: true, ..Answer::lookup(&people::FOUND_PERSON) });
