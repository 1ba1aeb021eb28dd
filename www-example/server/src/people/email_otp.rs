//! Signing in by a code in a mail.

use super::accounts::Account;
use super::outbox::{self, Mail};
use super::{sessions, tickets};
use crate::app::{App, Ask};
use crate::events::{Kind, announce};
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets::{random, token_hash};
use serde_json::json;

const KIND: &str = "email-otp";
const LASTS: i64 = 5 * 60 * 1000;
const MOST_TRIES: u32 = 5;

/// `POST /auth/email-otp/send`
pub fn send(app: &App, ask: &Ask) -> Outcome {
    let email = ask.form().email().ok_or_else(|| Problem::text(400, "Missing required field: email"))?;
    send_code(app, &email)?;
    Ok(Answer::Bare(200, json!({ "sent": true })))
}

/// Sends a code to an address. Codes sent before do not work any more.
pub fn send_code(app: &App, email: &str) -> Result<(), Problem> {
    let code = format!("{:06}", u64::from_be_bytes(random::<8>()) % 1_000_000);
    let connection = app.store.lock();
    tickets::issue(&connection, KIND, email, email, &json!(token_hash(&code)), LASTS)?;
    let secret = Some(("code", code.as_str()));
    outbox::send(app, &connection, &Mail { kind: KIND, to: email, subject: "Your sign-in code", url: None, secret })?;
    Ok(())
}

/// `POST /auth/email-otp/verify`
pub fn verify(app: &App, ask: &Ask) -> Outcome {
    let form = ask.form();
    let (Some(email), Some(code)) = (form.email(), form.text("code")) else {
        return Err(Problem::text(400, "Missing required fields: email, code"));
    };
    let (account, session) = redeem(app, &email, code)?;
    Ok(Answer::Bare(200, json!({ "user": { "id": account.id, "email": account.email }, "session": session.brief() })))
}

/// Starts a session for a code. The user is made here.
pub fn redeem(app: &App, email: &str, code: &str) -> Result<(Account, sessions::Session), Problem> {
    let wrong = || Problem::text(401, "Invalid or expired OTP code");
    let connection = app.store.lock();
    let ticket = tickets::try_once(&connection, KIND, email)?.ok_or_else(wrong)?;
    let is_right = ticket.data.as_str().is_some_and(|expected| expected == token_hash(code));
    if ticket.is_expired() || ticket.tries > MOST_TRIES || !is_right {
        announce(app, &connection, Kind::SignInFailed, json!({ "method": "email-otp" }))?;
        return Err(wrong());
    }
    tickets::take(&connection, KIND, email)?;
    let account = Account::find_or_add(app, &connection, email, None)?;
    let session = sessions::start(app, &connection, &account.id)?;
    Ok((account, session))
}
