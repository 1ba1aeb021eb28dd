//! Administration: the users, bans, and acting as somebody else.

use super::accounts::Account;
use super::{account, sessions};
use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::db::{self, Connection, OptionalExtension, Row, params};
use crate::events::{Kind, announce};
use crate::reply::{Answer, Outcome, Problem};
use serde_json::{Value, json};

const HOUR: Millis = 60 * 60 * 1000;
const USERS: &str = "SELECT u.id, u.email, u.name, u.banned, u.ban_reason, u.ban_expires_at,
    (SELECT count(*) FROM agents a WHERE a.owner_id = u.id), u.created_at FROM users u";

/// `GET /auth/admin/users?limit&offset&search`
pub fn list(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    check(app, &connection, ask)?;
    let number = |name: &str, usual: i64| ask.query.get(name).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let pattern = ask.query.get("search").filter(|text| !text.is_empty()).map(|text| format!("%{text}%"));
    let sql = format!("{USERS} WHERE ?1 IS NULL OR u.email LIKE ?1 ORDER BY u.rowid LIMIT ?2 OFFSET ?3");
    let users = connection.query(&sql, params![pattern, number("limit", 50), number("offset", 0)], shown)?;
    let sql = "SELECT count(*) FROM users WHERE ?1 IS NULL OR email LIKE ?1";
    let total: i64 = connection.query_row(sql, [pattern], |row| row.get(0))?;
    Ok(Answer::Bare(200, json!({ "users": users, "total": total })))
}

/// `GET /auth/admin/users/:id`
pub fn get(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    check(app, &connection, ask)?;
    let found = connection.query_row(&format!("{USERS} WHERE u.id = ?1"), [&ask.id], shown).optional()?;
    Ok(Answer::Bare(200, found.ok_or_else(|| Problem::text(404, "User not found"))?))
}

/// `POST /auth/admin/users/:id/ban`
///
/// It ends the sessions and revokes the agents of the user, who may sign in again all the same.
pub fn ban(app: &App, ask: &Ask) -> Outcome {
    let mut connection = app.store.lock();
    check(app, &connection, ask)?;
    let form = ask.strict_form().ok_or_else(|| Problem::text(400, "Invalid JSON body"))?;
    let expires_at = form.raw_text("expiresAt").and_then(clock::parse);
    let transaction = connection.transaction()?;
    transaction.execute(
        "UPDATE users SET banned = 1, ban_reason = ?2, ban_expires_at = ?3 WHERE id = ?1",
        params![ask.id, form.raw_text("reason"), expires_at],
    )?;
    sessions::end_all(&transaction, &ask.id)?;
    account::revoke_agents(&transaction, &ask.id)?;
    transaction.commit()?;
    announce(app, &connection, Kind::UserBanned, json!({ "userId": ask.id, "reason": form.raw_text("reason") }))?;
    Ok(Answer::Bare(200, json!({ "success": true })))
}

/// `POST /auth/admin/users/:id/unban`: the agents stay revoked.
pub fn unban(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    check(app, &connection, ask)?;
    let sql = "UPDATE users SET banned = 0, ban_reason = NULL, ban_expires_at = NULL WHERE id = ?1";
    connection.execute(sql, [&ask.id])?;
    announce(app, &connection, Kind::UserUnbanned, json!({ "userId": ask.id }))?;
    Ok(Answer::Bare(200, json!({ "success": true })))
}

/// `DELETE /auth/admin/users/:id`
pub fn delete(app: &App, ask: &Ask) -> Outcome {
    let mut connection = app.store.lock();
    check(app, &connection, ask)?;
    account::erase(&mut connection, &ask.id, account::Erasure::default())?;
    announce(app, &connection, Kind::UserDeleted, json!({ "userId": ask.id }))?;
    Ok(Answer::Bare(200, json!({ "success": true })))
}

/// `POST /auth/admin/users/:id/impersonate`
///
/// It says that the session lasts an hour. It lasts as long as any other.
pub fn impersonate(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    check(app, &connection, ask)?;
    if Account::find(&connection, &ask.id)?.is_none() {
        return Err(Problem::text(403, "FOREIGN KEY constraint failed"));
    }
    let session = sessions::start(app, &connection, &ask.id)?;
    let shown = json!({ "token": session.token, "expiresAt": clock::iso(clock::now() + HOUR) });
    Ok(Answer::Bare(200, json!({ "session": shown, "impersonating": true })))
}

fn check(app: &App, connection: &Connection, ask: &Ask) -> Result<(), Problem> {
    let account = sessions::caller(app, connection, ask)?;
    let admins = &app.options.people.admins;
    let is_admin = admins.contains(&account.id) || admins.contains(&account.email);
    is_admin.then_some(()).ok_or_else(|| Problem::text(403, "Admin access required"))
}

fn shown(row: &Row<'_>) -> db::Result<Value> {
    let id: String = row.get(0)?;
    let banned: bool = row.get(3)?;
    let created_at: Millis = row.get(7)?;
    // The e-mail plugin of the real server writes milliseconds where seconds are read.
    let created_at =
        if id.starts_with("usr_") { clock::iso(created_at * 1000) } else { clock::iso_seconds(created_at) };
    let mut user =
        json!({ "id": id, "email": row.get::<String>(1)?, "name": row.get::<Option<String>>(2)?, "banned": banned });
    if let Some(reason) = row.get::<Option<String>>(4)? {
        user["banReason"] = json!(reason);
    }
    if let Some(moment) = row.get::<Option<Millis>>(5)? {
        user["banExpiresAt"] = json!(clock::iso_seconds(moment));
    }
    user["agentCount"] = json!(row.get::<i64>(6)?);
    user["createdAt"] = json!(created_at);
    Ok(user)
}
