//! The registry of MCP servers.

use crate::app::{App, Ask};
use crate::clock;
use crate::db::{self, OptionalExtension, Row, params};
use crate::input::Input;
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets;
use serde_json::{Value, json};

const COLUMNS: &str = "id, name, endpoint, tools, auth_required, rate_limit, created_at";

/// `POST /mcp/servers`
pub fn register(app: &App, ask: &Ask) -> Outcome {
    let mut input = Input::read(&ask.body)?;
    let name = input.text("name");
    let endpoint = input.text("endpoint");
    let tools = input.texts("tools");
    let auth_required = input.optional_flag("authRequired").unwrap_or(true);
    let rate_limit = input.optional_object("rateLimit");
    input.finish()?;
    let id = secrets::uuid();
    let connection = app.store.lock();
    connection.execute(
        "INSERT INTO mcp_servers (id, name, endpoint, tools, auth_required, rate_limit, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            id,
            name,
            endpoint,
            json!(tools).to_string(),
            auth_required,
            rate_limit.map(|limit| limit.to_string()),
            clock::now()
        ],
    )?;
    let sql = format!("SELECT {COLUMNS} FROM mcp_servers WHERE id = ?1");
    Ok(Answer::Value(201, connection.query_row(&sql, [id], shown)?))
}

/// `GET /mcp/servers`
pub fn list(app: &App, _: &Ask) -> Outcome {
    let connection = app.store.lock();
    let sql = format!("SELECT {COLUMNS} FROM mcp_servers ORDER BY created_at, rowid");
    let servers = connection.query(&sql, [], shown)?;
    Ok(Answer::Value(200, Value::Array(servers)))
}

/// `GET /mcp/servers/:id`
pub fn get(app: &App, ask: &Ask) -> Outcome {
    let sql = format!("SELECT {COLUMNS} FROM mcp_servers WHERE id = ?1");
    let found = app.store.lock().query_row(&sql, [&ask.id], shown).optional()?;
    let missing = || Problem::new(404, "NOT_FOUND", format!("MCP server \"{}\" not found", ask.id));
    Ok(Answer::Value(200, found.ok_or_else(missing)?))
}

fn shown(row: &Row<'_>) -> db::Result<Value> {
    let tools: String = row.get(3)?;
    let mut server = json!({
        "id": row.get::<String>(0)?,
        "name": row.get::<String>(1)?,
        "endpoint": row.get::<String>(2)?,
        "tools": serde_json::from_str::<Value>(&tools).unwrap_or_default(),
        "authRequired": row.get::<bool>(4)?,
        "createdAt": clock::iso(row.get(6)?),
    });
    if let Some(limit) = row.get::<Option<String>>(5)? {
        server["rateLimit"] = serde_json::from_str(&limit).unwrap_or_default();
    }
    Ok(server)
}
