//! What a guard of MCP servers decides without values: which messages it knows, and what a refusal means to an MCP client.

mod message;
mod refusal;

pub use message::{BATCH_VERSIONS, CALL, LIST, NOTIFICATIONS, REQUESTS, batches};
pub use refusal::{Answer, Refusal};
