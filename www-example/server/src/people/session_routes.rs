//! The session of a request: who is signed in, and signing out.

use super::sessions;
use crate::app::{App, Ask};
use crate::clock;
use crate::events::{Kind, announce};
use crate::reply::{Answer, Dialect, Outcome, Problem};
use serde_json::json;

/// `GET /session` or `/auth/session`
pub fn session(app: &App, ask: &Ask) -> Outcome {
    let none = || Problem::text(401, "Not authenticated");
    let connection = app.store.lock();
    if app.options.dialect == Dialect::Sdk {
        let token = ask.bearer.as_deref().ok_or_else(none)?;
        return Ok(Answer::Bare(200, sessions::find(&connection, token)?.ok_or_else(none)?.shown()));
    }
    let (session, account) = sessions::resolve(app, &connection, ask, true)?.ok_or_else(none)?;
    let mut user = json!({ "id": account.id, "email": account.email });
    if let Some(name) = account.name {
        user["name"] = json!(name);
    }
    let expires_at = clock::iso_seconds(session.expires_at);
    Ok(Answer::Bare(200, json!({ "user": user, "session": { "id": session.id, "expiresAt": expires_at } })))
}

/// `POST /sign-out` or `/auth/sign-out`
pub fn sign_out(app: &App, ask: &Ask) -> Outcome {
    let token = match app.options.dialect {
        Dialect::Sdk => ask.bearer.as_deref(),
        Dialect::Adapter => ask.session_token(),
    };
    let token = token.ok_or_else(|| Problem::text(401, "No session"))?;
    let connection = app.store.lock();
    if let Some(user_id) = sessions::end(&connection, token)? {
        announce(app, &connection, Kind::SignedOut, json!({ "userId": user_id }))?;
    }
    Ok(Answer::SignedOut)
}
