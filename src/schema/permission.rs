//! Permissions and their constraints.

use super::declare::wire;
use serde::{Deserialize, Serialize};

/// The functions that make permissions, and the actions that each of them grants.
pub const GRANTS: [(&str, &[&str]); 5] = [
    ("read", &["read"]),
    ("write", &["write"]),
    ("execute", &["execute"]),
    ("readWrite", &["read", "write"]),
    ("fullAccess", &["read", "write", "execute", "delete"]),
];

wire! {
    /// A grant of actions on the resources that match a pattern.
    #[derive(Serialize, Deserialize, PartialEq)]
    pub struct Permission {
        /// The resource pattern: segments separated by `:`. A `*` segment matches all remaining segments:
        /// `mcp:github:*` matches `mcp:github` and everything below it.
        resource ("resource"): String,
        /// The granted actions, for example `["read"]`. `"*"` grants every action.
        actions ("actions"): Vec<String>,
    }
    optional {
        /// Conditions that a request must also meet. The server checks them in the order of their declaration.
        constraints ("constraints"): PermissionConstraints,
    }
}

wire! {
    /// Conditions on a permission. A request must meet all of them.
    #[derive(Serialize, Deserialize, PartialEq, Default)]
    pub struct PermissionConstraints {}
    optional {
        /// The maximum number of calls per hour on one requested resource. Calls that a later constraint denies count too.
        max_calls_per_hour ("maxCallsPerHour"): u32,
        /// JavaScript regular expressions, not anchored. Every top-level string argument must match all of them.
        allowed_arg_patterns ("allowedArgPatterns"): Vec<String>,
        /// Whether a human must approve each call. The server then denies, with a reason that says so.
        require_approval ("requireApproval"): bool,
        /// The time of day in which calls are allowed, in the server's time zone.
        time_window ("timeWindow"): TimeWindow,
        /// The addresses that calls may come from: IP addresses, or IPv4 ranges such as `10.0.0.0/8`.
        ip_allowlist ("ipAllowlist"): Vec<String>,
    }
}

wire! {
    /// A time window within a day, both ends included. A window over midnight (`22:00` to `06:00`) never matches on the server.
    #[derive(Serialize, Deserialize, PartialEq)]
    pub struct TimeWindow {
        /// The first minute, as `HH:MM`.
        start ("start"): String,
        /// The last minute, as `HH:MM`.
        end ("end"): String,
    }
    optional {}
}
