//! `schemas.js`: the schemas of everything that is checked.

use super::{constant, head, validators};
use kavachos_wasm::schema::*;
use serde_json::json;

/// The types that have a schema, by the names of their constants. A type comes after those that it is made of.
pub const TYPES: &[(&str, Schema)] = &[
    ("TimeWindow", TimeWindow::SCHEMA),
    ("PermissionConstraints", PermissionConstraints::SCHEMA),
    ("Permission", Permission::SCHEMA),
    ("Agent", Agent::SCHEMA),
    ("AgentFilters", AgentFilters::SCHEMA),
    ("CreateAgentInput", CreateAgentInput::SCHEMA),
    ("UpdateAgentInput", UpdateAgentInput::SCHEMA),
    ("AuthorizeRequest", AuthorizeRequest::SCHEMA),
    ("AuthorizeResult", AuthorizeResult::SCHEMA),
    ("AuditEntry", AuditEntry::SCHEMA),
    ("AuditFilters", AuditFilters::SCHEMA),
    ("PaginatedAuditLogs", PaginatedAuditLogs::SCHEMA),
    ("ExportOptions", ExportOptions::SCHEMA),
    ("User", User::SCHEMA),
    ("Session", Session::SCHEMA),
    ("AuthResponse", AuthResponse::SCHEMA),
    ("SignUpInput", SignUpInput::SCHEMA),
    ("SignInInput", SignInInput::SCHEMA),
    ("DelegateInput", DelegateInput::SCHEMA),
    ("DelegationChain", DelegationChain::SCHEMA),
    ("McpServer", McpServer::SCHEMA),
    ("McpRateLimit", McpRateLimit::SCHEMA),
    ("RegisterMcpServerInput", RegisterMcpServerInput::SCHEMA),
    ("AgentStats", AgentStats::SCHEMA),
    ("UserStats", UserStats::SCHEMA),
    ("AuditStats", AuditStats::SCHEMA),
    ("DashboardStats", DashboardStats::SCHEMA),
    ("TwoFactorEnrollment", TwoFactorEnrollment::SCHEMA),
    ("TwoFactorCodeInput", TwoFactorCodeInput::SCHEMA),
    ("TwoFactorVerification", TwoFactorVerification::SCHEMA),
    ("TwoFactorStatus", TwoFactorStatus::SCHEMA),
    ("BackupCodes", people::BACKUP_CODES),
    ("ApiKey", ApiKey::SCHEMA),
    ("CreatedApiKey", CreatedApiKey::SCHEMA),
    ("CreateApiKeyInput", CreateApiKeyInput::SCHEMA),
    ("ApiKeys", people::API_KEYS),
    ("Organization", Organization::SCHEMA),
    ("CreateOrganizationInput", CreateOrganizationInput::SCHEMA),
    ("Organizations", people::ORGANIZATIONS),
    ("OrganizationMember", OrganizationMember::SCHEMA),
    ("OrganizationMembers", people::ORGANIZATION_MEMBERS),
    ("OrganizationInvitation", OrganizationInvitation::SCHEMA),
    ("InviteMemberInput", InviteMemberInput::SCHEMA),
    ("MemberRoleInput", MemberRoleInput::SCHEMA),
    ("AdminUser", AdminUser::SCHEMA),
    ("AdminUserPage", AdminUserPage::SCHEMA),
    ("AdminUserFilters", AdminUserFilters::SCHEMA),
    ("BanUserInput", BanUserInput::SCHEMA),
    ("ImpersonationSession", ImpersonationSession::SCHEMA),
    ("Impersonation", people::IMPERSONATION),
    ("DeleteAccountInput", DeleteAccountInput::SCHEMA),
    ("AccountDeletion", AccountDeletion::SCHEMA),
    ("AccountExport", AccountExport::SCHEMA),
    ("SignedInUser", SignedInUser::SCHEMA),
    ("SignedInSession", SignedInSession::SCHEMA),
    ("FoundPerson", people::FOUND_PERSON),
    ("KavachClientOptions", KavachClientOptions::SCHEMA),
    ("CallOptions", CallOptions::SCHEMA),
    ("ParseOptions", ParseOptions::SCHEMA),
    ("RequestInput", RequestInput::SCHEMA),
];

/// Those types, and those of the entries that are JavaScript alone.
pub fn all_types() -> impl Iterator<Item = &'static (&'static str, Schema)> {
    TYPES.iter().chain(session::SESSION_TYPES)
}

/// The lists that are arguments or answers, by the names of their constants.
pub const LISTS: &[(&str, Schema)] = &[
    ("PERMISSIONS", <Vec<Permission>>::SCHEMA),
    ("AGENTS", <Vec<Agent>>::SCHEMA),
    ("AUDIT_ENTRIES", <Vec<AuditEntry>>::SCHEMA),
    ("DELEGATION_CHAINS", <Vec<DelegationChain>>::SCHEMA),
    ("MCP_SERVERS", <Vec<McpServer>>::SCHEMA),
    ("API_KEY_LIST", <Vec<ApiKey>>::SCHEMA),
    ("ORGANIZATION_LIST", <Vec<Organization>>::SCHEMA),
    ("MEMBER_LIST", <Vec<OrganizationMember>>::SCHEMA),
    ("ADMIN_USER_LIST", <Vec<AdminUser>>::SCHEMA),
];

/// The members of an object: their names, their kinds, and whether they may be absent.
pub fn members(schema: &Schema) -> String {
    let fields = schema.fields().iter();
    fields.map(|field| format!("{}{}{} ", field.name, field.schema.kind(), field.required)).collect()
}

/// The JavaScript expression for a schema: its constant, or the array itself.
pub fn expression(schema: &Schema) -> String {
    match schema {
        Schema::Object(_) => {
            let known = all_types().find(|(_, known)| members(known) == members(schema));
            constant(known.unwrap_or_else(|| panic!("there is no type for {schema:?}")).0)
        }
        Schema::List(item) => match LISTS.iter().find(|(_, known)| written(known) == written(schema)) {
            Some((name, _)) => (*name).to_owned(),
            None => format!("[{}, {}, {}]", schema.kind(), json!(schema.expected()), expression(item)),
        },
        Schema::Choice(words, _) => {
            format!("[{}, {}, {}]", schema.kind(), json!(schema.expected()), json!(words))
        }
        _ => leaf(schema),
    }
}

fn written(schema: &Schema) -> String {
    match schema {
        Schema::List(item) => format!("list of {}", written(item)),
        Schema::Object(_) => members(schema),
        _ => schema.kind().to_string(),
    }
}

/// The constant for a schema without parts.
fn leaf(schema: &Schema) -> String {
    if matches!(schema, Schema::Json) {
        return "ANY_JSON".to_owned(); // JavaScript has its own JSON.
    }
    constant(&format!("{schema:?}"))
}

const LEAVES: [Schema; 22] = [
    Schema::Text,
    Schema::Id,
    Schema::PathId,
    Schema::Bearer,
    Schema::Word,
    Schema::Flag,
    Schema::Number,
    Schema::Count,
    Schema::Moment,
    Schema::Map,
    Schema::Instance,
    Schema::Function,
    Schema::Signal,
    Schema::Duration,
    Schema::Repeats,
    Schema::Token,
    Schema::Headers,
    Schema::Url,
    Schema::FlagOrNames,
    Schema::Init,
    Schema::Path,
    Schema::Json,
];

pub fn text() -> String {
    let leaves = LEAVES.iter().map(|schema| {
        let export = if matches!(schema, Schema::Id | Schema::PathId | Schema::Bearer) { "export " } else { "" };
        format!("{export}const {} = [{}, {}];\n", leaf(schema), schema.kind(), json!(schema.expected()))
    });
    let objects = all_types().map(|(name, schema)| {
        let fields: Vec<_> = schema
            .fields()
            .iter()
            .map(|field| format!("{}, {}, {}", json!(field.name), expression(field.schema), field.required))
            .collect();
        let list =
            LISTS.iter().filter(|(_, list)| matches!(list, Schema::List(item) if members(item) == members(schema)));
        let lists = list.map(|(list, schema)| {
            format!("export const {list} = [{}, {}, {}];\n", schema.kind(), json!(schema.expected()), constant(name))
        });
        let validator = validators::of(schema).unwrap_or("undefined");
        let separator = if fields.is_empty() { "" } else { ", " };
        format!(
            "export const {} = [{}, {}, {validator}{separator}{}];\n{}",
            constant(name),
            schema.kind(),
            json!(schema.expected()),
            fields.join(", "),
            lists.collect::<String>()
        )
    });
    let names: Vec<_> = validators::CHECKS.iter().map(|(name, _)| *name).collect();
    let mut names = names;
    names.sort_unstable();
    format!(
        "{}//\n\
         // A schema is an array: its kind, and what to call it in `must be …`. A list has the schema of its items, a choice its words.\n\
         // An object has its validator, if there is one, and for each member its name, its schema and whether it is required.\n\
         import {{ {} }} from \"./validators.js\";\n\n{}\n{}",
        head("the schemas of what is sent and received, out of the Rust types."),
        names.join(", "),
        leaves.collect::<String>(),
        objects.collect::<String>()
    )
}
