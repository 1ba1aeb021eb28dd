//! What an agent may do: permissions and the constraints on them.

use super::shape::wire;
use serde::{Deserialize, Serialize};

wire! {
    /// A grant: which actions an agent may perform on which resources.
    #[derive(Serialize, Deserialize, PartialEq)]
    pub struct Permission {
        /// The resource pattern, segments separated by `:`. A `*` segment matches the whole rest:
        /// `mcp:github:*` covers `mcp:github` and everything below it.
        resource ("resource"): String,
        /// The actions granted, for example `["read"]`. `"*"` grants every action.
        actions ("actions"): Vec<String>,
    }
    optional {
        /// Conditions that a call must also meet. The server checks them in the order in which they are listed here.
        constraints ("constraints"): PermissionConstraints,
    }
}

wire! {
    /// Conditions on a permission; a call must meet all of them.
    #[derive(Serialize, Deserialize, PartialEq, Default)]
    pub struct PermissionConstraints {}
    optional {
        /// How many calls per hour the agent may make on one requested resource. Denied calls count once they pass this step.
        max_calls_per_hour ("maxCallsPerHour"): u32,
        /// JavaScript regular expressions, unanchored: every top-level string argument must match every one of them.
        allowed_arg_patterns ("allowedArgPatterns"): Vec<String>,
        /// Whether a human must approve each call: the server answers with a denial that says so.
        require_approval ("requireApproval"): bool,
        /// The time of day in which calls are allowed, in the server's own time zone.
        time_window ("timeWindow"): TimeWindow,
        /// The addresses calls may come from: exact IP addresses, or IPv4 ranges such as `10.0.0.0/8`.
        ip_allowlist ("ipAllowlist"): Vec<String>,
    }
}

wire! {
    /// A span within a day, both ends included. A window over midnight (`22:00` to `06:00`) never matches on the server.
    #[derive(Serialize, Deserialize, PartialEq)]
    pub struct TimeWindow {
        /// The first minute, as `HH:MM`.
        start ("start"): String,
        /// The last minute, as `HH:MM`.
        end ("end"): String,
    }
    optional {}
}
