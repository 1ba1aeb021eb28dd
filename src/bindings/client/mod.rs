//! The boundary of the client, which is the module of the main entry.

mod connection;
mod entry_points;
mod errors;
#[cfg(feature = "force-panic")]
mod forced_panic;
mod observers;
mod options;
mod permissions;
mod slots;
mod trip;
mod value;

pub use entry_points::{attach, begin, connect, dialect, disconnect, filters, forget, resume};
pub use permissions::{execute, full_access, parse_permissions, rate_limited, read, read_write, with_approval, write};
