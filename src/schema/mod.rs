//! The wire types: what travels between the client and a KavachOS server.
//!
//! Each type is declared once, with `wire!`. That one declaration is the Rust struct, the
//! TypeScript interface (through tsify) and the [`Schema`] that arguments and answers are checked
//! against, so the three cannot drift apart.

mod agent;
mod audit;
mod auth;
mod check;
mod dashboard;
mod decision;
mod declare;
mod delegation;
mod json;
mod mcp;
#[cfg(any(feature = "native-json", feature = "agreement", feature = "rust-client"))]
mod native;
mod options;
pub mod people;
mod permission;
mod request_input;
pub mod session;
mod timestamp;
#[cfg(feature = "rust-client")]
mod typed;
mod wire;

pub use agent::{
    Agent, AgentFilters, AgentStatus, AgentType, CreateAgentInput, KnownAgentStatus, KnownAgentType, UpdateAgentInput,
};
pub use audit::{
    AuditEntry, AuditFilters, AuditResult, ExportFormat, ExportOptions, KnownAuditResult, PaginatedAuditLogs,
};
pub use auth::{AuthResponse, Session, SignInInput, SignUpInput, User};
pub use check::Mismatch;
pub use dashboard::{AgentStats, AuditStats, DashboardStats, UserStats};
pub use decision::{AuthorizeRequest, AuthorizeResult};
pub use delegation::{DelegateInput, DelegationChain};
pub use json::{Json, Kind};
pub use mcp::{McpRateLimit, McpServer, RegisterMcpServerInput};
pub use options::{CallOptions, Dialect, KavachClientOptions, ParseOptions, TokenSource};
pub use people::{
    AccountDeletion, AccountExport, AdminUser, AdminUserFilters, AdminUserPage, ApiKey, BanUserInput,
    CreateApiKeyInput, CreateOrganizationInput, CreatedApiKey, DeleteAccountInput, DeletionConfirmation,
    ImpersonationSession, InviteMemberInput, MemberRoleInput, Organization, OrganizationInvitation, OrganizationMember,
    SignedInSession, SignedInUser, TwoFactorCodeInput, TwoFactorEnrollment, TwoFactorStatus, TwoFactorVerification,
};
pub use permission::{GRANTS, Permission, PermissionConstraints, TimeWindow};
pub use request_input::{RequestInput, ResponseType};
pub use timestamp::{Timestamp, is_timestamp};
#[cfg(feature = "rust-client")]
pub(crate) use typed::{iso, unix_milliseconds};
pub use wire::{Count, Field, Id, JsonObject, Schema, Secret, SecretId, Wire, Word};

#[cfg(not(feature = "rust-client"))]
#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const INPUT_TYPES: &str = include_str!("../host/client/inputs.api.d.ts");
