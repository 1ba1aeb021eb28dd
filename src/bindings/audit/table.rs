//! Tables: the entries of a scan.

use super::buffers::{Input, bytes_of, leave};
use super::host_parser::JavaScript;
use super::slots::{Held, hold, with_table};
use crate::scan::{Added, Columns, Intervals, Location, PageError, Selection};
use crate::text::text;

/// Makes a table that keeps every entry, and returns its slot.
#[unsafe(no_mangle)]
pub extern "C" fn table_new() -> usize {
    hold(Held::Table(Box::new(Columns::new(Selection::ALL))))
}

/// Selects what is kept of the pages that follow: actions, separated by commas, in so many bytes of UTF-8; how many entries to skip; how
/// many to keep at most.
#[unsafe(no_mangle)]
pub extern "C" fn table_select(slot: usize, actions: u32, skip: f64, limit: f64) {
    let input = Input::take();
    let actions = input.next(actions).to_vec();
    with_table(slot, |columns| columns.select(Selection { actions, skip, limit }));
}

/// Adds a page of so many bytes. Returns 0 and leaves five numbers: how many entries it has, how many of them are new, how many of those are
/// kept, how many more may be kept, and when its first was written. Returns the number of a `PageError` if it is not a page, and
/// leaves the path and what was expected there, a line each.
#[unsafe(no_mangle)]
pub extern "C" fn table_add(slot: usize, length: u32) -> u32 {
    let input = Input::take();
    with_table(slot, |columns| match columns.add(input.next(length), &JavaScript) {
        Ok(Added { count, fresh, kept, newest }) => {
            let found = [count.into(), fresh.into(), kept.into(), columns.limit(), newest];
            leave(bytes_of(found.into_iter().map(f64::to_le_bytes)));
            0
        }
        Err(error) => {
            if let PageError::Unexpected(path, expected) = &error {
                leave(text(&[path, "\n", expected]).into_bytes());
            }
            error.number()
        }
    })
}

/// Leaves those of so many rows that have a text in a field whose number has a 1 among so many flags, or, with `or_missing`, no text.
#[unsafe(no_mangle)]
pub extern "C" fn table_filter(slot: usize, rows: u32, flags: u32, field: u32, or_missing: bool) {
    let input = Input::take();
    let (rows, flags) = (input.next(rows), input.next(flags));
    with_table(slot, |columns| leave(bytes_of(columns.filter(rows, field, flags, or_missing).map(u32::to_le_bytes))));
}

/// Leaves a flag for each of so many rows: 1 if it does not say how a call ended.
#[unsafe(no_mangle)]
pub extern "C" fn table_superseded(slot: usize, rows: u32) {
    let input = Input::take();
    with_table(slot, |columns| leave(columns.superseded(input.next(rows))));
}

/// Leaves where the texts of so many rows are: a page, a start and an end for each.
#[unsafe(no_mangle)]
pub extern "C" fn table_locations(slot: usize, rows: u32) {
    let input = Input::take();
    with_table(slot, |columns| {
        let mut flat = Vec::new();
        for Location { page, start, end } in input.next(rows).iter().filter_map(|row| columns.location(*row)) {
            for number in [page, start, end] {
                flat.extend_from_slice(&number.to_le_bytes());
            }
        }
        leave(flat);
    });
}

/// When a row was written, in milliseconds since 1970; `NaN` if that is not known.
#[unsafe(no_mangle)]
pub extern "C" fn table_time(slot: usize, row: u32) -> f64 {
    with_table(slot, |columns| columns.time(row))
}

/// Groups so many rows by so many fields, and by intervals with so many shifts of the clocks unless `length` is 0. Leaves numbers for each
/// group: when its interval begins, how many rows it has, and the number of its text in each field, -1 for none.
#[unsafe(no_mangle)]
pub extern "C" fn table_group(slot: usize, rows: u32, fields: u32, shifts: u32, length: f64) {
    let input = Input::take();
    let (rows, fields, shifts) = (input.next(rows), input.next(fields), input.next(shifts));
    let intervals = (length > 0.0).then_some(Intervals { length, shifts });
    with_table(slot, |columns| {
        let mut flat = Vec::new();
        for group in columns.group(rows, fields, intervals) {
            let mut push = |number: f64| flat.extend_from_slice(&number.to_le_bytes());
            push(group.begin);
            push(group.count.into());
            for field in fields {
                push(columns.number(group.first, *field).map_or(-1.0, f64::from));
            }
        }
        leave(flat);
    });
}

/// Leaves the texts of a field but the first `known` ones: where each ends among them, and then the texts in UTF-8, one after the other.
/// Returns how many there are.
#[unsafe(no_mangle)]
pub extern "C" fn table_texts(slot: usize, field: u32, known: usize) -> usize {
    with_table(slot, |columns| {
        let Some((texts, ends)) = columns.texts(field).map(|texts| texts.after(known)) else { return 0 };
        let mut found = bytes_of(ends.clone().map(u32::to_le_bytes));
        found.extend_from_slice(texts);
        leave(found);
        ends.len()
    })
}

/// Leaves one of `scan::NUMBERS` of so many rows; `NaN` where it is not known.
#[unsafe(no_mangle)]
pub extern "C" fn table_numbers(slot: usize, rows: u32, which: u32) {
    let input = Input::take();
    let rows = input.next(rows);
    with_table(slot, |columns| leave(bytes_of(columns.numbers(rows, which).map(f64::to_le_bytes))));
}
