//! Fewer rows of the same entries.

use super::columns::{Columns, MISSING};

impl Columns {
    /// Those of these rows whose text in a field has a number at which `wanted` is 1, or, if `or_missing`, which have none.
    pub fn with(&self, rows: &[u32], field: u32, wanted: &[u8], or_missing: bool) -> Vec<u32> {
        let is_wanted = |row: &&u32| match self.rows.get(**row as usize).and_then(|row| row.texts.get(field as usize)) {
            Some(&MISSING) => or_missing,
            Some(number) => wanted.get(*number as usize) == Some(&1),
            None => false,
        };
        rows.iter().filter(is_wanted).copied().collect()
    }
}
