//! Entries by what they have in common.

use super::columns::{Columns, MISSING, Numbered};
use super::page::TEXTS;
use super::words::Keys;

/// Entries that have the same texts in some members, and were written in the same interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The index of the first of them.
    pub first: u32,
    /// How many there are.
    pub count: u32,
}

impl Columns {
    /// Groups the entries by the texts of these members, and by intervals of so many milliseconds unless that is 0: in the
    /// order in which they first come.
    pub fn group(&self, names: &[String], interval: f64) -> Vec<Group> {
        // A group is divided by one member after the other: its number, and that of the text, make a key.
        let mut numbers = vec![0; self.rows.len()];
        let mut divide = |part: &mut dyn FnMut(&Numbered) -> u32| {
            let mut keys = Keys::default();
            for (number, row) in numbers.iter_mut().zip(&self.rows) {
                *number = keys.number(u64::from(*number) << 32 | u64::from(part(row)));
            }
        };
        if interval > 0.0 {
            let mut intervals = Keys::default();
            divide(&mut |row| intervals.number((row.time / interval).floor().to_bits()));
        }
        for (field, _) in TEXTS.iter().enumerate().filter(|(_, name)| names.iter().any(|wanted| wanted == *name)) {
            divide(&mut |row| row.texts.get(field).copied().unwrap_or(MISSING));
        }
        let mut groups: Vec<Group> = Vec::new();
        for (first, number) in (0..).zip(numbers) {
            match groups.get_mut(number as usize) {
                Some(group) => group.count += 1,
                None => groups.push(Group { first, count: 1 }),
            }
        }
        groups
    }
}
