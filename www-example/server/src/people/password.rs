//! Signing up and in by address and password, and changing the password.

use super::accounts::{self, Account};
use super::{recovery, sessions};
use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::events::{Kind, announce};
use crate::reply::{Answer, Dialect, Outcome, Problem};
use crate::secrets::{self, is_password, password_hash};
use serde_json::{Map, Value, json};
use std::sync::PoisonError;

const MINUTE: Millis = 60_000;

/// `POST /sign-up/email` or `/auth/sign-up`
pub fn sign_up(app: &App, ask: &Ask) -> Outcome {
    limit_rate(app)?;
    let form = Form::read(ask);
    if !is_address(&form.email) {
        return Err(Problem::new(400, "INVALID_EMAIL", "Invalid email address."));
    }
    check_strength(&form.password)?;
    let hash = password_hash(&form.password);
    let user = Account {
        id: format!("usr_{}", secrets::simple_uuid()),
        email: form.email,
        name: form.name,
        created_at: clock::now(),
        email_verified: false,
    };
    let (name, hash) = (user.name.as_deref(), Some(hash.as_str()));
    let connection = app.store.lock();
    if !accounts::add(&connection, &user.id, &user.email, name, hash, user.created_at)? {
        return Err(Problem::new(409, "DUPLICATE_EMAIL", "An account with this email already exists."));
    }
    announce(app, &connection, Kind::SignedUp, json!({ "userId": user.id, "email": user.email }))?;
    recovery::send_verification(app, &connection, ask, &user)?;
    let session = sessions::start_password(app, &connection, &user.id)?;
    let dialect = app.options.dialect;
    let user = user.shown(dialect);
    Ok(Answer::Bare(
        201,
        match dialect {
            Dialect::Sdk => json!({ "success": true, "data": { "user": user, "session": session.shown() } }),
            Dialect::Adapter => json!({ "user": user, "token": session.token }),
        },
    ))
}

/// `POST /sign-in/email` or `/auth/sign-in`
pub fn sign_in(app: &App, ask: &Ask) -> Outcome {
    limit_rate(app)?;
    let form = Form::read(ask);
    let found = Account::find_by_email(&app.store.lock(), &form.email)?;
    let wrong = || Problem::new(401, "INVALID_CREDENTIALS", "Invalid email or password.");
    // The same answer after the same time, whether there is no such account or the password is wrong.
    let (user, hash) = found.unzip();
    let is_right = is_password(&form.password, hash.flatten().as_deref());
    let Some(user) = user.filter(|_| is_right) else {
        announce(app, &app.store.lock(), Kind::SignInFailed, json!({ "method": "password" }))?;
        return Err(wrong());
    };
    if app.options.people.require_verified_email && !user.email_verified {
        let message = "Email address has not been verified. Check your inbox.";
        return Err(Problem::new(401, "EMAIL_NOT_VERIFIED", message));
    }
    let session = sessions::start_password(app, &app.store.lock(), &user.id)?;
    let dialect = app.options.dialect;
    let user = user.shown(dialect);
    Ok(Answer::Bare(
        200,
        match dialect {
            Dialect::Sdk => json!({ "success": true, "data": { "user": user, "session": session.shown() } }),
            Dialect::Adapter => json!({ "user": user, "session": session.brief() }),
        },
    ))
}

/// `POST /auth/change-password`
pub fn change(app: &App, ask: &Ask) -> Outcome {
    let account = sessions::caller(app, &app.store.lock(), ask)?;
    let form = ask.form();
    let hash = accounts::password_hash_of(&app.store.lock(), &account.id)?;
    if !is_password(form.raw_text("currentPassword").unwrap_or_default(), hash.as_deref()) {
        return Err(Problem::new(400, "WRONG_PASSWORD", "Current password is incorrect."));
    }
    let password = form.raw_text("newPassword").unwrap_or_default();
    check_strength(password)?;
    let hash = password_hash(password);
    accounts::set_password(&app.store.lock(), &account.id, &hash)?;
    Ok(Answer::Bare(200, json!({ "success": true })))
}

/// Refuses passwords that are too short or too long.
pub fn check_strength(password: &str) -> Result<(), Problem> {
    let length = password.encode_utf16().count(); // As JavaScript counts.
    if length < 8 {
        return Err(Problem::new(400, "INVALID_PASSWORD", "Password must be at least 8 characters."));
    }
    if length > 128 {
        return Err(Problem::new(400, "INVALID_PASSWORD", "Password must be at most 128 characters."));
    }
    Ok(())
}

/// A sign-in form. What cannot be read is empty: the real server does not complain about the form itself.
struct Form {
    email: String,
    password: String,
    name: Option<String>,
}

impl Form {
    fn read(ask: &Ask) -> Self {
        let body: Map<String, Value> = serde_json::from_slice(&ask.body).unwrap_or_default();
        let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
        Self {
            email: text("email").unwrap_or_default(),
            password: text("password").unwrap_or_default(),
            name: text("name"),
        }
    }
}

/// Whether that is an e-mail address to the real server: a name, `@`, and a host with a dot within.
///
/// It changes nothing about an address, so that `Ann@example.com` and `ann@example.com` are two accounts.
fn is_address(email: &str) -> bool {
    let is_space = |c: char| c == '\u{feff}' || c.is_whitespace() && c != '\u{85}'; // As JavaScript's \s has it.
    email.split_once('@').is_some_and(|(name, host)| {
        let dot_within = host.char_indices().any(|(at, c)| c == '.' && at > 0 && at + 1 < host.len());
        !name.is_empty() && dot_within && !host.contains('@') && !email.contains(is_space)
    })
}

fn limit_rate(app: &App) -> Result<(), Problem> {
    let Some(limit) = app.options.auth_rate_limit else { return Ok(()) };
    let now = clock::now();
    let mut attempts = app.attempts.lock().unwrap_or_else(PoisonError::into_inner);
    attempts.retain(|at| *at > now - MINUTE);
    if attempts.len() >= limit as usize {
        return Err(Problem::text(429, "Rate limit exceeded"));
    }
    attempts.push(now);
    Ok(())
}
