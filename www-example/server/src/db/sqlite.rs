//! The database on SQLite, in a file or in memory.

use super::{Database, Error, Ran, Result, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};
use std::fs::{OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// A connection to SQLite.
pub struct Sqlite(Connection);

impl Sqlite {
    /// Opens the file, or a database in memory, and makes what tables are missing.
    pub fn open(path: Option<&Path>, tables: &[&str]) -> std::result::Result<Self, Box<dyn std::error::Error>> {
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
        connection.set_prepared_statement_cache_capacity(128);
        for sql in tables {
            connection.execute_batch(sql)?;
        }
        add_missing_columns(&connection)?;
        Ok(Self(connection))
    }
}

impl Database for Sqlite {
    fn run(&self, sql: &str, parameters: &[Value]) -> Result<Ran> {
        let mut statement = self.0.prepare_cached(sql)?;
        let mut ran = Ran::default();
        match statement.column_count() {
            0 => ran.changed = statement.execute(params_from_iter(parameters))?,
            columns => {
                let rows = statement.query_map(params_from_iter(parameters), |row| {
                    (0..columns).map(|column| Ok(read(row.get_ref(column)?))).collect()
                })?;
                ran.rows = rows.collect::<rusqlite::Result<_>>()?;
            }
        }
        ran.last_row = self.0.last_insert_rowid();
        Ok(ran)
    }
}

fn read(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        // No table has blobs.
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let is_constraint = error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation);
        let message = match error {
            rusqlite::Error::QueryReturnedNoRows => return Self::NoRows,
            rusqlite::Error::SqliteFailure(_, Some(message)) => message,
            rusqlite::Error::SqlInputError { msg, .. } => msg,
            other => other.to_string(),
        };
        if is_constraint { Self::Constraint(message) } else { Self::Failed(message) }
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
