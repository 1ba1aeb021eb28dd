//! Guests: users without an address, who may get one later.

use super::accounts::{self, Account};
use super::sessions;
use crate::app::{App, Ask};
use crate::clock;
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets;
use serde_json::json;

const DOMAIN: &str = "@kavachos.anonymous";

/// `POST /auth/anonymous`
pub fn create(app: &App, _: &Ask) -> Outcome {
    let id = secrets::uuid();
    let connection = app.store.lock();
    accounts::add(&connection, &id, &format!("anon_{id}{DOMAIN}"), None, None, clock::now())?;
    let session = sessions::start(app, &connection, &id)?;
    Ok(Answer::Bare(200, json!({ "userId": id, "sessionToken": session.token })))
}

/// `POST /auth/anonymous/upgrade`
pub fn upgrade(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let form = ask.form();
    let email = form.text("email").ok_or_else(|| Problem::text(400, "Missing required field: email"))?;
    if !is_guest(&account) {
        return Err(Problem::text(400, format!("User {} is not an anonymous user", account.id)));
    }
    if Account::find_by_email(&connection, email)?.is_some() {
        return Err(Problem::text(500, "UNIQUE constraint failed: kavach_users.email"));
    }
    accounts::rename(&connection, &account.id, email, form.text("name"))?;
    Ok(Answer::Bare(200, json!({ "upgraded": true })))
}

/// `GET /auth/anonymous/status`
pub fn status(app: &App, ask: &Ask) -> Outcome {
    let account = sessions::caller(app, &app.store.lock(), ask)?;
    Ok(Answer::Bare(200, json!({ "anonymous": is_guest(&account) })))
}

fn is_guest(account: &Account) -> bool {
    account.email.ends_with(DOMAIN)
}
