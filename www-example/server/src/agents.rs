//! Agents: create, list, get, update, revoke, rotate.

use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::db::{self, Connection, OptionalExtension, Row, params};
use crate::events::{Kind, announce};
use crate::input::Input;
use crate::reply::{Answer, Dialect, Outcome, Problem};
use crate::secrets::{self, agent_token, token_hash};
use kavachos_wasm::schema::Permission;
use serde_json::{Value, json};

const DAY: Millis = 24 * 60 * 60 * 1000;
const TYPES: [&str; 3] = ["autonomous", "delegated", "service"];

/// An agent as it is kept.
pub struct Agent {
    pub id: String,
    pub owner_id: String,
    pub name: String,
    pub kind: String,
    pub permissions: Vec<Permission>,
    pub status: String,
    pub expires_at: Millis,
    pub metadata: Option<String>,
    pub created_at: Millis,
    pub updated_at: Millis,
}

const COLUMNS: &str = "id, owner_id, name, type, permissions, status, expires_at, metadata, created_at, updated_at";

impl Agent {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        let permissions: String = row.get(4)?;
        Ok(Self {
            id: row.get(0)?,
            owner_id: row.get(1)?,
            name: row.get(2)?,
            kind: row.get(3)?,
            permissions: serde_json::from_str(&permissions).unwrap_or_default(),
            status: row.get(5)?,
            expires_at: row.get(6)?,
            metadata: row.get(7)?,
            created_at: row.get(8)?,
            updated_at: row.get(9)?,
        })
    }

    /// The agent of that id.
    pub fn find(connection: &Connection, id: &str) -> db::Result<Option<Self>> {
        Self::find_by(connection, "id", id)
    }

    /// The agent that holds that token.
    pub fn find_by_token(connection: &Connection, token: &str) -> db::Result<Option<Self>> {
        Self::find_by(connection, "token_hash", &token_hash(token))
    }

    fn find_by(connection: &Connection, column: &str, value: &str) -> db::Result<Option<Self>> {
        let sql = format!("SELECT {COLUMNS} FROM agents WHERE {column} = ?1");
        connection.query_row(&sql, [value], Self::from_row).optional()
    }

    /// The agent on the wire. A token is shown with the answer that issues it and never again; other
    /// answers show whole seconds.
    fn shown(&self, app: &App, token: Option<&str>) -> Value {
        let moment = if token.is_some() { clock::iso } else { clock::iso_seconds };
        let mut agent = json!({
            "id": self.id,
            "ownerId": self.owner_id,
            "name": self.name,
            "type": self.kind,
            "token": token.unwrap_or_default(),
            "permissions": self.permissions,
            "status": self.status,
            "expiresAt": moment(self.expires_at),
            "createdAt": moment(self.created_at),
            "updatedAt": moment(self.updated_at),
        });
        // Adapters take metadata, and never give it back.
        let metadata = self.metadata.as_deref().filter(|_| app.options.dialect == Dialect::Sdk);
        if let Some(metadata) = metadata.and_then(|text| serde_json::from_str::<Value>(text).ok()) {
            agent["metadata"] = metadata;
        }
        agent
    }
}

/// `POST /agents`
pub fn create(app: &App, ask: &Ask) -> Outcome {
    let mut input = Input::read(&ask.body)?;
    let owner_id = input.text("ownerId");
    let name = input.text("name");
    let kind = input.word("type", &TYPES);
    input.require("permissions");
    let permissions = input.permissions("permissions", 1).unwrap_or_default();
    let expires_at = input.optional_date("expiresAt");
    let metadata = input.optional_object("metadata");
    input.finish()?;

    let connection = app.store.lock();
    let held: u32 = connection.query_row(
        "SELECT count(*) FROM agents WHERE owner_id = ?1 AND status = 'active'",
        [&owner_id],
        |row| row.get(0),
    )?;
    if held >= app.options.max_agents {
        let most = app.options.max_agents;
        return Err(caller_mistake(app, "AGENT_LIMIT", format!("User already has {most} agents, the maximum.")));
    }
    let now = clock::now();
    let token = agent_token();
    let agent = Agent {
        id: secrets::uuid(),
        owner_id,
        name,
        kind,
        permissions,
        status: "active".to_owned(),
        expires_at: expires_at.unwrap_or(now + DAY),
        metadata: metadata.map(|metadata| metadata.to_string()),
        created_at: now,
        updated_at: now,
    };
    insert(&connection, &agent, &token).map_err(|error| match app.options.dialect {
        Dialect::Sdk if matches!(error, db::Error::Constraint(_)) => {
            Problem::new(400, "BAD_REQUEST", format!("User \"{}\" not found", agent.owner_id))
        }
        _ => error.into(),
    })?;
    announce(app, &connection, Kind::AgentCreated, about(&agent))?;
    Ok(Answer::Value(201, agent.shown(app, Some(&token))))
}

/// Adds an agent that holds that token.
pub fn insert(connection: &Connection, agent: &Agent, token: &str) -> db::Result<usize> {
    connection.execute(
        "INSERT INTO agents (id, owner_id, name, type, token_hash, permissions, status, expires_at, metadata, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            agent.id,
            agent.owner_id,
            agent.name,
            agent.kind,
            token_hash(token),
            json!(agent.permissions).to_string(),
            agent.status,
            agent.expires_at,
            agent.metadata,
            agent.created_at,
            agent.updated_at,
        ],
    )
}

/// `GET /agents?userId&status&type`
pub fn list(app: &App, ask: &Ask) -> Outcome {
    // An empty filter filters nothing.
    let filter = |name: &str| ask.query.get(name).filter(|value| !value.is_empty());
    let sql = format!(
        "SELECT {COLUMNS} FROM agents
         WHERE (?1 IS NULL OR owner_id = ?1) AND (?2 IS NULL OR status = ?2) AND (?3 IS NULL OR type = ?3)
         ORDER BY created_at, rowid"
    );
    let connection = app.store.lock();
    let filters = params![filter("userId"), filter("status"), filter("type")];
    let agents = connection.query(&sql, filters, |row| Ok(Agent::from_row(row)?.shown(app, None)))?;
    Ok(Answer::Value(200, Value::Array(agents)))
}

/// `GET /agents/:id`
pub fn get(app: &App, ask: &Ask) -> Outcome {
    match Agent::find(&app.store.lock(), &ask.id)? {
        Some(agent) => Ok(Answer::Value(200, agent.shown(app, None))),
        None => Err(Problem::new(404, "NOT_FOUND", format!("Agent \"{}\" not found", ask.id))),
    }
}

/// `PATCH /agents/:id`
pub fn update(app: &App, ask: &Ask) -> Outcome {
    let mut input = Input::read(&ask.body)?;
    let name = input.optional_text("name");
    let permissions = input.permissions("permissions", 0);
    let expires_at = input.optional_date("expiresAt");
    let metadata = input.optional_object("metadata");
    input.finish()?;

    let connection = app.store.lock();
    let mut agent = known(&connection, &ask.id)?;
    agent.name = name.unwrap_or(agent.name);
    agent.permissions = permissions.unwrap_or(agent.permissions);
    agent.expires_at = expires_at.unwrap_or(agent.expires_at);
    agent.metadata = metadata.map(|metadata| metadata.to_string()).or(agent.metadata);
    agent.updated_at = clock::now();
    connection.execute(
        "UPDATE agents SET name = ?2, permissions = ?3, expires_at = ?4, metadata = ?5, updated_at = ?6 WHERE id = ?1",
        params![
            agent.id,
            agent.name,
            json!(agent.permissions).to_string(),
            agent.expires_at,
            agent.metadata,
            agent.updated_at
        ],
    )?;
    announce(app, &connection, Kind::AgentUpdated, about(&agent))?;
    Ok(Answer::Value(200, agent.shown(app, None)))
}

/// What an event tells of an agent.
fn about(agent: &Agent) -> Value {
    json!({ "agentId": agent.id, "userId": agent.owner_id, "name": agent.name })
}

/// `DELETE /agents/:id`
pub fn revoke(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let agent = known(&connection, &ask.id)?;
    if set_status(&connection, &ask.id, "revoked")? > 0 {
        announce(app, &connection, Kind::AgentRevoked, about(&agent))?;
    }
    Ok(Answer::None)
}

/// `POST /agents/:id/rotate`
pub fn rotate(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let mut agent = known(&connection, &ask.id)?;
    if agent.status != "active" {
        let message = format!("Cannot rotate token for {} agent.", agent.status);
        return Err(caller_mistake(app, "CONFLICT", message));
    }
    let token = agent_token();
    agent.updated_at = clock::now();
    connection.execute(
        "UPDATE agents SET token_hash = ?2, updated_at = ?3 WHERE id = ?1",
        params![agent.id, token_hash(&token), agent.updated_at],
    )?;
    announce(app, &connection, Kind::AgentRotated, about(&agent))?;
    Ok(Answer::Value(200, agent.shown(app, Some(&token))))
}

/// Changes the state of an agent.
pub fn set_status(connection: &Connection, id: &str, status: &str) -> db::Result<usize> {
    connection.execute(
        "UPDATE agents SET status = ?2, updated_at = ?3 WHERE id = ?1 AND status <> ?2",
        params![id, status, clock::now()],
    )
}

/// Adapters answer 500 to mistakes that are the caller's; the other dialect says so.
pub fn caller_mistake(app: &App, code: &'static str, message: String) -> Problem {
    match app.options.dialect {
        Dialect::Sdk => Problem::new(409, code, message),
        Dialect::Adapter => Problem::new(500, "INTERNAL_ERROR", message),
    }
}

fn known(connection: &Connection, id: &str) -> Result<Agent, Problem> {
    Agent::find(connection, id)?.ok_or_else(|| Problem::new(404, "NOT_FOUND", format!("Agent {id} not found.")))
}
