//! Filtering rows.

use super::columns::{Columns, MISSING};

impl Columns {
    /// Returns those of these rows whose text in a field has a number at which `wanted` is 1; with `or_missing` also those without a
    /// text.
    pub fn filter<'a>(
        &'a self,
        rows: &'a [u32],
        field: u32,
        wanted: &'a [u8],
        or_missing: bool,
    ) -> impl Iterator<Item = u32> + 'a {
        let is_wanted = move |row: &u32| match self.entry(*row).and_then(|entry| entry.texts.get(field as usize)) {
            Some(&MISSING) => or_missing,
            Some(number) => wanted.get(*number as usize) == Some(&1),
            None => false,
        };
        rows.iter().copied().filter(is_wanted)
    }
}
