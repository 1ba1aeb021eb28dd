//! The boundary: the classes and functions that JavaScript sees. The only `#[wasm_bindgen]` classes are here.

mod agents;
mod audit;
mod auth;
mod client;
mod connection;
mod delegation;
mod errors;
#[cfg(feature = "force-panic")]
mod forced_panic;
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
pub use client::KavachClient;
pub use delegation::Delegation;
pub use mcp::Mcp;
pub use permissions::{execute, full_access, parse_permissions, rate_limited, read, read_write, with_approval, write};
