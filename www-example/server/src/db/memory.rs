//! The database in memory, for where SQLite would be too large: an engine for the SQL that this server writes, and no more.
//!
//! What it answers is what SQLite answers: the tests of the server run on both, and `tests` below compares them statement by
//! statement.

mod evaluate;
mod parse;
mod select;
mod syntax;
mod table;
#[cfg(test)]
mod tests;
mod tokens;

use super::{Database, Error, Ran, Result, Value};
use evaluate::{Bound, Context, Frame, Names, Tables};
use parse::parse;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use syntax::{Conflict, Expr, Insert, Statement};
use table::{Table, Values};

/// How many statements are kept parsed.
const MOST_PARSED: usize = 500;

/// A database in memory.
#[derive(Default)]
pub struct Memory {
    state: RefCell<State>,
    parsed: RefCell<HashMap<String, Arc<Vec<Statement>>>>,
}

#[derive(Default)]
struct State {
    tables: Tables,
    /// The tables as they were when the transaction began, if one is open.
    before: Option<Tables>,
    ignores_references: bool,
    last_row: i64,
}

impl Memory {
    /// An empty database with these tables.
    ///
    /// # Errors
    /// If a declaration cannot be parsed.
    pub fn new(tables: &[&str]) -> Result<Self> {
        let memory = Self::default();
        for statement in tables.iter().map(|sql| parse(sql)).collect::<Result<Vec<_>>>()?.into_iter().flatten() {
            if let Statement::CreateTable(definition) = statement {
                let table = Table::new(definition)?;
                memory.state.borrow_mut().tables.insert(Arc::clone(&table.name), table);
            }
        }
        Ok(memory)
    }

    fn parsed(&self, sql: &str) -> Result<Arc<Vec<Statement>>> {
        let mut parsed = self.parsed.borrow_mut();
        if let Some(statements) = parsed.get(sql) {
            return Ok(Arc::clone(statements));
        }
        if parsed.len() >= MOST_PARSED {
            parsed.clear();
        }
        let statements = Arc::new(parse(sql)?);
        parsed.insert(sql.to_owned(), Arc::clone(&statements));
        Ok(statements)
    }
}

impl Database for Memory {
    fn run(&self, sql: &str, parameters: &[Value]) -> Result<Ran> {
        let statements = self.parsed(sql)?;
        let mut state = self.state.borrow_mut();
        let mut ran = Ran::default();
        for statement in statements.iter() {
            ran = state.run(statement, parameters)?;
        }
        ran.last_row = state.last_row;
        Ok(ran)
    }

    #[cfg(any(test, not(feature = "native")))]
    fn dump(&self) -> Option<serde_json::Value> {
        let state = self.state.borrow();
        let rows = |table: &Table| table.rows.iter().map(|(number, row)| (*number, row.to_vec())).collect::<Vec<_>>();
        let tables: HashMap<&str, _> = state.tables.values().map(|table| (&*table.name, rows(table))).collect();
        serde_json::to_value(tables).ok()
    }

    #[cfg(any(test, not(feature = "native")))]
    fn restore(&self, dump: &serde_json::Value) -> bool {
        let Ok(dump) = serde_json::from_value::<HashMap<String, Vec<(i64, Values)>>>(dump.clone()) else {
            return false;
        };
        let mut state = self.state.borrow_mut();
        let mut tables = state.tables.clone();
        for table in tables.values_mut() {
            table.clear();
            for (number, row) in dump.get(&*table.name).cloned().unwrap_or_default() {
                if row.len() != table.columns.len() {
                    return false;
                }
                table.put(number, row);
            }
        }
        state.tables = tables;
        true
    }
}

impl State {
    fn run(&mut self, statement: &Statement, parameters: &[Value]) -> Result<Ran> {
        match statement {
            Statement::Select(select) => {
                let context = Context { tables: &self.tables, parameters };
                return Ok(Ran { rows: context.select(select, None)?, ..Ran::default() });
            }
            Statement::Insert(insert) => return self.insert(insert, parameters),
            Statement::Update { table, set, filter, returning } => {
                let found = self.found(table, filter.as_ref(), parameters)?;
                for number in &found {
                    let row = self.assigned(table, *number, set, parameters)?;
                    self.write(table, *number, row, Some(*number))?;
                }
                return self.returned(table, &found, returning, parameters);
            }
            Statement::Delete { table, filter, returning } => {
                let found = self.found(table, filter.as_ref(), parameters)?;
                let ran = self.returned(table, &found, returning, parameters)?;
                self.delete(table, &found)?;
                return Ok(ran);
            }
            Statement::Begin => self.before = Some(self.tables.clone()),
            Statement::Commit => self.before = None,
            Statement::Rollback => {
                if let Some(before) = self.before.take() {
                    self.tables = before;
                }
            }
            Statement::ForeignKeys(are_checked) => self.ignores_references = !are_checked,
            Statement::CreateTable(_) | Statement::Nothing => {}
        }
        Ok(Ran::default())
    }

    fn table(&mut self, name: &str) -> Result<&mut Table> {
        self.tables.get_mut(name).ok_or_else(|| Error::Failed(format!("no such table: {name}")))
    }

    /// The numbers of the rows that a condition holds for.
    fn found(&self, name: &str, filter: Option<&Expr>, parameters: &[Value]) -> Result<Vec<i64>> {
        let context = Context { tables: &self.tables, parameters };
        let table = context.table(name)?;
        let filters = filter.map(std::slice::from_ref).unwrap_or_default();
        let mut found = Vec::new();
        for (number, row) in context.candidates(table, name, filters) {
            let rows = [Bound { name, names: Names::Table(&table.columns), number, row }];
            let frame = Frame { rows: &rows, outer: None };
            if filter.map_or(Ok(true), |filter| context.holds(filter, &frame))? {
                found.push(number);
            }
        }
        Ok(found)
    }

    /// A row with other values in some columns, which may refer to those that it has.
    fn assigned(&self, name: &str, number: i64, set: &[(String, Expr)], parameters: &[Value]) -> Result<Values> {
        let context = Context { tables: &self.tables, parameters };
        let table = context.table(name)?;
        let row = table.rows.get(&number).map(|row| row.to_vec()).unwrap_or_default();
        let rows = [Bound { name, names: Names::Table(&table.columns), number, row: &row }];
        let frame = Frame { rows: &rows, outer: None };
        let mut changed = row.clone();
        for (column, value) in set {
            let value = context.value(value, &frame)?;
            if let Some(place) = changed.get_mut(table.position(column)?) {
                *place = value;
            }
        }
        Ok(changed)
    }

    /// What `RETURNING` says of rows.
    fn returned(&self, name: &str, found: &[i64], returning: &[Expr], parameters: &[Value]) -> Result<Ran> {
        let context = Context { tables: &self.tables, parameters };
        let table = context.table(name)?;
        let mut ran = Ran { changed: found.len(), ..Ran::default() };
        if !returning.is_empty() {
            for (number, row) in found.iter().filter_map(|number| Some((*number, table.rows.get(number)?))) {
                let rows = [Bound { name, names: Names::Table(&table.columns), number, row }];
                let frame = Frame { rows: &rows, outer: None };
                ran.rows.push(returning.iter().map(|expr| context.value(expr, &frame)).collect::<Result<_>>()?);
            }
        }
        Ok(ran)
    }

    fn insert(&mut self, insert: &Insert, parameters: &[Value]) -> Result<Ran> {
        let Insert { table: name, columns, values, conflict } = insert;
        let context = Context { tables: &self.tables, parameters };
        let table = context.table(name)?;
        let mut row = table.blank();
        for (column, value) in columns.iter().zip(values) {
            let value = context.value(value, &Frame { rows: &[], outer: None })?;
            if let Some(place) = row.get_mut(table.position(column)?) {
                *place = value;
            }
        }
        let others: Vec<i64> = table.conflicts(&row, None).into_iter().map(|(number, _)| number).collect();
        let number = table.next_number();
        match (conflict, others.first()) {
            (Conflict::Ignore, Some(_)) => return Ok(Ran::default()),
            (Conflict::Update(set), Some(other)) => {
                let changed = self.assigned(name, *other, set, parameters)?;
                self.write(name, *other, changed, Some(*other))?;
            }
            (Conflict::Replace, Some(_)) => {
                self.delete(name, &others)?;
                self.write(name, number, row, None)?;
            }
            _ => self.write(name, number, row, None)?,
        }
        self.last_row = number;
        Ok(Ran { changed: 1, ..Ran::default() })
    }

    /// Writes a row, if no constraint refuses it. `own` is the number that it has already.
    fn write(&mut self, name: &str, number: i64, mut row: Values, own: Option<i64>) -> Result<()> {
        let table = self.table(name)?;
        table.check(&mut row)?;
        if let Some((_, unique)) = table.conflicts(&row, own).first() {
            return Err(table.duplicate(unique));
        }
        if !self.ignores_references && !self.has_references(name, &row) {
            return Err(refers_to_nothing());
        }
        self.table(name)?.put(number, row);
        Ok(())
    }

    fn has_references(&self, name: &str, row: &Values) -> bool {
        let Some(table) = self.tables.get(name) else { return true };
        table.references.iter().all(|reference| {
            let value = table.position(&reference.column).ok().and_then(|column| row.get(column));
            let referred = self.tables.get(&*reference.table);
            let ids = referred.and_then(|referred| referred.unique_of(referred.position("id").ok()?));
            value == Some(&Value::Null)
                || value.zip(ids).is_some_and(|(value, ids)| ids.find(std::slice::from_ref(value)).is_some())
        })
    }

    /// Deletes rows, and what refers to them where a table says so.
    fn delete(&mut self, name: &str, numbers: &[i64]) -> Result<()> {
        if !self.ignores_references {
            for (referring, rows, cascades) in self.referring(name, numbers)? {
                if !cascades {
                    return Err(refers_to_nothing());
                }
                self.delete(&referring, &rows)?;
            }
        }
        let table = self.table(name)?;
        for number in numbers {
            table.remove(*number);
        }
        Ok(())
    }

    /// The rows of other tables that refer to these.
    fn referring(&mut self, name: &str, numbers: &[i64]) -> Result<Vec<Referring>> {
        let table = self.table(name)?;
        let Ok(id) = table.position("id") else { return Ok(Vec::new()) };
        let ids: Vec<Value> = numbers.iter().filter_map(|number| table.rows.get(number)?.get(id).cloned()).collect();
        let mut found = Vec::new();
        for other in self.tables.values() {
            for reference in other.references.iter().filter(|reference| reference.table == name) {
                let column = other.position(&reference.column)?;
                let refers = |row: &Values| row.get(column).is_some_and(|value| ids.contains(value));
                let rows: Vec<i64> =
                    other.rows.iter().filter(|(_, row)| refers(row)).map(|(number, _)| *number).collect();
                if !rows.is_empty() {
                    found.push((Arc::clone(&other.name), rows, reference.cascades));
                }
            }
        }
        Ok(found)
    }
}

/// A table, its rows that refer to something, and whether they are deleted with it.
type Referring = (Arc<str>, Vec<i64>, bool);

fn refers_to_nothing() -> Error {
    Error::Constraint("FOREIGN KEY constraint failed".to_owned())
}
