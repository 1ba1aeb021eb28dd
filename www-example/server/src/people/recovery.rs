//! Verifying addresses and resetting passwords, by links in mails.
//!
//! The e-mail plugin and the core of the real server both do this, with separate routes and secrets.

use super::accounts::{self, Account};
use super::outbox::{self, Mail};
use super::password::check_strength;
use super::{sessions, tickets};
use crate::app::{App, Ask};
use crate::db::{self, Connection};
use crate::events::{Kind, announce};
use crate::mount::Mount;
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets::{password_hash, random_hex};
use serde_json::{Value, json};

const VERIFY: &str = "verify-email";
const VERIFY_CORE: &str = "verify-email-core";
const RESET: &str = "reset-password";
const DAY: i64 = 24 * 60 * 60 * 1000;
const HOUR: i64 = 60 * 60 * 1000;

/// Sends the mail that verifies an address after signing up.
pub fn send_verification(app: &App, connection: &Connection, ask: &Ask, account: &Account) -> db::Result<()> {
    let token = random_hex::<32>();
    tickets::issue(connection, VERIFY, &token, &account.id, &Value::Null, DAY)?;
    let url = Some(format!("{}/auth/verify-email?token={token}", app.link_base(ask)));
    let secret = Some(("token", token.as_str()));
    let mail = Mail { kind: VERIFY, to: &account.email, subject: "Verify your address", url, secret };
    outbox::send(app, connection, &mail)
}

/// `POST /auth/verify-email`
pub fn verify(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let form = ask.form();
    let ticket = tickets::take(&connection, VERIFY, form.raw_text("token").unwrap_or_default())?;
    let ticket = ticket.ok_or_else(|| Problem::new(400, "INVALID_TOKEN", "Verification token is invalid."))?;
    if ticket.is_expired() {
        return Err(Problem::new(400, "TOKEN_EXPIRED", "Verification token has expired."));
    }
    accounts::set_verified(&connection, &ticket.subject)?;
    announce(app, &connection, Kind::EmailVerified, json!({ "userId": ticket.subject }))?;
    Ok(Answer::Bare(200, json!({ "verified": true })))
}

/// `POST /auth/request-reset`: the same answer whether there is such an account or not.
pub fn request_reset(app: &App, ask: &Ask) -> Outcome {
    let form = ask.form();
    let email = form.raw_text("email").unwrap_or_default();
    let connection = app.store.lock();
    if let Some((account, Some(_))) = Account::find_by_email(&connection, email)? {
        let token = random_hex::<32>();
        tickets::issue(&connection, RESET, &token, &account.id, &Value::Null, HOUR)?;
        let url = Some(format!("{}/auth/reset-password?token={token}", app.link_base(ask)));
        let secret = Some(("token", token.as_str()));
        let mail = Mail { kind: RESET, to: &account.email, subject: "Reset your password", url, secret };
        outbox::send(app, &connection, &mail)?;
    }
    Ok(Answer::Bare(200, json!({ "success": true })))
}

/// `POST /auth/reset-password`
///
/// On Hono the core's route takes the place of the plugin's, so that no mail can ever be redeemed.
pub fn reset(app: &App, ask: &Ask) -> Outcome {
    match app.options.people.mount {
        Mount::Next => reset_by_plugin(app, ask),
        _ => reset_by_core(app, ask),
    }
}

fn reset_by_plugin(app: &App, ask: &Ask) -> Outcome {
    let form = ask.form();
    let token = form.raw_text("token").unwrap_or_default();
    let invalid = || Problem::new(400, "INVALID_TOKEN", "Reset token is invalid.");
    let ticket = tickets::peek(&app.store.lock(), RESET, token)?.ok_or_else(invalid)?;
    if ticket.is_expired() {
        return Err(Problem::new(400, "TOKEN_EXPIRED", "Reset token has expired."));
    }
    let password = form.raw_text("newPassword").unwrap_or_default();
    check_strength(password)?;
    let hash = password_hash(password);
    let connection = app.store.lock();
    // Only one of two requests with the same token gets here.
    let ticket = tickets::take(&connection, RESET, token)?.ok_or_else(invalid)?;
    accounts::set_password(&connection, &ticket.subject, &hash)?;
    sessions::end_all(&connection, &ticket.subject)?;
    announce(app, &connection, Kind::PasswordReset, json!({ "userId": ticket.subject }))?;
    Ok(Answer::Bare(200, json!({ "success": true })))
}

fn reset_by_core(app: &App, ask: &Ask) -> Outcome {
    let form = configured(app, ask)?;
    let (Some(_), Some(password)) = (form.raw_text("token"), form.raw_text("password")) else {
        return Err(Problem::text(400, "Missing required fields: token, password"));
    };
    if password.encode_utf16().count() < 8 {
        return Err(Problem::text(400, "Password must be at least 8 characters"));
    }
    // The core makes tokens for username accounts alone, and no route makes those.
    Err(Problem::text(400, "Invalid or expired reset token"))
}

/// `POST /auth/forgot-password`: the core knows username accounts alone, so it never sends a mail.
pub fn forgot(app: &App, ask: &Ask) -> Outcome {
    let form = configured(app, ask)?;
    form.text("email").ok_or_else(|| Problem::text(400, "Missing required field: email"))?;
    Ok(Answer::None)
}

fn configured(app: &App, ask: &Ask) -> Result<crate::ask::Form, Problem> {
    let missing = || Problem::new(404, "NOT_FOUND", "Password reset not configured");
    app.options.people.password_reset.then(|| ask.form()).ok_or_else(missing)
}

/// `POST /auth/verify-email/send`: anyone may ask for it, for any user, as on the real server.
pub fn send_core_verification(app: &App, ask: &Ask) -> Outcome {
    let form = ask.form();
    let (Some(user_id), Some(email)) = (form.text("userId"), form.text("email")) else {
        return Err(Problem::text(400, "Missing required fields: userId, email"));
    };
    let token = random_hex::<32>();
    let connection = app.store.lock();
    tickets::issue(&connection, VERIFY_CORE, &token, user_id, &json!(email), DAY)?;
    let url = Some(format!("{}/auth/verify-email/confirm?token={token}", app.link_base(ask)));
    let secret = Some(("token", token.as_str()));
    let mail = Mail { kind: VERIFY_CORE, to: email, subject: "Verify your address", url, secret };
    outbox::send(app, &connection, &mail)?;
    Ok(Answer::None)
}

/// `POST /auth/verify-email/confirm`
pub fn confirm_core_verification(app: &App, ask: &Ask) -> Outcome {
    let form = ask.form();
    let token = form.text("token").ok_or_else(|| Problem::text(400, "Missing required field: token"))?;
    let connection = app.store.lock();
    let ticket = tickets::take(&connection, VERIFY_CORE, token)?.filter(|ticket| !ticket.is_expired());
    let ticket = ticket.ok_or_else(|| Problem::text(400, "Invalid or expired verification token"))?;
    accounts::set_verified(&connection, &ticket.subject)?;
    Ok(Answer::Bare(200, json!({ "userId": ticket.subject, "email": ticket.data })))
}
