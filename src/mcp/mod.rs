//! What a guard of MCP servers decides without values: which messages it knows, and what a refusal means to an MCP client. And what a
//! client of such servers does: what an error of OAuth means.

mod client;
mod message;
mod refusal;

pub use client::{ClientFailure, OAUTH_ERRORS, OAuthError};
pub use message::{BATCH_VERSIONS, CALL, LIST, NOTIFICATIONS, REQUESTS, batches};
pub use refusal::{Answer, Refusal};
