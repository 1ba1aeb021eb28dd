//! Which permission speaks about a call: resource patterns and actions.

use crate::types::Permission;

/// Whether `pattern` matches `resource`, segment by segment.
///
/// A `*` segment matches the whole rest, including nothing; without one the segments must be equal.
///
/// ```
/// # use kavachos_wasm::permissions::resource_matches;
/// assert!(resource_matches("mcp:github:*", "mcp:github:repos:1"));
/// assert!(resource_matches("mcp:github:*", "mcp:github"));
/// assert!(!resource_matches("mcp:github", "mcp:github:repos"));
/// ```
pub fn resource_matches(pattern: &str, resource: &str) -> bool {
    let mut segments = resource.split(':');
    for wanted in pattern.split(':') {
        if wanted == "*" {
            return true;
        }
        if segments.next() != Some(wanted) {
            return false;
        }
    }
    segments.next().is_none()
}

/// Whether `permission` speaks about that action on that resource. Case matters.
pub fn grants(permission: &Permission, action: &str, resource: &str) -> bool {
    permission.actions.iter().any(|granted| granted == "*" || granted == action)
        && resource_matches(&permission.resource, resource)
}
