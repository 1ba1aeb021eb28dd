//! API keys: shown once, kept as hashes.

use super::sessions;
use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::db::{self, Connection, OptionalExtension, Row, params};
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets::{self, random_hex, token_hash};
use serde_json::{Value, json};

const YEAR: Millis = 365 * 24 * 60 * 60 * 1000;

struct ApiKey {
    id: String,
    user_id: String,
    name: String,
    prefix: String,
    permissions: Value,
    expires_at: Option<Millis>,
    last_used_at: Option<Millis>,
    created_at: Millis,
}

const COLUMNS: &str = "id, user_id, name, prefix, permissions, expires_at, last_used_at, created_at";

impl ApiKey {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        let permissions: String = row.get(4)?;
        Ok(Self {
            id: row.get(0)?,
            user_id: row.get(1)?,
            name: row.get(2)?,
            prefix: row.get(3)?,
            permissions: serde_json::from_str(&permissions).unwrap_or_default(),
            expires_at: row.get(5)?,
            last_used_at: row.get(6)?,
            created_at: row.get(7)?,
        })
    }

    fn shown(&self, moment: fn(Millis) -> String) -> Value {
        json!({
            "id": self.id,
            "userId": self.user_id,
            "name": self.name,
            "prefix": self.prefix,
            "permissions": self.permissions,
            "expiresAt": self.expires_at.map(moment),
            "lastUsedAt": self.last_used_at.map(moment),
            "createdAt": moment(self.created_at),
        })
    }
}

/// `POST /auth/api-keys`
///
/// An expiry that cannot be read makes a key that never expires, as on the real server.
pub fn create(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let form = ask.form();
    let permissions = form.0.get("permissions").filter(|permissions| permissions.is_array());
    let (Some(name), Some(permissions)) = (form.text("name"), permissions) else {
        return Err(Problem::text(400, "Missing required fields: name, permissions"));
    };
    let now = clock::now();
    let expires_at = match form.0.get("expiresAt") {
        None | Some(Value::Null | Value::Bool(false)) => Some(now + YEAR),
        Some(Value::String(text)) if text.is_empty() => Some(now + YEAR),
        Some(Value::String(text)) => clock::parse(text),
        Some(Value::Number(number)) => number.as_i64(),
        Some(_) => None,
    };
    let (key, secret) = make(&account.id, name, permissions.clone(), expires_at);
    insert(&connection, &key, &secret)?;
    Ok(Answer::Bare(201, json!({ "apiKey": key.shown(clock::iso), "key": secret })))
}

/// `GET /auth/api-keys`
pub fn list(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let sql = format!("SELECT {COLUMNS} FROM api_keys WHERE user_id = ?1 ORDER BY rowid");
    let shown = |row: &Row<'_>| Ok(ApiKey::from_row(row)?.shown(clock::iso_seconds));
    let keys = connection.query(&sql, [&account.id], shown)?;
    Ok(Answer::Bare(200, json!({ "apiKeys": keys })))
}

/// `DELETE /auth/api-keys/:id`
pub fn revoke(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    take(&connection, &account.id, &ask.id)?;
    Ok(Answer::Bare(200, json!({ "revoked": true })))
}

/// `POST /auth/api-keys/:id/rotate`: a new key with a new id, and the same expiry.
pub fn rotate(app: &App, ask: &Ask) -> Outcome {
    let mut connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let transaction = connection.transaction()?;
    let old = take(&transaction, &account.id, &ask.id)?;
    let (key, secret) = make(&account.id, &old.name, old.permissions, old.expires_at);
    insert(&transaction, &key, &secret)?;
    transaction.commit()?;
    let mut shown = key.shown(clock::iso);
    shown["expiresAt"] = json!(key.expires_at.map(clock::iso_seconds));
    Ok(Answer::Bare(200, json!({ "apiKey": shown, "key": secret })))
}

fn make(user_id: &str, name: &str, permissions: Value, expires_at: Option<Millis>) -> (ApiKey, String) {
    let secret = format!("kos_{}", random_hex::<32>());
    let key = ApiKey {
        id: format!("key_{}", secrets::simple_uuid()),
        user_id: user_id.to_owned(),
        name: name.to_owned(),
        prefix: secret.chars().take(12).collect(),
        permissions,
        expires_at,
        last_used_at: None,
        created_at: clock::now(),
    };
    (key, secret)
}

fn insert(connection: &Connection, key: &ApiKey, secret: &str) -> db::Result<usize> {
    connection.execute(
        "INSERT INTO api_keys (id, user_id, name, prefix, key_hash, permissions, expires_at, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            key.id,
            key.user_id,
            key.name,
            key.prefix,
            token_hash(secret),
            key.permissions.to_string(),
            key.expires_at,
            key.created_at
        ],
    )
}

fn take(connection: &Connection, user_id: &str, id: &str) -> Result<ApiKey, Problem> {
    let sql = format!("DELETE FROM api_keys WHERE id = ?1 AND user_id = ?2 RETURNING {COLUMNS}");
    let taken = connection.query_row(&sql, [id, user_id], ApiKey::from_row).optional()?;
    taken.ok_or_else(|| Problem::text(404, "API key not found"))
}
