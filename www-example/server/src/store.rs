//! The store: the database with its tables.

use crate::db::memory::Memory;
use crate::db::{Connection, Result};
use crate::secrets::random_hex;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The database.
pub struct Store(Mutex<Connection>);

impl Store {
    /// Opens the file, or a database in memory, and makes what tables are missing.
    #[cfg(feature = "native")]
    pub fn open(path: Option<&std::path::Path>) -> std::result::Result<Self, Box<dyn std::error::Error>> {
        Ok(Self(Mutex::new(Connection::new(crate::db::sqlite::Sqlite::open(path, &TABLES)?))))
    }

    /// A database in the memory of the process, without SQLite.
    pub fn in_memory() -> Result<Self> {
        Ok(Self(Mutex::new(Connection::new(Memory::new(&TABLES)?))))
    }

    /// A secret of this database, made when it is first asked for.
    pub fn secret(&self, name: &str) -> Result<String> {
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

const TABLES: [&str; 2] = [include_str!("store.sql"), include_str!("store_people.sql")];
