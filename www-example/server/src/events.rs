//! What happens, told to those who listen: on the event stream, and by webhooks.

mod webhooks;

use crate::app::App;
use crate::clock::{self, Millis};
use crate::db::{self, Connection, params};
use crate::secrets;
use serde_json::{Value, json};

pub use webhooks::{Delivery, Webhooks};

/// How many events are kept for those who come back.
const MOST_KEPT: i64 = 10_000;

/// A kind of event.
#[derive(Clone, Copy)]
pub enum Kind {
    SignedUp,
    UserCreated,
    SignedIn,
    SignInFailed,
    SignedOut,
    UserUpdated,
    UserDeleted,
    UserBanned,
    UserUnbanned,
    EmailVerified,
    PasswordReset,
    AgentCreated,
    AgentUpdated,
    AgentRotated,
    AgentRevoked,
    DelegationCreated,
    DelegationRevoked,
    Audit,
    OrganizationCreated,
    MemberAdded,
}

/// What a kind is called: on the stream, and in the two schemes of webhooks. Each knows other kinds.
struct Names {
    stream: Option<&'static str>,
    scheme_a: &'static [&'static str],
    scheme_c: &'static [&'static str],
}

impl Kind {
    const fn names(self) -> Names {
        let (stream, scheme_a, scheme_c): (_, &[&str], &[&str]) = match self {
            Self::SignedUp => (None, &["user.created", "auth.sign-up"], &["user.signUp"]),
            Self::UserCreated => (None, &["user.created"], &["user.signUp"]),
            Self::SignedIn => {
                (Some("auth.signin"), &["auth.sign-in", "session.created"], &["user.signIn", "session.created"])
            }
            Self::SignInFailed => (Some("auth.failed"), &[], &[]),
            Self::SignedOut => (Some("auth.signout"), &["session.revoked"], &["user.signOut", "session.revoked"]),
            Self::UserUpdated => (None, &["user.updated"], &["user.updated"]),
            Self::UserDeleted => (None, &["user.deleted"], &["user.deleted"]),
            Self::UserBanned => (None, &["user.updated"], &["user.banned"]),
            Self::UserUnbanned => (None, &["user.updated"], &["user.unbanned"]),
            Self::EmailVerified => (None, &["auth.email-verified"], &["user.updated"]),
            Self::PasswordReset => (None, &["auth.password-reset"], &["user.updated"]),
            Self::AgentCreated => (Some("agent.created"), &["agent.created"], &["agent.created"]),
            Self::AgentUpdated => (None, &[], &["agent.updated"]),
            Self::AgentRotated => (Some("agent.rotated"), &["agent.rotated"], &["agent.rotated"]),
            Self::AgentRevoked => (Some("agent.revoked"), &["agent.revoked"], &["agent.revoked"]),
            Self::DelegationCreated => (Some("delegation.created"), &[], &["permission.granted"]),
            Self::DelegationRevoked => (Some("delegation.revoked"), &[], &["permission.revoked"]),
            Self::Audit => (Some("audit"), &[], &[]),
            Self::OrganizationCreated => (None, &[], &["organization.created"]),
            Self::MemberAdded => (None, &[], &["organization.memberAdded"]),
        };
        Names { stream, scheme_a, scheme_c }
    }
}

/// An event on the stream.
#[derive(Clone)]
pub struct Event {
    pub id: String,
    pub kind: String,
    pub at: Millis,
    /// All but the moment, which a replay shows in whole seconds.
    pub data: Value,
}

impl Event {
    /// The event as it is sent, with its moment in that form.
    #[cfg(feature = "native")]
    pub fn frame(&self, moment: fn(Millis) -> String) -> String {
        let mut shown = json!({ "id": self.id, "type": self.kind, "timestamp": moment(self.at) });
        if let (Some(shown), Some(more)) = (shown.as_object_mut(), self.data.as_object()) {
            shown.extend(more.clone());
        }
        format!("id: {}\nevent: {}\ndata: {shown}\n\n", self.id, self.kind)
    }
}

/// Tells what happened. `agentId` and `userId` of the data stand beside it on the stream.
pub fn announce(app: &App, connection: &Connection, kind: Kind, data: Value) -> db::Result<()> {
    let names = kind.names();
    if let Some(webhooks) = app.webhooks.get() {
        webhooks.send(names.scheme_a, names.scheme_c, &data);
    }
    let Some(stream) = names.stream.filter(|_| app.options.events) else { return Ok(()) };
    let mut more = json!({ "data": data });
    for key in ["agentId", "userId"] {
        if let Some(id) = data.get(key) {
            more[key] = id.clone();
        }
    }
    let event = Event { id: secrets::uuid(), kind: stream.to_owned(), at: clock::now(), data: more };
    let sql = "INSERT INTO events (id, type, at, event) VALUES (?1, ?2, ?3, ?4)";
    let last = connection.insert(sql, params![event.id, event.kind, event.at, event.data.to_string()])?;
    connection.execute("DELETE FROM events WHERE position <= ?1", [last - MOST_KEPT])?;
    #[cfg(feature = "native")]
    app.streams.send(event);
    Ok(())
}
