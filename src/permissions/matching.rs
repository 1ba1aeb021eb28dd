//! Which permission speaks about a call: resource patterns and actions.

use super::constraint::Mode;
use super::segments::Segments;
use crate::schema::Permission;

/// Whether `pattern` matches `resource` on the server, segment by segment.
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
    let mut segments = Segments::of(resource);
    for wanted in Segments::of(pattern) {
        if wanted == "*" {
            return true;
        }
        if segments.next() != Some(wanted) {
            return false;
        }
    }
    segments.next().is_none()
}

/// Whether `pattern` matches `resource` by the public documentation: a `*` segment matches exactly one segment, and the
/// pattern `*` alone every resource.
///
/// ```
/// # use kavachos_wasm::permissions::resource_matches_strictly;
/// assert!(resource_matches_strictly("mcp:*:read", "mcp:github:read"));
/// assert!(!resource_matches_strictly("mcp:github:*", "mcp:github"));
/// ```
pub fn resource_matches_strictly(pattern: &str, resource: &str) -> bool {
    let mut segments = Segments::of(resource);
    pattern == "*"
        || Segments::of(pattern).all(|wanted| segments.next().is_some_and(|given| wanted == "*" || wanted == given))
            && segments.next().is_none()
}

/// Whether `permission` speaks about that action on that resource on the server. Case matters.
pub fn grants(permission: &Permission, action: &str, resource: &str) -> bool {
    acts(permission, action) && resource_matches(&permission.resource, resource)
}

/// Whether the actions of `permission` include that one.
pub fn acts(permission: &Permission, action: &str) -> bool {
    permission.actions.iter().any(|granted| granted == "*" || granted == action)
}

/// Whether the resource of `permission` includes that one.
pub fn reaches(mode: Mode, permission: &Permission, resource: &str) -> bool {
    match mode {
        Mode::Server => resource_matches(&permission.resource, resource),
        Mode::Strict => resource_matches_strictly(&permission.resource, resource),
    }
}
