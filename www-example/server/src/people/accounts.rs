//! The accounts of people, as they are kept.

use crate::app::App;
use crate::clock::{self, Millis};
use crate::db::{self, Connection, OptionalExtension, Row, params};
use crate::events::{Kind, announce};
use crate::reply::Dialect;
use crate::secrets;
use serde_json::{Value, json};

/// An account.
pub struct Account {
    pub id: String,
    pub email: String,
    pub name: Option<String>,
    pub created_at: Millis,
    pub email_verified: bool,
}

const COLUMNS: &str = "id, email, name, created_at, email_verified";

impl Account {
    /// The account as the e-mail routes show it.
    pub fn shown(&self, dialect: Dialect) -> Value {
        let created_at = clock::iso(self.created_at);
        let mut user = json!({ "id": self.id, "email": self.email, "name": self.name });
        if dialect == Dialect::Adapter {
            user["emailVerified"] = json!(self.email_verified);
        }
        user["createdAt"] = json!(created_at);
        if dialect == Dialect::Adapter {
            user["updatedAt"] = json!(created_at);
        }
        user
    }

    /// The account of that id.
    pub fn find(connection: &Connection, id: &str) -> db::Result<Option<Self>> {
        let sql = format!("SELECT {COLUMNS} FROM users WHERE id = ?1");
        connection.query_row(&sql, [id], Self::from_row).optional()
    }

    /// The account of that address, and the hash of its password.
    pub fn find_by_email(connection: &Connection, email: &str) -> db::Result<Option<(Self, Option<String>)>> {
        let sql = format!("SELECT {COLUMNS}, password_hash FROM users WHERE email = ?1");
        connection.query_row(&sql, [email], |row| Ok((Self::from_row(row)?, row.get(5)?))).optional()
    }

    /// The account of that address, made if there is none.
    pub fn find_or_add(app: &App, connection: &Connection, email: &str, name: Option<&str>) -> db::Result<Self> {
        let id = secrets::uuid();
        if add(connection, &id, email, name, None, clock::now())? {
            announce(app, connection, Kind::UserCreated, json!({ "userId": id, "email": email }))?;
        }
        let found = Self::find_by_email(connection, email)?;
        found.map(|(account, _)| account).ok_or(db::Error::NoRows)
    }

    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            email: row.get(1)?,
            name: row.get(2)?,
            created_at: row.get(3)?,
            email_verified: row.get(4)?,
        })
    }
}

/// Makes a user of that id, unless there is one.
pub fn ensure_user(app: &App, id: &str) -> db::Result<()> {
    add(&app.store.lock(), id, &format!("{id}@example.com"), None, None, clock::now())?;
    Ok(())
}

/// Makes a user, unless there is one of that id or address; returns whether it did.
pub fn add(
    connection: &Connection,
    id: &str,
    email: &str,
    name: Option<&str>,
    password_hash: Option<&str>,
    created_at: Millis,
) -> db::Result<bool> {
    let added = connection.execute(
        "INSERT INTO users (id, email, name, password_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        params![id, email, name, password_hash, created_at],
    )?;
    Ok(added == 1)
}

/// Changes the address of a user, and the name if there is one. Fails if another user has that address.
pub fn rename(connection: &Connection, id: &str, email: &str, name: Option<&str>) -> db::Result<()> {
    connection
        .execute("UPDATE users SET email = ?2, name = coalesce(?3, name) WHERE id = ?1", params![id, email, name])?;
    Ok(())
}

/// Notes that a user's address is verified.
pub fn set_verified(connection: &Connection, id: &str) -> db::Result<()> {
    connection.execute("UPDATE users SET email_verified = 1 WHERE id = ?1", [id])?;
    Ok(())
}

/// Changes a user's password.
pub fn set_password(connection: &Connection, id: &str, hash: &str) -> db::Result<()> {
    connection.execute("UPDATE users SET password_hash = ?2 WHERE id = ?1", [id, hash])?;
    Ok(())
}

/// The hash of a user's password.
pub fn password_hash_of(connection: &Connection, id: &str) -> db::Result<Option<String>> {
    connection.query_row("SELECT password_hash FROM users WHERE id = ?1", [id], |row| row.get(0))
}
