//! The client for Rust programs: front ends and Workers in WebAssembly, servers and command lines.
//!
//! It is the client of the npm package without its JavaScript: the same endpoints, dialects, retries, redirects, errors and
//! redaction. Only sending a request, waiting and telling the time is up to the platform, behind [`Transport`].
//!
//! ```toml
//! [dependencies]
//! kavachos-wasm = { version = "0.1", default-features = false, features = ["rust-client"] } # or "native"
//! ```
//!
//! ```
//! # use kavachos_wasm::rust_client::testing::Script;
//! use kavachos_wasm::Client;
//! use kavachos_wasm::rust_client::{AuthorizeRequest, CreateAgentInput, KnownAgentType, Permission};
//!
//! # let script = Script::new();
//! # script.answer(201, r#"{"id": "agent-1", "ownerId": "user-1", "name": "reader", "type": "autonomous", "token": "kv_1",
//! #   "permissions": [], "status": "active", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}"#);
//! # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
//! # pollster::block_on(async {
//! let kavach = Client::builder("https://your-app.com/api/kavach").token("kv_service");
//! # let kavach = kavach.transport(script);
//! let kavach = kavach.build()?;
//!
//! let permissions = [Permission::read("mcp:github:*")];
//! let input = CreateAgentInput::new("user-1", "reader", KnownAgentType::Autonomous, permissions);
//! let agent = kavach.agents().create(input).await?;
//!
//! let decision = kavach.authorize(&agent.id, AuthorizeRequest::new("read", "mcp:github:repos")).await?;
//! assert!(decision.allowed);
//! # Ok::<(), kavachos_wasm::Error>(())
//! # }).unwrap();
//! ```
#![deny(missing_docs)]

mod agents;
mod audit;
mod auth;
mod authorize_many;
mod body;
mod builder;
mod call;
mod client;
mod custom_request;
mod dashboard;
mod delegation;
mod error;
mod exchange;
#[cfg(target_arch = "wasm32")]
mod fetch;
#[cfg(target_arch = "wasm32")]
mod fetch_options;
mod flight;
#[cfg(target_arch = "wasm32")]
mod from_js;
mod future;
mod guard;
mod hooks;
mod insecure;
mod iterate;
#[cfg(target_arch = "wasm32")]
mod js_hooks;
mod mcp;
mod mutations;
#[cfg(all(feature = "native", not(target_arch = "wasm32")))]
mod native;
mod options;
mod permissions;
mod redact;
mod run;
mod stream;
pub mod testing;
mod token;
mod transport;
mod url;

pub use crate::guard::Problem;
pub use crate::http::{Base, Dialect, Method};
pub use crate::schema::{
    Agent, AgentFilters, AgentStats, AgentStatus, AgentType, AuditEntry, AuditFilters, AuditResult, AuditStats,
    AuthResponse, AuthorizeRequest, AuthorizeResult as Decision, Count, CreateAgentInput, DashboardStats,
    DelegateInput, DelegationChain, ExportFormat, ExportOptions, Id, JsonObject, KnownAgentStatus, KnownAgentType,
    KnownAuditResult, McpRateLimit, McpServer, PaginatedAuditLogs, Permission, PermissionConstraints,
    RegisterMcpServerInput, Secret, SecretId, Session, SignInInput, SignUpInput, TimeWindow, Timestamp,
    UpdateAgentInput, User, UserStats, Word,
};
pub use agents::Agents;
pub use audit::Audit;
pub use auth::Auth;
pub use authorize_many::{AuthorizeMany, Subject};
pub use body::TransportBody;
pub use builder::ClientBuilder;
pub use call::Call;
pub use client::Client;
pub use custom_request::CustomRequest;
pub use dashboard::Dashboard;
pub use delegation::Delegation;
pub use error::Error;
#[cfg(target_arch = "wasm32")]
pub use fetch::FetchTransport;
#[cfg(target_arch = "wasm32")]
pub use fetch_options::{CacheMode, Credentials};
pub use future::{BoxFuture, MaybeSend, MaybeSync};
pub use guard::{
    Cors, DecisionCache, DecisionCacheBuilder, DecisionSource, Granted, Guard, GuardDecision, Refusal, Rule, RuleError,
};
pub use hooks::{Hooks, RequestEvent, ResponseEvent, RetryEvent};
pub use iterate::Entries;
pub use mcp::Mcp;
#[cfg(all(feature = "native", not(target_arch = "wasm32")))]
pub use native::ReqwestTransport;
pub use options::{AllowUnknown, CallOptions};
pub use stream::ByteStream;
pub use token::{Token, TokenContext, TokenProvider, TokenReason, TokenResult};
pub use transport::{RedirectMode, Transport, TransportError, TransportRequest, TransportResponse};

/// Compiles the code of the guide.
#[cfg(all(doctest, feature = "native"))]
#[doc = include_str!("../../docs/rust-client.md")]
pub struct Guide;

use future::SingleThread;
use std::sync::Arc;

/// The transport of the target, if there is one.
fn default_transport() -> Result<Option<SingleThread<Arc<dyn Transport>>>, Error> {
    #[cfg(target_arch = "wasm32")]
    return Ok(Some(SingleThread(Arc::new(FetchTransport::new()))));
    #[cfg(all(feature = "native", not(target_arch = "wasm32")))]
    return Ok(Some(SingleThread(Arc::new(ReqwestTransport::new()?))));
    #[cfg(all(not(feature = "native"), not(target_arch = "wasm32")))]
    Ok(None)
}
