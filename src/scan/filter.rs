//! Fewer rows of the same entries.

use super::columns::{Columns, MISSING, Numbered};

impl Columns {
    /// Those of these rows that were written between two moments, in milliseconds since 1970, both included.
    pub fn within(&self, rows: &[u32], since: f64, until: f64) -> Vec<u32> {
        self.those(rows, &|row| row.time >= since && row.time <= until)
    }

    /// Those of these rows whose text in a member has a number at which `wanted` is 1, or, if `or_missing`, which have none.
    pub fn with(&self, rows: &[u32], field: u32, wanted: &[u8], or_missing: bool) -> Vec<u32> {
        self.those(rows, &|row| match row.texts.get(field as usize) {
            Some(&MISSING) => or_missing,
            Some(number) => wanted.get(*number as usize) == Some(&1),
            None => false,
        })
    }

    fn those(&self, rows: &[u32], are_wanted: &dyn Fn(&Numbered) -> bool) -> Vec<u32> {
        let is_wanted = |row: &&u32| self.rows.get(**row as usize).is_some_and(are_wanted);
        rows.iter().filter(is_wanted).copied().collect()
    }
}
