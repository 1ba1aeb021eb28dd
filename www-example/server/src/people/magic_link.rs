//! Signing in by a link in a mail.

use super::accounts::Account;
use super::outbox::{self, Mail};
use super::{sessions, tickets};
use crate::app::{App, Ask};
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets::random_hex;
use serde_json::{Value, json};

const KIND: &str = "magic-link";
const LASTS: i64 = 15 * 60 * 1000;

/// `POST /auth/magic-link/send`
///
/// It makes the user, as the real server does.
pub fn send(app: &App, ask: &Ask) -> Outcome {
    let form = ask.strict_form().ok_or_else(|| Problem::text(400, "Invalid JSON body"))?;
    let email = form.email().ok_or_else(|| Problem::text(400, "Missing required field: email"))?;
    let token = random_hex::<32>();
    let link = format!("{}{}?token={token}", app.link_base(ask), app.options.people.magic_link_path);
    let connection = app.store.lock();
    Account::find_or_add(app, &connection, &email, None)?;
    tickets::issue(&connection, KIND, &token, &email, &Value::Null, LASTS)?;
    let (secret, url) = (Some(("token", token.as_str())), Some(link));
    outbox::send(app, &connection, &Mail { kind: KIND, to: &email, subject: "Your sign-in link", url, secret })?;
    Ok(Answer::Bare(200, json!({ "sent": true })))
}

/// `GET /auth/magic-link/verify?token`
pub fn verify(app: &App, ask: &Ask) -> Outcome {
    let token = ask.query.get("token").filter(|token| !token.is_empty());
    let token = token.ok_or_else(|| Problem::text(400, "Missing token query parameter"))?;
    let connection = app.store.lock();
    let ticket = tickets::take(&connection, KIND, token)?.filter(|ticket| !ticket.is_expired());
    let ticket = ticket.ok_or_else(|| Problem::text(401, "Invalid or expired magic link"))?;
    let account = Account::find_or_add(app, &connection, &ticket.subject, None)?;
    let session = sessions::start(app, &connection, &account.id)?;
    Ok(Answer::Bare(200, json!({ "user": { "id": account.id, "email": account.email }, "session": session.brief() })))
}
