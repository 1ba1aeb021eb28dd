//! The boundary: the classes and functions that JavaScript sees. The only `#[wasm_bindgen]` classes are here.
//!
//! The crate is compiled once for each module of the package; features say what it exports.

#[cfg(feature = "client")]
mod agents;
#[cfg(feature = "client")]
mod audit;
#[cfg(feature = "client")]
mod auth;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod connection;
#[cfg(feature = "client")]
mod delegation;
#[cfg(feature = "client")]
mod errors;
#[cfg(feature = "permissions")]
mod evaluator;
#[cfg(feature = "force-panic")]
mod forced_panic;
#[cfg(feature = "client")]
mod mcp;
#[cfg(feature = "client")]
mod observers;
#[cfg(feature = "client")]
mod options;
#[cfg(feature = "client")]
mod permissions;
#[cfg(feature = "client")]
mod task;
#[cfg(feature = "client")]
mod trip;
#[cfg(feature = "client")]
mod value;

#[cfg(feature = "client")]
pub use agents::Agents;
#[cfg(feature = "client")]
pub use audit::Audit;
#[cfg(feature = "client")]
pub use auth::Auth;
#[cfg(feature = "client")]
pub use client::KavachClient;
#[cfg(feature = "client")]
pub use delegation::Delegation;
#[cfg(feature = "client")]
pub use mcp::Mcp;
#[cfg(feature = "client")]
pub use permissions::{execute, full_access, parse_permissions, rate_limited, read, read_write, with_approval, write};
