//! The boundary of the client, which is the module of the main entry.

mod agents;
mod audit;
mod auth;
mod connection;
mod delegation;
mod errors;
#[cfg(feature = "force-panic")]
mod forced_panic;
mod kavach_client;
mod mcp;
mod observers;
mod options;
mod permissions;
mod task;
mod trip;
mod value;

pub use agents::Agents;
pub use audit::Audit;
pub use auth::Auth;
pub use delegation::Delegation;
pub use kavach_client::KavachClient;
pub use mcp::Mcp;
pub use permissions::{execute, full_access, parse_permissions, rate_limited, read, read_write, with_approval, write};
