//! Delegation: chains of agents that delegate permissions.

use crate::agents::Agent;
use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::db::{self, Connection, OptionalExtension, params};
use crate::events::{Kind, announce};
use crate::input::Input;
use crate::reply::{Answer, Dialect, Outcome, Problem};
use crate::secrets;
use kavachos_wasm::permissions::uncovered;
use kavachos_wasm::schema::Permission;
use serde_json::{Value, json};

const DEFAULT_DEPTH: u32 = 3;

/// `POST /delegations`
pub fn create(app: &App, ask: &Ask) -> Outcome {
    let mut input = Input::read(&ask.body)?;
    let from = input.text("fromAgent");
    let to = input.text("toAgent");
    input.require("permissions");
    let permissions = input.permissions("permissions", 1).unwrap_or_default();
    let expires_at = input.date("expiresAt");
    let most = input.optional_count("maxDepth").unwrap_or(DEFAULT_DEPTH);
    input.finish()?;

    let refused = |status, code, message: String| match app.options.dialect {
        Dialect::Sdk => Problem::new(status, code, message),
        Dialect::Adapter => Problem::new(500, "INTERNAL_ERROR", message),
    };
    let lender = Agent::find(&app.store.lock(), &from)?
        .ok_or_else(|| Problem::new(404, "NOT_FOUND", format!("Parent agent \"{from}\" not found")))?;
    if lender.status != "active" {
        let message = format!("Parent agent \"{}\" is {}", lender.name, lender.status);
        return Err(refused(409, "CONFLICT", message));
    }
    // Only what the delegating agent holds itself can be delegated, not what was delegated to it. Long lists take time to compare, so others may
    // use the database meanwhile.
    if !uncovered(&lender.permissions, &permissions).is_empty() {
        let message = "Delegated permissions must be a subset of the parent agent's permissions. \
                       A child agent cannot have more access than its parent.";
        return Err(refused(403, "INSUFFICIENT_PERMISSIONS", message.to_owned()));
    }
    let connection = app.store.lock();
    let depth = depth_of(&connection, &from)? + 1;
    if depth > most {
        let message = format!(
            "Delegation depth {depth} exceeds maximum allowed depth of {most}. This prevents infinite delegation chains."
        );
        return Err(Problem::new(400, "BAD_REQUEST", message));
    }
    if app.options.dialect == Dialect::Sdk && Agent::find(&connection, &to)?.is_none() {
        return Err(Problem::new(404, "NOT_FOUND", format!("Agent \"{to}\" not found")));
    }
    let id = secrets::uuid();
    let now = clock::now();
    insert(
        &connection,
        &Link { id: id.clone(), from: &from, to: &to, permissions: &permissions, depth, expires_at, created_at: now },
    )?;
    let told = json!({ "delegationId": id, "fromAgent": from, "toAgent": to, "agentId": from });
    announce(app, &connection, Kind::DelegationCreated, told)?;
    Ok(Answer::Value(
        201,
        json!({
            "id": id,
            "fromAgent": from,
            "toAgent": to,
            "permissions": permissions,
            "expiresAt": clock::iso(expires_at),
            "depth": depth,
            "createdAt": clock::iso(now),
        }),
    ))
}

/// A delegation to be made.
pub struct Link<'a> {
    pub id: String,
    pub from: &'a str,
    pub to: &'a str,
    pub permissions: &'a [Permission],
    pub depth: u32,
    pub expires_at: Millis,
    pub created_at: Millis,
}

/// Adds a link, and returns what is kept of its permissions.
///
/// Constraints are echoed, but not kept: what was delegated is judged by resource and action alone.
pub fn insert(connection: &Connection, link: &Link<'_>) -> db::Result<Vec<Permission>> {
    let Link { id, from, to, permissions, depth, expires_at, created_at } = link;
    let kept: Vec<Permission> =
        permissions.iter().map(|permission| Permission { constraints: None, ..permission.clone() }).collect();
    connection.execute(
        "INSERT INTO delegations (id, from_agent, to_agent, permissions, depth, status, expires_at, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 'active', ?6, ?7)",
        params![id, from, to, json!(kept).to_string(), depth, expires_at, created_at],
    )?;
    Ok(kept)
}

/// `GET /delegations/:agentId`: what that agent delegates. Revoked links stay in the list.
pub fn list(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let sql = "SELECT id, from_agent, to_agent, permissions, expires_at, depth, created_at FROM delegations
               WHERE from_agent = ?1 ORDER BY created_at, rowid";
    let chains = connection.query(sql, [&ask.id], |row| {
        let permissions: String = row.get(3)?;
        Ok(json!({
            "id": row.get::<String>(0)?,
            "fromAgent": row.get::<String>(1)?,
            "toAgent": row.get::<String>(2)?,
            "permissions": serde_json::from_str::<Value>(&permissions).unwrap_or_default(),
            "expiresAt": clock::iso_seconds(row.get(4)?),
            "depth": row.get::<u32>(5)?,
            "createdAt": clock::iso_seconds(row.get(6)?),
        }))
    })?;
    Ok(Answer::Value(200, Value::Array(chains)))
}

/// `GET /delegations/:agentId/permissions`: its own permissions and those delegated to it.
pub fn effective(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let agent = Agent::find(&connection, &ask.id)?
        .ok_or_else(|| Problem::new(404, "NOT_FOUND", format!("Agent \"{}\" not found", ask.id)))?;
    let mut permissions = agent.permissions;
    permissions.extend(active_permissions(&connection, &ask.id)?);
    Ok(Answer::Value(200, json!(permissions)))
}

/// `DELETE /delegations/:id`: ends a link, and all that start where it ends.
pub fn revoke(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    if end(&connection, &ask.id)? {
        announce(app, &connection, Kind::DelegationRevoked, json!({ "delegationId": ask.id }))?;
        Ok(Answer::None)
    } else {
        Err(Problem::new(404, "NOT_FOUND", format!("Delegation chain {} not found.", ask.id)))
    }
}

/// Ends a link, and all that start where it ends. Returns whether there is such a link.
pub fn end(connection: &Connection, id: &str) -> db::Result<bool> {
    let borrower: Option<String> =
        connection.query_row("SELECT to_agent FROM delegations WHERE id = ?1", [id], |row| row.get(0)).optional()?;
    let Some(borrower) = borrower else { return Ok(false) };
    connection.execute("UPDATE delegations SET status = 'revoked' WHERE id = ?1", [id])?;
    // Chains may form a circle: only links that are still active lead on.
    let mut open = vec![borrower];
    while let Some(agent) = open.pop() {
        let sql =
            "UPDATE delegations SET status = 'revoked' WHERE from_agent = ?1 AND status = 'active' RETURNING to_agent";
        let next: Vec<String> = connection.query(sql, [agent], |row| row.get(0))?;
        open.extend(next);
    }
    Ok(true)
}

/// What is delegated to that agent at this moment.
pub fn active_permissions(connection: &Connection, agent: &str) -> db::Result<Vec<Permission>> {
    let sql = "SELECT permissions FROM delegations WHERE to_agent = ?1 AND status = 'active' AND expires_at > ?2
               ORDER BY created_at, rowid";
    let lists = connection.query(sql, params![agent, clock::now()], |row| row.get::<String>(0))?;
    Ok(lists.iter().flat_map(|list| serde_json::from_str::<Vec<Permission>>(list).unwrap_or_default()).collect())
}

/// How deep the deepest link is that ends at that agent.
pub fn depth_of(connection: &Connection, agent: &str) -> db::Result<u32> {
    let now: Millis = clock::now();
    connection.query_row(
        "SELECT coalesce(max(depth), 0) FROM delegations WHERE to_agent = ?1 AND status = 'active' AND expires_at > ?2",
        params![agent, now],
        |row| row.get(0),
    )
}
