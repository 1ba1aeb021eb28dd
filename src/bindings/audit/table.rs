//! Tables: the entries of a scan.

use super::buffers::{Input, Output};
use super::host_parser::JavaScript;
use super::slots::{Held, hold, with_table};
use crate::scan::{Added, Columns, Intervals, PageError, Selection};
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
            Output::Numbers(vec![count.into(), fresh.into(), kept.into(), columns.limit(), newest]).leave();
            0
        }
        Err(error) => {
            if let PageError::Unexpected(path, expected) = &error {
                Output::Bytes(text(&[path, "\n", expected]).into_bytes()).leave();
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
    with_table(slot, |columns| Output::Integers(columns.filter(rows, field, flags, or_missing)).leave());
}

/// Leaves where the texts of so many rows are: a page, a start and an end for each.
#[unsafe(no_mangle)]
pub extern "C" fn table_locations(slot: usize, rows: u32) {
    let input = Input::take();
    with_table(slot, |columns| {
        let mut flat = Vec::new();
        for location in input.next(rows).iter().filter_map(|row| columns.location(*row)) {
            flat.extend_from_slice(&[location.page, location.start, location.end]);
        }
        Output::Integers(flat).leave();
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
            flat.extend_from_slice(&[group.begin, group.count.into()]);
            flat.extend(fields.iter().map(|field| columns.number(group.first, *field).map_or(-1.0, f64::from)));
        }
        Output::Numbers(flat).leave();
    });
}

/// Leaves the texts of a field in UTF-8, one after the other, in the order of their numbers.
#[unsafe(no_mangle)]
pub extern "C" fn table_texts(slot: usize, field: u32) {
    with_table(slot, |columns| {
        let texts = columns.texts(field).map(|texts| texts.all().0.to_vec());
        Output::Bytes(texts.unwrap_or_default()).leave();
    });
}

/// Leaves where each of those texts ends.
#[unsafe(no_mangle)]
pub extern "C" fn table_ends(slot: usize, field: u32) {
    with_table(slot, |columns| {
        let ends = columns.texts(field).map(|texts| texts.all().1.to_vec());
        Output::Integers(ends.unwrap_or_default()).leave();
    });
}

/// Leaves one of `scan::NUMBERS` of so many rows; `NaN` where it is not known.
#[unsafe(no_mangle)]
pub extern "C" fn table_numbers(slot: usize, rows: u32, which: u32) {
    let input = Input::take();
    with_table(slot, |columns| Output::Numbers(columns.numbers(input.next(rows), which)).leave());
}
