//! Numbers for dashboards.

use super::Endpoint;
use crate::http::Answer;
use crate::schema::{DashboardStats, Wire};

/// Counts agents, their owners and the decisions of the last 24 hours.
pub const STATS: Endpoint = Endpoint::get("dashboard.stats", "/dashboard/stats")
    .adapter_only()
    .called("The dashboard summary")
    .answers(Answer::value(&DashboardStats::SCHEMA));
