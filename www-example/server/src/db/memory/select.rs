//! Queries.

use super::evaluate::{Bound, Context, Frame, Names, compare};
use super::syntax::{Expr, Operator, Select, Source};
use super::table::{Table, Values};
use crate::db::{Result, Value};
use std::cmp::Ordering;

/// The rows of a source, each with its number.
struct Read<'r> {
    name: &'r str,
    names: Names<'r>,
    rows: Vec<(i64, &'r [Value])>,
}

impl Context<'_> {
    /// The rows of a query.
    pub fn select(&self, select: &Select, outer: Option<&Frame<'_>>) -> Result<Vec<Values>> {
        let mut made = Vec::new();
        for (source, _) in &select.from {
            made.push(match source {
                Source::Query(query) => self.select(query, outer)?,
                Source::Table(_) => Vec::new(),
            });
        }
        let mut sources = Vec::new();
        for ((source, name), made) in select.from.iter().zip(&made) {
            sources.push(match source {
                Source::Query(query) => {
                    let rows = made.iter().map(|row| (0, row.as_slice())).collect();
                    Read { name, names: Names::Query(&query.columns), rows }
                }
                Source::Table(table) => {
                    let table = self.table(table)?;
                    let rows = self.candidates(table, name, &select.filters);
                    Read { name, names: Names::Table(&table.columns), rows }
                }
            });
        }
        let mut found: Vec<Vec<Bound<'_>>> = Vec::new();
        self.combine(&sources, &mut Vec::new(), &select.filters, outer, &mut found)?;
        let frames: Vec<Frame<'_>> = found.iter().map(|rows| Frame { rows, outer }).collect();
        if select.columns.iter().any(Expr::is_aggregate) {
            let row =
                select.columns.iter().map(|column| self.aggregate(column, &frames)).collect::<Result<Values>>()?;
            return Ok(vec![row]);
        }
        let frames = self.page(select, self.ordered(select, frames)?, outer)?;
        let project = |frame: &Frame<'_>| select.columns.iter().map(|column| self.value(column, frame)).collect();
        frames.iter().map(project).collect()
    }

    /// The rows of a table that may be wanted: one, if a condition names it by a unique column, else all.
    pub fn candidates<'t>(&self, table: &'t Table, name: &str, filters: &[Expr]) -> Vec<(i64, &'t [Value])> {
        for filter in filters {
            if let Some(number) = self.named(table, name, filter) {
                return number
                    .and_then(|number| Some((number, table.rows.get(&number)?.as_slice())))
                    .into_iter()
                    .collect();
            }
        }
        table.rows.iter().map(|(number, row)| (*number, row.as_slice())).collect()
    }

    /// The row that a condition names, if it names one; within, whether there is that row.
    fn named(&self, table: &Table, name: &str, filter: &Expr) -> Option<Option<i64>> {
        match filter {
            Expr::Binary(Operator::And, left, right) => {
                self.named(table, name, left).or_else(|| self.named(table, name, right))
            }
            Expr::Binary(Operator::Equal, left, right) => {
                let Expr::Column(of, column) = &**left else { return None };
                let value = match &**right {
                    Expr::Value(value) => value.clone(),
                    Expr::Parameter(number) => self.parameters.get(*number)?.clone(),
                    _ => return None,
                };
                if of.as_ref().is_some_and(|of| of != name) {
                    return None;
                }
                let unique = table.unique_of(table.position(column).ok()?)?;
                Some(unique.find(&[value]))
            }
            _ => None,
        }
    }

    /// Combines the rows of all sources, and keeps what all conditions hold for.
    fn combine<'b>(
        &self,
        sources: &'b [Read<'b>],
        bound: &mut Vec<Bound<'b>>,
        filters: &[Expr],
        outer: Option<&Frame<'_>>,
        found: &mut Vec<Vec<Bound<'b>>>,
    ) -> Result<()> {
        let Some(Read { name, names, rows }) = sources.get(bound.len()) else {
            let frame = Frame { rows: bound, outer };
            for filter in filters {
                if !self.holds(filter, &frame)? {
                    return Ok(());
                }
            }
            found.push(bound.clone());
            return Ok(());
        };
        for (number, row) in rows {
            bound.push(Bound { name, names: *names, number: *number, row });
            self.combine(sources, bound, filters, outer, found)?;
            bound.pop();
        }
        Ok(())
    }

    fn ordered<'f>(&self, select: &Select, frames: Vec<Frame<'f>>) -> Result<Vec<Frame<'f>>> {
        if select.order.is_empty() {
            return Ok(frames);
        }
        let mut keyed = Vec::with_capacity(frames.len());
        for frame in frames {
            let keys = select.order.iter().map(|(by, _)| self.value(by, &frame)).collect::<Result<Values>>()?;
            keyed.push((keys, frame));
        }
        keyed.sort_by(|(left, _), (right, _)| {
            let orders = left.iter().zip(right).zip(&select.order).map(|((left, right), (_, descends))| {
                let order = compare(left, right);
                if *descends { order.reverse() } else { order }
            });
            orders.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        });
        Ok(keyed.into_iter().map(|(_, frame)| frame).collect())
    }

    /// The page that is asked for. A negative limit is none.
    fn page<'f>(
        &self,
        select: &Select,
        mut frames: Vec<Frame<'f>>,
        outer: Option<&Frame<'_>>,
    ) -> Result<Vec<Frame<'f>>> {
        let frame = Frame { rows: &[], outer };
        let count = |expr: &Option<Expr>| match expr {
            None => Ok(None),
            Some(expr) => self.value(expr, &frame).map(|value| match value {
                Value::Integer(count) => usize::try_from(count).ok(),
                _ => None,
            }),
        };
        frames.drain(..count(&select.offset)?.unwrap_or(0).min(frames.len()));
        frames.truncate(count(&select.limit)?.unwrap_or(usize::MAX));
        Ok(frames)
    }
}
