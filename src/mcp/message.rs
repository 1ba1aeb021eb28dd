//! The messages that clients send (MCP 2025-11-25 and the versions before it). A guard forwards no others: what it does not know may
//! do what it does not decide.

/// The request that runs a tool. It is the only one that is decided.
pub const CALL: &str = "tools/call";

/// The request that lists the tools.
pub const LIST: &str = "tools/list";

/// Requests for which a valid token is enough, besides [`CALL`].
pub const REQUESTS: [&str; 16] = [
    "initialize",
    "ping",
    LIST,
    "prompts/list",
    "prompts/get",
    "resources/list",
    "resources/templates/list",
    "resources/read",
    "resources/subscribe",
    "resources/unsubscribe",
    "completion/complete",
    "logging/setLevel",
    "tasks/get",
    "tasks/result",
    "tasks/list",
    "tasks/cancel",
];

/// Notifications, which have no answer. A call is none: nobody would see its denial.
pub const NOTIFICATIONS: [&str; 5] = [
    "notifications/initialized",
    "notifications/cancelled",
    "notifications/progress",
    "notifications/roots/list_changed",
    "notifications/tasks/status",
];

/// The versions that have batches: 2025-06-18 removed them.
pub const BATCH_VERSIONS: [&str; 2] = ["2024-11-05", "2025-03-26"];

/// Whether a client of that version may send several messages at once. Without the header `MCP-Protocol-Version`, the version is
/// 2025-03-26.
pub fn batches(version: Option<&str>) -> bool {
    version.is_none_or(|version| BATCH_VERSIONS.contains(&version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_never_let_through_by_its_name_alone() {
        assert!(!REQUESTS.contains(&CALL) && !NOTIFICATIONS.contains(&CALL));
        assert!(NOTIFICATIONS.iter().all(|method| method.starts_with("notifications/")));
        assert!(REQUESTS.iter().all(|method| !method.starts_with("notifications/")));
    }

    #[test]
    fn only_old_versions_have_batches() {
        assert!(batches(None) && batches(Some("2025-03-26")));
        for version in ["2025-06-18", "2025-11-25", "2099-01-01", "", "2025-03-26, 2025-11-25"] {
            assert!(!batches(Some(version)), "{version}");
        }
    }
}
