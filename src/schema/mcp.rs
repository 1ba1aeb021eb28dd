//! The MCP servers in the registry of a KavachOS deployment.

use super::declare::wire;
use super::wire::{Count, Id};

wire! {
    /// A registered MCP server.
    pub struct McpServer {
        /// The server's id.
        id ("id"): String,
        /// The display name.
        name ("name"): String,
        /// The URL of the server.
        endpoint ("endpoint"): String,
        /// The names of its tools.
        tools ("tools"): Vec<String>,
        /// Whether callers must be authorized.
        auth_required ("authRequired"): bool,
        /// The time of registration, in ISO 8601.
        created_at ("createdAt"): String,
    }
    optional {}
}

wire! {
    /// The input of `mcp.register`.
    pub struct RegisterMcpServerInput {
        /// The display name.
        #[tsify(type = "string")]
        name ("name"): Id,
        /// The URL of the server.
        #[tsify(type = "string")]
        endpoint ("endpoint"): Id,
        /// The names of its tools.
        #[tsify(type = "readonly string[]")]
        tools ("tools"): Vec<String>,
    }
    optional {
        /// Whether callers must be authorized; `true` by default.
        auth_required ("authRequired"): bool,
        /// The rate limit of the server.
        rate_limit ("rateLimit"): McpRateLimit,
    }
}

wire! {
    /// The rate limit of an MCP server.
    pub struct McpRateLimit {
        /// The maximum number of requests per minute.
        #[tsify(type = "number")]
        rpm ("rpm"): Count,
    }
    optional {}
}
