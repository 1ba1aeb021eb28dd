//! MCP servers that a KavachOS deployment knows about.

use super::shape::{Count, Id, wire};

wire! {
    /// A registered MCP server.
    pub struct McpServer {
        /// The server's id.
        id ("id"): String,
        /// The name people know it by.
        name ("name"): String,
        /// Where it is reached.
        endpoint ("endpoint"): String,
        /// The names of the tools it offers.
        tools ("tools"): Vec<String>,
        /// Whether callers must be authorized.
        auth_required ("authRequired"): bool,
        /// When it was registered, in ISO 8601.
        created_at ("createdAt"): String,
    }
    optional {}
}

wire! {
    /// What `mcp.register` needs to know.
    pub struct RegisterMcpServerInput {
        /// The name people will know it by.
        #[tsify(type = "string")]
        name ("name"): Id,
        /// Where it is reached.
        #[tsify(type = "string")]
        endpoint ("endpoint"): Id,
        /// The names of the tools it offers.
        tools ("tools"): Vec<String>,
    }
    optional {
        /// Whether callers must be authorized; `true` if left out.
        auth_required ("authRequired"): bool,
        /// How often it may be called.
        rate_limit ("rateLimit"): McpRateLimit,
    }
}

wire! {
    /// How often an MCP server may be called.
    pub struct McpRateLimit {
        /// Requests per minute.
        #[tsify(type = "number")]
        rpm ("rpm"): Count,
    }
    optional {}
}
