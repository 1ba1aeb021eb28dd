//! What a dashboard shows in numbers.

use super::declare::wire;

wire! {
    /// The result of `dashboard.stats`.
    pub struct DashboardStats {
        /// The number of agents.
        agents ("agents"): AgentStats,
        /// The number of people.
        users ("users"): UserStats,
        /// The decisions of the last 24 hours.
        audit ("audit"): AuditStats,
    }
    optional {}
}

wire! {
    /// The number of agents, in all and by status.
    pub struct AgentStats {
        /// All agents.
        total ("total"): u32,
        /// Those that are active.
        active ("active"): u32,
        /// Those that are revoked.
        revoked ("revoked"): u32,
        /// Those whose token has expired.
        expired ("expired"): u32,
    }
    optional {}
}

wire! {
    /// The number of people.
    pub struct UserStats {
        /// The number of different owners of agents.
        total ("total"): u32,
    }
    optional {}
}

wire! {
    /// The decisions of the last 24 hours. Servers count the newest 1,000 at most.
    pub struct AuditStats {
        /// The number of decisions.
        last24h ("last24h"): u32,
        /// Those that allowed.
        allowed ("allowed"): u32,
        /// Those that denied.
        denied ("denied"): u32,
        /// Those that a rate limit refused. Present servers always say 0, and count them as denied.
        rate_limited ("rateLimited"): u32,
    }
    optional {}
}
