//! The API as data: one declaration per endpoint, grouped by area.

pub mod agents;
pub mod audit;
pub mod auth;
pub mod dashboard;
pub mod delegation;
mod endpoint;
pub mod mcp;
pub mod people;
pub mod session;

pub use endpoint::{Argument, Default, Endpoint};

/// The endpoints of other entries of the package, by the name of the entry. They ride on the client, and cost its own entry nothing:
/// `generated/<entry>-endpoints.js` holds them.
pub const ENTRIES: &[(&str, &[Endpoint])] = &[
    ("people", people::ENDPOINTS),
    ("guard-session", &[people::FIND_PERSON]),
    ("session", session::ENDPOINTS),
    ("session-methods", session::METHODS),
];

/// The endpoints of the client, in the order of the reference. Each is a method.
pub const ENDPOINTS: &[Endpoint] = &[
    agents::AUTHORIZE,
    agents::CREATE,
    agents::LIST,
    agents::GET,
    agents::UPDATE,
    agents::REVOKE,
    agents::ROTATE,
    agents::AGENTS_AUTHORIZE,
    agents::EFFECTIVE_PERMISSIONS,
    auth::SIGN_UP,
    auth::SIGN_IN,
    auth::SIGN_OUT,
    auth::GET_SESSION,
    auth::AUTHORIZE_BY_TOKEN,
    audit::QUERY,
    audit::QUERY_PAGINATED,
    audit::QUERY_BYTES,
    audit::ITERATE,
    audit::EXPORT,
    audit::EXPORT_STREAM,
    delegation::CREATE,
    delegation::LIST_CHAINS,
    delegation::EFFECTIVE_PERMISSIONS,
    delegation::REVOKE,
    mcp::REGISTER,
    mcp::LIST,
    mcp::GET,
    dashboard::STATS,
];
