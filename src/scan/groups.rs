//! Grouping rows.

use super::columns::{Columns, MISSING};
use super::interner::KeyInterner;
use super::intervals::Intervals;

/// Entries that have the same texts in some fields, and were written in the same interval.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The row of the first of them.
    pub first: u32,
    /// How many there are.
    pub count: u32,
    /// When their interval begins; `NaN` if that is not known, or there is no interval.
    pub begin: f64,
}

impl Columns {
    /// Groups rows by their texts in these fields, and by intervals if there are any. Groups are in the order in which they first
    /// occur.
    pub fn group(&self, rows: &[u32], fields: &[u32], intervals: Option<Intervals<'_>>) -> Vec<Group> {
        let begin = |time: f64| intervals.map_or(f64::NAN, |intervals| intervals.begin(time));
        let mut groups: Vec<Group> = Vec::new();
        for (first, number) in rows.iter().zip(self.numbered(rows, fields, intervals)) {
            match groups.get_mut(number as usize) {
                Some(group) => group.count += 1,
                None => groups.push(Group { first: *first, count: 1, begin: begin(self.time(*first)) }),
            }
        }
        groups
    }

    /// The number of the group of each row. Groups are numbered in the order in which they first occur.
    #[inline(never)]
    pub(super) fn numbered(&self, rows: &[u32], fields: &[u32], intervals: Option<Intervals<'_>>) -> Vec<u32> {
        // One part after the other divides the groups so far: a group's number and that of the part make the key of the next.
        let mut numbers = vec![0; rows.len()];
        let mut begins = KeyInterner::default();
        for part in 0..=fields.len() {
            let field = part.checked_sub(1).and_then(|index| fields.get(index));
            if field.is_none() && intervals.is_none() {
                continue;
            }
            let mut keys = KeyInterner::default();
            for (number, entry) in numbers.iter_mut().zip(self.entries(rows)) {
                let part = match field {
                    Some(field) => entry.texts.get(*field as usize).copied().unwrap_or(MISSING),
                    None => {
                        begins.intern(intervals.map_or(f64::NAN, |intervals| intervals.begin(entry.time)).to_bits())
                    }
                };
                *number = keys.intern(u64::from(*number) << 32 | u64::from(part));
            }
        }
        numbers
    }
}
