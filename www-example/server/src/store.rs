//! The database: one SQLite connection, and the tables.

use crate::secrets::random_hex;
use rusqlite::{Connection, OpenFlags};
use std::error::Error;
use std::fs::{OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The database.
pub struct Store(Mutex<Connection>);

impl Store {
    /// Opens the file, or a database in memory, and makes what tables are missing.
    pub fn open(path: Option<&Path>) -> Result<Self, Box<dyn Error>> {
        let connection = match path {
            Some(path) => {
                // SQLite takes some relative names for something else than a file.
                let path = std::path::absolute(path)?;
                make_private(&path)?;
                Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?
            }
            None => Connection::open_in_memory()?,
        };
        // In the write-ahead log a finished write outlives the process, however that ends.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        connection.execute_batch(TABLES)?;
        connection.execute_batch(include_str!("store_people.sql"))?;
        add_missing_columns(&connection)?;
        Ok(Self(Mutex::new(connection)))
    }

    /// A secret of this database, made when it is first asked for.
    pub fn secret(&self, name: &str) -> rusqlite::Result<String> {
        let connection = self.lock();
        let sql = "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        connection.execute(sql, [name, &random_hex::<32>()])?;
        connection.query_row("SELECT value FROM settings WHERE key = ?1", [name], |row| row.get(0))
    }

    /// The connection, for one handler at a time.
    pub fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Brings the users of an older database up to date.
fn add_missing_columns(connection: &Connection) -> rusqlite::Result<()> {
    for (column, kind) in [
        ("email_verified", "INTEGER NOT NULL DEFAULT 0"),
        ("banned", "INTEGER NOT NULL DEFAULT 0"),
        ("ban_reason", "TEXT"),
        ("ban_expires_at", "INTEGER"),
    ] {
        let sql = "SELECT count(*) FROM pragma_table_info('users') WHERE name = ?1";
        let found: i64 = connection.query_row(sql, [column], |row| row.get(0))?;
        if found == 0 {
            connection.execute_batch(&format!("ALTER TABLE users ADD COLUMN {column} {kind}"))?;
        }
    }
    Ok(())
}

/// Makes the file unless it is there, and lets only its owner read it: it holds hashes of passwords and of tokens.
///
/// SQLite gives the files beside it (`-wal`, `-shm`, `-journal`) the mode of the file when it makes them. Those that are
/// there already are of a server that was killed.
fn make_private(path: &Path) -> io::Result<()> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let path = Path::new(&name);
        match std::fs::metadata(path) {
            Ok(found) if found.is_file() && found.permissions().mode() & 0o077 != 0 => {
                std::fs::set_permissions(path, Permissions::from_mode(0o600))?;
            }
            _ => {}
        }
    }
    Ok(())
}

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT, password_hash TEXT, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id), token_hash TEXT NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS agents (
    id TEXT PRIMARY KEY, owner_id TEXT NOT NULL REFERENCES users(id), name TEXT NOT NULL, type TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE, permissions TEXT NOT NULL, status TEXT NOT NULL, expires_at INTEGER NOT NULL,
    metadata TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS delegations (
    id TEXT PRIMARY KEY, from_agent TEXT NOT NULL REFERENCES agents(id), to_agent TEXT NOT NULL REFERENCES agents(id),
    permissions TEXT NOT NULL, depth INTEGER NOT NULL, status TEXT NOT NULL, expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS delegations_from ON delegations(from_agent);
CREATE INDEX IF NOT EXISTS delegations_to ON delegations(to_agent);
CREATE TABLE IF NOT EXISTS audit (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, agent_id TEXT NOT NULL, user_id TEXT NOT NULL,
    action TEXT NOT NULL, resource TEXT NOT NULL, parameters TEXT NOT NULL, result TEXT NOT NULL, reason TEXT,
    duration_ms INTEGER NOT NULL, tokens_cost REAL, second INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS audit_by_time ON audit(second DESC, position);
CREATE INDEX IF NOT EXISTS audit_by_agent ON audit(agent_id, second DESC, position);
CREATE TABLE IF NOT EXISTS calls (
    agent_id TEXT NOT NULL, resource TEXT NOT NULL, bucket INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (agent_id, resource, bucket)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mcp_servers (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, endpoint TEXT NOT NULL, tools TEXT NOT NULL, auth_required INTEGER NOT NULL,
    rate_limit TEXT, created_at INTEGER NOT NULL
) STRICT;
";
