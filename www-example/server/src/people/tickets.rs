//! One-time secrets: links, codes, challenges, authorization codes. Only their hashes are kept.

use crate::clock::{self, Millis};
use crate::db::{self, Connection, OptionalExtension, params};
use crate::secrets::token_hash;
use serde_json::Value;

/// What a one-time secret stands for.
pub struct Ticket {
    /// The user or the address that it was made for.
    pub subject: String,
    /// What was kept with it.
    pub data: Value,
    /// How often it was tried without success.
    pub tries: u32,
    expires_at: Millis,
}

impl Ticket {
    /// Whether its time is over.
    pub fn is_expired(&self) -> bool {
        self.expires_at <= clock::now()
    }
}

/// Keeps a secret for some time. It replaces an equal one of that kind.
pub fn issue(
    connection: &Connection,
    kind: &str,
    secret: &str,
    subject: &str,
    data: &Value,
    lasts: Millis,
) -> db::Result<()> {
    let now = clock::now();
    connection.execute("DELETE FROM tickets WHERE expires_at < ?1", [now - 24 * 60 * 60 * 1000])?;
    connection.execute(
        "INSERT OR REPLACE INTO tickets (kind, hash, subject, data, tries, expires_at) VALUES (?1, ?2, ?3, ?4, 0, ?5)",
        params![kind, token_hash(secret), subject, data.to_string(), now + lasts],
    )?;
    Ok(())
}

/// Takes a secret out: it works once, also if what follows fails.
pub fn take(connection: &Connection, kind: &str, secret: &str) -> db::Result<Option<Ticket>> {
    let sql = "DELETE FROM tickets WHERE kind = ?1 AND hash = ?2 RETURNING subject, data, tries, expires_at";
    read(connection, sql, kind, secret)
}

/// Looks at a secret, which stays.
pub fn peek(connection: &Connection, kind: &str, secret: &str) -> db::Result<Option<Ticket>> {
    let sql = "SELECT subject, data, tries, expires_at FROM tickets WHERE kind = ?1 AND hash = ?2";
    read(connection, sql, kind, secret)
}

/// Counts a try at a secret that stays.
pub fn try_once(connection: &Connection, kind: &str, secret: &str) -> db::Result<Option<Ticket>> {
    let sql =
        "UPDATE tickets SET tries = tries + 1 WHERE kind = ?1 AND hash = ?2 RETURNING subject, data, tries, expires_at";
    read(connection, sql, kind, secret)
}

fn read(connection: &Connection, sql: &str, kind: &str, secret: &str) -> db::Result<Option<Ticket>> {
    let found = connection.query_row(sql, [kind, &token_hash(secret)], |row| {
        let data: String = row.get(1)?;
        Ok(Ticket {
            subject: row.get(0)?,
            data: serde_json::from_str(&data).unwrap_or_default(),
            tries: row.get(2)?,
            expires_at: row.get(3)?,
        })
    });
    found.optional()
}
