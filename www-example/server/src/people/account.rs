//! One's own account: exporting, deleting and anonymizing it.

use super::sessions;
use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::db::{self, Connection, Row, params};
use crate::events::{Kind, announce};
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const CONFIRMATION: &str = "delete my account";

/// `GET /auth/gdpr/export`
pub fn export(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let list = |sql: &str, shown: fn(&Row<'_>) -> db::Result<Value>| connection.query(sql, [&account.id], shown);
    let agents = list(
        "SELECT id, name, type, status, created_at FROM agents WHERE owner_id = ?1 ORDER BY rowid",
        |row| {
            let (id, name): (String, String) = (row.get(0)?, row.get(1)?);
            let (kind, status): (String, String) = (row.get(2)?, row.get(3)?);
            Ok(
                json!({ "id": id, "name": name, "type": kind, "status": status, "createdAt": clock::iso_seconds(row.get(4)?) }),
            )
        },
    )?;
    let sessions = list("SELECT id, created_at, expires_at FROM sessions WHERE user_id = ?1 ORDER BY rowid", |row| {
        let (created_at, expires_at): (Millis, Millis) = (row.get(1)?, row.get(2)?);
        let (created_at, expires_at) = (clock::iso_seconds(created_at), clock::iso_seconds(expires_at));
        Ok(json!({ "id": row.get::<String>(0)?, "createdAt": created_at, "expiresAt": expires_at }))
    })?;
    let audit = list(
        "SELECT action, resource, result, second FROM audit WHERE user_id = ?1 ORDER BY position",
        |row| {
            let (action, resource): (String, String) = (row.get(0)?, row.get(1)?);
            let (result, second): (String, i64) = (row.get(2)?, row.get(3)?);
            Ok(
                json!({ "action": action, "resource": resource, "result": result, "timestamp": clock::iso(second * 1000) }),
            )
        },
    )?;
    let delegations = list(
        "SELECT from_agent, to_agent, created_at FROM delegations WHERE from_agent IN (SELECT id FROM agents WHERE owner_id = ?1)
         OR to_agent IN (SELECT id FROM agents WHERE owner_id = ?1) ORDER BY rowid",
        |row| {
            let (from, to): (String, String) = (row.get(0)?, row.get(1)?);
            Ok(json!({ "fromAgent": from, "toAgent": to, "createdAt": clock::iso_seconds(row.get(2)?) }))
        },
    )?;
    let organizations = list(
        "SELECT o.id, o.name, m.role FROM members m JOIN organizations o ON o.id = m.organization_id
         WHERE m.user_id = ?1 ORDER BY m.rowid",
        |row| {
            let (id, name, role): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(json!({ "id": id, "name": name, "role": role }))
        },
    )?;
    let api_keys = list("SELECT id, name, created_at FROM api_keys WHERE user_id = ?1 ORDER BY rowid", |row| {
        let (id, name): (String, String) = (row.get(0)?, row.get(1)?);
        Ok(json!({ "id": id, "name": name, "createdAt": clock::iso_seconds(row.get(2)?) }))
    })?;
    Ok(Answer::Bare(
        200,
        json!({
            "user": {
                "id": account.id,
                "email": account.email,
                "name": account.name,
                "createdAt": clock::iso_seconds(account.created_at),
            },
            "agents": agents,
            "sessions": sessions,
            "auditLogs": audit,
            "delegations": delegations,
            "organizations": organizations,
            "apiKeys": api_keys,
            "exportedAt": clock::iso(clock::now()),
        }),
    ))
}

/// `DELETE /auth/gdpr/delete`, with a body
pub fn delete(app: &App, ask: &Ask) -> Outcome {
    let mut connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let form = ask.strict_form().ok_or_else(|| Problem::text(400, "Invalid JSON body"))?;
    if form.raw_text("confirm") != Some(CONFIRMATION) {
        let message = format!("Confirmation required. Send {{ \"confirm\": \"{CONFIRMATION}\" }} in the request body.");
        return Err(Problem::text(400, message));
    }
    let erasure = Erasure {
        keep_audit: form.flag("keepAuditLogs").unwrap_or(true),
        organizations: form.flag("deleteOrganizations").unwrap_or(false),
    };
    let erased = erase(&mut connection, &account.id, erasure)?;
    announce(app, &connection, Kind::UserDeleted, json!({ "userId": account.id }))?;
    Ok(Answer::Bare(
        200,
        json!({
            "success": true,
            "deletedAgents": erased.agents,
            "deletedSessions": erased.sessions,
            "deletedDelegations": erased.delegations,
            "deletedApiKeys": erased.api_keys,
            "anonymizedAuditLogs": erased.audit,
        }),
    ))
}

/// `POST /auth/gdpr/anonymize`: the session goes on.
pub fn anonymize(app: &App, ask: &Ask) -> Outcome {
    let mut connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let transaction = connection.transaction()?;
    let email = format!("deleted-{}@anon.invalid", stable_hash(&account.id));
    transaction.execute("UPDATE users SET email = ?2, name = NULL WHERE id = ?1", [&account.id, &email])?;
    transaction.execute("DELETE FROM second_factors WHERE user_id = ?1", [&account.id])?;
    transaction.execute("DELETE FROM passkeys WHERE user_id = ?1", [&account.id])?;
    transaction.commit()?;
    announce(app, &connection, Kind::UserUpdated, json!({ "userId": account.id }))?;
    Ok(Answer::Bare(200, json!({ "success": true })))
}

/// What is erased with a user.
#[derive(Clone, Copy)]
pub struct Erasure {
    /// Whether audit entries stay, without names.
    pub keep_audit: bool,
    /// Whether the user's organizations go too.
    pub organizations: bool,
}

impl Default for Erasure {
    fn default() -> Self {
        Self { keep_audit: true, organizations: false }
    }
}

/// How much was erased.
pub struct Erased {
    agents: usize,
    sessions: usize,
    delegations: usize,
    api_keys: usize,
    audit: usize,
}

/// Erases a user, all at once. The agents stay, revoked, as audit entries refer to them.
pub fn erase(connection: &mut Connection, id: &str, erasure: Erasure) -> db::Result<Erased> {
    // The agents refer to a user who is gone, and that is meant. Within a transaction this cannot be changed.
    connection.execute("PRAGMA foreign_keys = OFF", [])?;
    let erased = erase_all(connection, id, erasure);
    connection.execute("PRAGMA foreign_keys = ON", [])?;
    erased
}

fn erase_all(connection: &mut Connection, id: &str, erasure: Erasure) -> db::Result<Erased> {
    let transaction = connection.transaction()?;
    let count = |sql: &str| transaction.query_row(sql, [id], |row| row.get::<usize>(0));
    let erase = |sql: &str| transaction.execute(sql, [id]);
    let agents = count("SELECT count(*) FROM agents WHERE owner_id = ?1")?;
    revoke_agents(&transaction, id)?;
    let sessions = sessions::end_all(&transaction, id)?;
    let delegations = erase(
        "DELETE FROM delegations WHERE from_agent IN (SELECT id FROM agents WHERE owner_id = ?1)
         OR to_agent IN (SELECT id FROM agents WHERE owner_id = ?1)",
    )?;
    let api_keys = erase("DELETE FROM api_keys WHERE user_id = ?1")?;
    let audit = if erasure.keep_audit {
        transaction.execute(
            "UPDATE audit SET user_id = ?2 WHERE user_id = ?1",
            params![id, format!("[deleted-{}]", stable_hash(id))],
        )?
    } else {
        erase("DELETE FROM audit WHERE user_id = ?1")?
    };
    erase("DELETE FROM second_factors WHERE user_id = ?1")?;
    erase("DELETE FROM passkeys WHERE user_id = ?1")?;
    erase("DELETE FROM members WHERE user_id = ?1")?;
    erase("DELETE FROM mcp_refresh_tokens WHERE user_id = ?1")?;
    erase("DELETE FROM tickets WHERE subject = ?1 OR subject = (SELECT email FROM users WHERE id = ?1)")?;
    if erasure.organizations {
        for table in ["members", "invitations"] {
            erase(&format!(
                "DELETE FROM {table} WHERE organization_id IN (SELECT id FROM organizations WHERE owner_id = ?1)"
            ))?;
        }
        erase("DELETE FROM organizations WHERE owner_id = ?1")?;
    }
    erase("DELETE FROM users WHERE id = ?1")?;
    transaction.commit()?;
    Ok(Erased { agents, sessions, delegations, api_keys, audit })
}

/// Revokes all agents of a user.
pub fn revoke_agents(connection: &Connection, id: &str) -> db::Result<usize> {
    let sql = "UPDATE agents SET status = 'revoked', updated_at = ?2 WHERE owner_id = ?1 AND status <> 'revoked'";
    connection.execute(sql, params![id, clock::now()])
}

fn stable_hash(id: &str) -> String {
    hex(&Sha256::digest(id)).chars().take(12).collect()
}
