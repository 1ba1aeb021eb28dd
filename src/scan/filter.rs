//! Filtering rows.

use super::columns::{Columns, MISSING};

impl Columns {
    /// Returns those of these rows whose text in a field has a number at which `wanted` is 1; with `or_missing` also those without a
    /// text.
    pub fn filter(&self, rows: &[u32], field: u32, wanted: &[u8], or_missing: bool) -> Vec<u32> {
        let is_wanted = |row: &&u32| match self.entry(**row).and_then(|entry| entry.texts.get(field as usize)) {
            Some(&MISSING) => or_missing,
            Some(number) => wanted.get(*number as usize) == Some(&1),
            None => false,
        };
        rows.iter().filter(is_wanted).copied().collect()
    }
}
