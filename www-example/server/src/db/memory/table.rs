//! A table in memory: its rows by their numbers, and an index of each unique constraint.

use super::syntax::{Column, Definition, Reference};
use crate::db::{Error, Result, Value};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The values of a row.
pub type Values = Vec<Value>;

/// A table.
#[derive(Clone)]
pub struct Table {
    pub name: Arc<str>,
    pub columns: Arc<[Column]>,
    pub references: Arc<[Reference]>,
    pub rows: BTreeMap<i64, Arc<Values>>,
    number: Option<usize>,
    unique: Vec<Unique>,
}

/// Columns that are unique together, and the row of each of their values.
#[derive(Clone)]
pub struct Unique {
    pub columns: Vec<usize>,
    index: HashMap<String, i64>,
}

/// What makes rows equal.
fn key<'v>(values: impl Iterator<Item = &'v Value>) -> Option<String> {
    let mut key = String::new();
    for value in values {
        match value {
            Value::Null => return None,
            Value::Integer(number) => key.push_str(&number.to_string()),
            Value::Real(number) => key.push_str(&number.to_bits().to_string()),
            Value::Text(text) => {
                // The length separates it from what follows.
                key.push_str(&text.len().to_string());
                key.push(':');
                key.push_str(text);
            }
        }
        key.push(';');
    }
    Some(key)
}

impl Unique {
    fn key_of(&self, row: &Values) -> Option<String> {
        key(self.columns.iter().filter_map(|column| row.get(*column)))
    }

    /// The row with these values.
    pub fn find(&self, values: &[Value]) -> Option<i64> {
        self.index.get(&key(values.iter())?).copied()
    }
}

impl Table {
    /// An empty table.
    pub fn new(definition: Definition) -> Result<Self> {
        let mut table = Self {
            name: definition.name.into(),
            columns: definition.columns.into(),
            references: definition.references.into(),
            rows: BTreeMap::new(),
            number: None,
            unique: Vec::new(),
        };
        table.number = definition.number.map(|name| table.position(&name)).transpose()?;
        for names in definition.unique {
            let columns = names.iter().map(|name| table.position(name)).collect::<Result<_>>()?;
            table.unique.push(Unique { columns, index: HashMap::new() });
        }
        Ok(table)
    }

    /// The position of a column.
    pub fn position(&self, name: &str) -> Result<usize> {
        let found = self.columns.iter().position(|column| column.name == name);
        found.ok_or_else(|| Error::Failed(format!("table {} has no column named {name}", self.name)))
    }

    /// The constraint that finds rows by this column alone.
    pub fn unique_of(&self, column: usize) -> Option<&Unique> {
        self.unique.iter().find(|unique| unique.columns == [column])
    }

    /// A row with the values that columns have by default.
    pub fn blank(&self) -> Values {
        self.columns.iter().map(|column| column.default.clone()).collect()
    }

    /// The number that the next row gets.
    pub fn next_number(&self) -> i64 {
        self.rows.last_key_value().map_or(1, |(last, _)| last + 1)
    }

    /// The rows that a row contradicts, and the constraint that the first of them is about.
    pub fn conflicts(&self, row: &Values, own: Option<i64>) -> Vec<(i64, &Unique)> {
        let equal = |unique: &Unique| unique.index.get(&unique.key_of(row)?).copied();
        let found = self.unique.iter().filter_map(|unique| Some((equal(unique)?, unique)));
        found.filter(|(number, _)| Some(*number) != own).collect()
    }

    /// The error about a row that is there already.
    pub fn duplicate(&self, unique: &Unique) -> Error {
        let name = |column: &usize| Some(format!("{}.{}", self.name, self.columns.get(*column)?.name));
        let names: Vec<String> = unique.columns.iter().filter_map(name).collect();
        Error::Constraint(format!("UNIQUE constraint failed: {}", names.join(", ")))
    }

    /// Brings values to the types of their columns, and refuses what must not be missing.
    pub fn check(&self, row: &mut Values) -> Result<()> {
        for (position, (value, column)) in row.iter_mut().zip(self.columns.iter()).enumerate() {
            match value {
                Value::Integer(number) if column.is_real => *value = Value::Real(*number as f64),
                Value::Null if column.not_null && self.number != Some(position) => {
                    let message = format!("NOT NULL constraint failed: {}.{}", self.name, column.name);
                    return Err(Error::Constraint(message));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Puts a row, which contradicts no other.
    pub fn put(&mut self, number: i64, mut row: Values) {
        self.remove(number);
        if let Some(value) = self.number.and_then(|column| row.get_mut(column)) {
            *value = Value::Integer(number);
        }
        for unique in &mut self.unique {
            if let Some(key) = unique.key_of(&row) {
                unique.index.insert(key, number);
            }
        }
        self.rows.insert(number, Arc::new(row));
    }

    /// Takes all rows out.
    #[cfg(any(test, not(feature = "native")))]
    pub fn clear(&mut self) {
        self.rows.clear();
        for unique in &mut self.unique {
            unique.index.clear();
        }
    }

    /// Takes a row out.
    pub fn remove(&mut self, number: i64) -> Option<Arc<Values>> {
        let row = self.rows.remove(&number)?;
        for unique in &mut self.unique {
            if let Some(key) = unique.key_of(&row) {
                unique.index.remove(&key);
            }
        }
        Some(row)
    }
}
