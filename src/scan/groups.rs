//! Entries by what they have in common.

use super::columns::{Columns, MISSING, Numbered};
use super::intervals::Intervals;
use super::words::Keys;

/// Entries that have the same texts in some members, and were written in the same interval.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The row of the first of them.
    pub first: u32,
    /// How many there are.
    pub count: u32,
    /// When their interval begins; not a number if that is not known, or there is none.
    pub begin: f64,
}

impl Columns {
    /// Groups these rows by the texts that they have in these fields, and by intervals if there are any: in the order in which they
    /// first come.
    pub fn group(&self, rows: &[u32], fields: &[u32], intervals: Option<Intervals<'_>>) -> Vec<Group> {
        // A group is divided by one member after the other: its number, and that of the text, make a key.
        let mut numbers = vec![0; rows.len()];
        let mut divide = |part: &mut dyn FnMut(&Numbered) -> u32| {
            let mut keys = Keys::default();
            for (number, row) in numbers.iter_mut().zip(self.at(rows)) {
                *number = keys.number(u64::from(*number) << 32 | u64::from(part(row)));
            }
        };
        let begin = |time: f64| intervals.map_or(f64::NAN, |intervals| intervals.begin(time));
        if intervals.is_some() {
            let mut keys = Keys::default();
            divide(&mut |row| keys.number(begin(row.time).to_bits()));
        }
        for field in fields {
            divide(&mut |row| row.texts.get(*field as usize).copied().unwrap_or(MISSING));
        }
        let mut groups: Vec<Group> = Vec::new();
        for (first, number) in rows.iter().zip(numbers) {
            match groups.get_mut(number as usize) {
                Some(group) => group.count += 1,
                None => groups.push(Group { first: *first, count: 1, begin: begin(self.time(*first)) }),
            }
        }
        groups
    }
}
