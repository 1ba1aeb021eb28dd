//! Readers of CSV exports.

use super::buffers::{Input, leave};
use super::slots::{Held, hold, with};
use core::arch::wasm32::unreachable;

/// Makes a reader, and returns its slot.
#[unsafe(no_mangle)]
pub extern "C" fn csv_new() -> usize {
    hold(Held::CsvReader(Box::default()))
}

/// Reads the next bytes, or, with `is_end`, the end of the file. Returns 0 and leaves the rows that are complete as bytes: JSON objects,
/// each with a comma after it. Returns the number of a `CsvError` if the file cannot be read.
#[unsafe(no_mangle)]
pub extern "C" fn csv_read(slot: usize, length: u32, most: u32, is_end: bool) -> u32 {
    let input = Input::take();
    with(slot, |held| {
        let Held::CsvReader(reader) = held else { unreachable() };
        let read = if is_end { reader.end() } else { reader.read(input.next(length), most as usize) };
        leave(reader.take_rows());
        read.map_or_else(|error| error as u32, |()| 0)
    })
}
