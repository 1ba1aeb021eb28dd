//! What expressions are worth.

use super::syntax::{Column, Expr, Function, Operator, Select};
use super::table::{Table, Values};
use crate::db::{Error, Result, Value};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

pub type Tables = BTreeMap<Arc<str>, Table>;

/// What a statement is run with.
pub struct Context<'c> {
    pub tables: &'c Tables,
    pub parameters: &'c [Value],
}

/// What the columns of a source are called.
#[derive(Clone, Copy)]
pub enum Names<'n> {
    Table(&'n [Column]),
    Query(&'n [Expr]),
}

impl Names<'_> {
    fn position(self, name: &str) -> Option<usize> {
        match self {
            Self::Table(columns) => columns.iter().position(|column| column.name == name),
            Self::Query(columns) => {
                columns.iter().position(|column| matches!(column, Expr::Column(_, found) if found == name))
            }
        }
    }
}

/// A row of a source.
#[derive(Clone, Copy)]
pub struct Bound<'b> {
    pub name: &'b str,
    pub names: Names<'b>,
    pub number: i64,
    pub row: &'b [Value],
}

/// The rows that an expression is about, and those of the query around it.
#[derive(Clone, Copy)]
pub struct Frame<'f> {
    pub rows: &'f [Bound<'f>],
    pub outer: Option<&'f Frame<'f>>,
}

impl Frame<'_> {
    fn column(&self, table: Option<&str>, name: &str) -> Result<Value> {
        for bound in self.rows.iter().filter(|bound| table.is_none_or(|table| table == bound.name)) {
            if let Some(value) = bound.names.position(name).and_then(|position| bound.row.get(position)) {
                return Ok(value.clone());
            }
            if name == "rowid" {
                return Ok(Value::Integer(bound.number));
            }
        }
        match self.outer {
            Some(outer) => outer.column(table, name),
            None => Err(Error::Failed(format!("no such column: {name}"))),
        }
    }
}

impl Context<'_> {
    /// The table of that name.
    pub fn table(&self, name: &str) -> Result<&Table> {
        self.tables.get(name).ok_or_else(|| Error::Failed(format!("no such table: {name}")))
    }

    /// Whether a row is among those that a condition wants.
    pub fn holds(&self, condition: &Expr, frame: &Frame<'_>) -> Result<bool> {
        Ok(truth(&self.value(condition, frame)?) == Some(true))
    }

    /// The value of an expression about one row.
    pub fn value(&self, expr: &Expr, frame: &Frame<'_>) -> Result<Value> {
        Ok(match expr {
            Expr::Value(value) => value.clone(),
            Expr::Parameter(number) => self.parameters.get(*number).cloned().unwrap_or_default(),
            Expr::Column(table, name) => frame.column(table.as_deref(), name)?,
            Expr::Binary(operator @ (Operator::And | Operator::Or), left, right) => {
                let decisive = *operator == Operator::Or;
                let left = truth(&self.value(left, frame)?);
                if left == Some(decisive) {
                    return Ok(flag(decisive));
                }
                match (left, truth(&self.value(right, frame)?)) {
                    (_, Some(right)) if right == decisive => flag(decisive),
                    (Some(_), Some(_)) => flag(!decisive),
                    _ => Value::Null,
                }
            }
            Expr::Binary(operator, left, right) => {
                operate(*operator, &self.value(left, frame)?, &self.value(right, frame)?)
            }
            Expr::IsNull(inner, is_null) => flag((self.value(inner, frame)? == Value::Null) == *is_null),
            Expr::Like(text, pattern) => match (self.value(text, frame)?, self.value(pattern, frame)?) {
                (Value::Text(text), Value::Text(pattern)) => flag(like(&pattern, &text)),
                _ => Value::Null,
            },
            Expr::In(inner, values) => {
                let wanted = self.value(inner, frame)?;
                let values = values.iter().map(|value| self.value(value, frame));
                contains(&wanted, values.collect::<Result<Vec<_>>>()?.iter())
            }
            Expr::InQuery(inner, query) => {
                let wanted = self.value(inner, frame)?;
                contains(&wanted, self.select(query, Some(frame))?.iter().filter_map(|row| row.first()))
            }
            Expr::Query(query) => self.single(query, frame)?,
            Expr::Call { function: Function::Coalesce, arguments, .. } => {
                self.first_of(arguments, |argument| self.value(argument, frame))?
            }
            Expr::Call { .. } => return Err(Error::Failed("misuse of aggregate function".to_owned())),
        })
    }

    /// The value of an expression about all rows together.
    pub fn aggregate(&self, expr: &Expr, frames: &[Frame<'_>]) -> Result<Value> {
        let Expr::Call { function, arguments, distinct, filter } = expr else {
            // Without rows it can only be about none.
            return self.value(expr, frames.first().unwrap_or(&Frame { rows: &[], outer: None }));
        };
        if *function == Function::Coalesce {
            return self.first_of(arguments, |argument| self.aggregate(argument, frames));
        }
        let mut values = Vec::new();
        for frame in frames {
            if let Some(filter) = filter
                && !self.holds(filter, frame)?
            {
                continue;
            }
            let value = match arguments.first() {
                Some(argument) => self.value(argument, frame)?,
                None => Value::Integer(1),
            };
            if value != Value::Null {
                values.push(value);
            }
        }
        if *distinct {
            values = distinct_of(values);
        }
        Ok(match function {
            Function::Count => Value::Integer(i64::try_from(values.len()).unwrap_or(i64::MAX)),
            Function::Max => values.into_iter().max_by(compare).unwrap_or_default(),
            Function::Sum | Function::Coalesce => {
                values.into_iter().reduce(|sum, value| operate(Operator::Plus, &sum, &value)).unwrap_or_default()
            }
        })
    }

    fn first_of(&self, arguments: &[Expr], value: impl Fn(&Expr) -> Result<Value>) -> Result<Value> {
        for argument in arguments {
            let value = value(argument)?;
            if value != Value::Null {
                return Ok(value);
            }
        }
        Ok(Value::Null)
    }

    fn single(&self, query: &Select, frame: &Frame<'_>) -> Result<Value> {
        let rows: Vec<Values> = self.select(query, Some(frame))?;
        Ok(rows.into_iter().next().and_then(|row| row.into_iter().next()).unwrap_or_default())
    }
}

/// The values without those that are there already. Their order means nothing to those who count.
fn distinct_of(values: Vec<Value>) -> Vec<Value> {
    let mut distinct: Vec<Value> = Vec::new();
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    distinct
}

/// The order of values: nothing, numbers, texts.
pub fn compare(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Integer(left), Value::Integer(right)) => left.cmp(right),
        (Value::Null | Value::Text(_), _) | (_, Value::Null | Value::Text(_)) => rank(left).cmp(&rank(right)),
        _ => number(left).total_cmp(&number(right)),
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Integer(_) | Value::Real(_) => 1,
        Value::Text(_) => 2,
    }
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Integer(number) => *number as f64,
        Value::Real(number) => *number,
        Value::Null | Value::Text(_) => 0.0,
    }
}

fn flag(is_true: bool) -> Value {
    Value::Integer(i64::from(is_true))
}

/// Whether a value is true; `None` if that is unknown.
fn truth(value: &Value) -> Option<bool> {
    (*value != Value::Null).then(|| number(value) != 0.0)
}

fn contains<'v>(wanted: &Value, mut values: impl Iterator<Item = &'v Value>) -> Value {
    if *wanted == Value::Null {
        return Value::Null;
    }
    flag(values.any(|value| compare(value, wanted) == Ordering::Equal))
}

fn operate(operator: Operator, left: &Value, right: &Value) -> Value {
    if *left == Value::Null || *right == Value::Null {
        return Value::Null;
    }
    let order = compare(left, right);
    match operator {
        Operator::Equal => flag(order == Ordering::Equal),
        Operator::Unequal => flag(order != Ordering::Equal),
        Operator::Less => flag(order == Ordering::Less),
        Operator::AtMost => flag(order != Ordering::Greater),
        Operator::Greater => flag(order == Ordering::Greater),
        Operator::AtLeast => flag(order != Ordering::Less),
        _ => calculate(operator, left, right),
    }
}

fn calculate(operator: Operator, left: &Value, right: &Value) -> Value {
    if let (Value::Integer(left), Value::Integer(right)) = (left, right) {
        let whole = match operator {
            Operator::Plus => left.checked_add(*right),
            Operator::Minus => left.checked_sub(*right),
            Operator::Times => left.checked_mul(*right),
            _ => return left.checked_div(*right).map_or(Value::Null, Value::Integer),
        };
        if let Some(whole) = whole {
            return Value::Integer(whole);
        }
    }
    let (left, right) = (number(left), number(right));
    Value::Real(match operator {
        Operator::Plus => left + right,
        Operator::Minus => left - right,
        Operator::Times => left * right,
        _ => left / right,
    })
}

/// Whether a text is like a pattern, where `%` stands for any text and `_` for any character, and letters of ASCII are equal in
/// both cases. The time is at most the product of both lengths.
fn like(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut in_text) = (0, 0);
    // Where the last `%` was, and how much of the text it stands for.
    let mut last: Option<(usize, usize)> = None;
    while let Some(found) = text.get(in_text) {
        match pattern.get(at) {
            Some('%') => {
                last = Some((at, in_text));
                at += 1;
            }
            Some(wanted) if *wanted == '_' || wanted.eq_ignore_ascii_case(found) => {
                at += 1;
                in_text += 1;
            }
            _ => {
                let Some((star, until)) = last else { return false };
                last = Some((star, until + 1));
                at = star + 1;
                in_text = until + 1;
            }
        }
    }
    pattern.iter().skip(at).all(|rest| *rest == '%')
}
