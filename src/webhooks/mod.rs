//! What is known of the webhooks that KavachOS sends: three schemes, told apart by their headers.
//!
//! | | body | timestamp | signed |
//! |---|---|---|---|
//! | A | `{"event", "timestamp", "data"}` | Unix seconds | timestamp and body |
//! | B | the data alone | ISO 8601 | the body alone |
//! | C | the data alone | Unix seconds | timestamp and body |

/// A scheme with the events that it sends.
#[derive(Debug)]
pub struct Scheme {
    /// Its letter.
    pub name: &'static str,
    /// The header with the id of a delivery, which retries keep.
    pub delivery_header: Option<&'static str>,
    /// The names of its events.
    pub events: &'static [&'static str],
}

/// The header with the signature.
pub const SIGNATURE_HEADER: &str = "x-kavach-signature";
/// The header with the time at which it was signed.
pub const TIMESTAMP_HEADER: &str = "x-kavach-timestamp";
/// The header with the name of the event. It is never signed.
pub const EVENT_HEADER: &str = "x-kavach-event";

/// The seconds that a webhook may be old, unless the receiver says otherwise. Retries keep their timestamp and end within seconds.
pub const TOLERANCE: u32 = 300;
/// The seconds that a webhook may be ahead of the receiver's clock.
pub const AHEAD: u32 = 60;

/// Of `createKavach({ webhooks })`.
pub const A: Scheme = Scheme {
    name: "A",
    delivery_header: None,
    events: &[
        "user.created",
        "user.deleted",
        "user.updated",
        "session.created",
        "session.revoked",
        "agent.created",
        "agent.revoked",
        "agent.rotated",
        "auth.sign-in",
        "auth.sign-up",
        "auth.password-reset",
        "auth.email-verified",
    ],
};

/// Of `createWebhookModule`.
pub const B: Scheme = Scheme {
    name: "B",
    delivery_header: Some("x-kavach-delivery"),
    events: &[
        "user.created",
        "user.deleted",
        "user.updated",
        "agent.created",
        "agent.revoked",
        "agent.rotated",
        "session.created",
        "session.revoked",
        "auth.login",
        "auth.logout",
        "auth.failed",
        "delegation.created",
        "delegation.revoked",
        "org.created",
        "org.member.added",
        "org.member.removed",
    ],
};

/// Of the plugin `webhooks()`.
pub const C: Scheme = Scheme {
    name: "C",
    delivery_header: Some("x-kavach-delivery-id"),
    events: &[
        "user.signIn",
        "user.signUp",
        "user.signOut",
        "user.deleted",
        "user.banned",
        "user.unbanned",
        "user.updated",
        "session.created",
        "session.revoked",
        "session.refreshed",
        "agent.created",
        "agent.revoked",
        "agent.rotated",
        "agent.updated",
        "permission.granted",
        "permission.revoked",
        "organization.created",
        "organization.memberAdded",
    ],
};

/// All schemes.
pub const SCHEMES: [&Scheme; 3] = [&A, &B, &C];

/// The events of the event stream.
pub const STREAM_EVENTS: &[&str] = &[
    "audit",
    "agent.created",
    "agent.revoked",
    "agent.rotated",
    "auth.signin",
    "auth.signout",
    "auth.failed",
    "delegation.created",
    "delegation.revoked",
    "budget.exceeded",
    "anomaly.detected",
    "cost.recorded",
];
