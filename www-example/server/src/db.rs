//! The database, as handlers see it: SQL with parameters, on SQLite or in memory.
//!
//! Handlers are written against [`Connection`]. What runs a statement is a [`Database`]: SQLite in the program, an engine that knows
//! the SQL of this server and no more (`memory`) where SQLite would be too large.

pub mod memory;
#[cfg(feature = "native")]
pub mod sqlite;
mod values;

pub use values::{FromValue, Params, ToValue, Value};

use std::fmt;

/// A row, of which columns are read by their number.
pub struct Row<'r>(&'r [Value]);

impl Row<'_> {
    /// The value of a column.
    ///
    /// # Errors
    /// If there is no such column, or it has another type.
    pub fn get<T: FromValue>(&self, column: usize) -> Result<T> {
        let value = self.0.get(column).and_then(T::from_value);
        value.ok_or_else(|| Error::Failed(format!("column {column} has another type, or does not exist")))
    }
}

/// Why a statement failed.
#[derive(Debug)]
pub enum Error {
    /// A query that should have a row has none.
    NoRows,
    /// What was to be written contradicts what is there.
    Constraint(String),
    /// Anything else.
    Failed(String),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRows => formatter.write_str("Query returned no rows"),
            Self::Constraint(message) | Self::Failed(message) => formatter.write_str(message),
        }
    }
}

impl std::error::Error for Error {}

/// What statements return.
pub type Result<T> = std::result::Result<T, Error>;

/// What came of a statement.
#[derive(Default)]
pub struct Ran {
    /// The rows that it returns.
    pub rows: Vec<Vec<Value>>,
    /// How many rows it changed.
    pub changed: usize,
    /// The number of the row that was inserted last.
    pub last_row: i64,
}

/// What runs statements.
pub trait Database: Send {
    /// Runs a statement to its end.
    ///
    /// # Errors
    /// [`Error::Constraint`] if a constraint of a table refuses it, [`Error::Failed`] if it cannot be run.
    fn run(&self, sql: &str, parameters: &[Value]) -> Result<Ran>;

    /// All rows of all tables, to be read back by `restore`; `None` where there is a file for that.
    #[cfg(any(test, not(feature = "native")))]
    fn dump(&self) -> Option<serde_json::Value> {
        None
    }

    /// Takes over what `dump` returned. `false` if it cannot be read.
    #[cfg(any(test, not(feature = "native")))]
    fn restore(&self, _: &serde_json::Value) -> bool {
        false
    }
}

/// A connection to the database.
pub struct Connection(Box<dyn Database>);

impl Connection {
    /// A connection to that database.
    pub fn new(database: impl Database + 'static) -> Self {
        Self(Box::new(database))
    }

    /// The database itself.
    #[cfg(not(feature = "native"))]
    pub fn database(&self) -> &dyn Database {
        &*self.0
    }

    /// Runs a statement, and says how many rows it changed.
    pub fn execute(&self, sql: &str, parameters: impl Params) -> Result<usize> {
        Ok(self.0.run(sql, &parameters.values())?.changed)
    }

    /// Inserts a row, and returns its number.
    pub fn insert(&self, sql: &str, parameters: impl Params) -> Result<i64> {
        Ok(self.0.run(sql, &parameters.values())?.last_row)
    }

    /// The first row of a query.
    ///
    /// # Errors
    /// [`Error::NoRows`] if it has none.
    pub fn query_row<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        let ran = self.0.run(sql, &parameters.values())?;
        read(&Row(ran.rows.first().ok_or(Error::NoRows)?))
    }

    /// The rows of a query, each as `read` reads it.
    pub fn query<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut read = read;
        self.0.run(sql, &parameters.values())?.rows.iter().map(|row| read(&Row(row))).collect()
    }

    /// Begins a transaction, which ends without effect unless it is committed.
    pub fn transaction(&mut self) -> Result<Transaction<'_>> {
        self.execute("BEGIN", [])?;
        Ok(Transaction { connection: self, is_open: true })
    }
}

/// Statements that are done all or not at all.
pub struct Transaction<'c> {
    connection: &'c Connection,
    is_open: bool,
}

impl Transaction<'_> {
    /// Keeps what was done.
    pub fn commit(mut self) -> Result<()> {
        self.is_open = false;
        self.connection.execute("COMMIT", []).map(|_| ())
    }
}

impl std::ops::Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.is_open {
            // The failure that it ends for is reported.
            drop(self.connection.execute("ROLLBACK", []));
        }
    }
}

/// Takes "there is no row" for an answer.
pub trait OptionalExtension<T> {
    /// `None` instead of [`Error::NoRows`].
    fn optional(self) -> Result<Option<T>>;
}

impl<T> OptionalExtension<T> for Result<T> {
    fn optional(self) -> Result<Option<T>> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(Error::NoRows) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Parameters of different types.
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::db::ToValue::to_value(&$value)),*] as &[$crate::db::Value] };
}
pub(crate) use params;
