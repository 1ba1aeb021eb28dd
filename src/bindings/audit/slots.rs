//! Values that JavaScript knows by a number.

use crate::scan::{Columns, CsvReader};
use crate::static_cell::StaticCell;
use core::arch::wasm32::unreachable;

/// What a slot holds.
pub enum Held {
    Table(Box<Columns>),
    CsvReader(Box<CsvReader>),
}

#[derive(Default)]
enum Slot {
    #[default]
    Free,
    /// A call works on the value. It stays so if the call traps: the value may be half changed.
    Busy,
    Held(Held),
}

static SLOTS: StaticCell<Vec<Slot>> = StaticCell::new(Vec::new());

/// Puts a value into a slot, and returns its number.
#[inline(never)]
pub fn hold(value: Held) -> usize {
    SLOTS.with(|slots| {
        let free = slots.iter().position(|slot| matches!(slot, Slot::Free)).unwrap_or(slots.len());
        let held = Slot::Held(value);
        match slots.get_mut(free) {
            Some(slot) => *slot = held,
            None => slots.push(held),
        }
        free
    })
}

/// Frees the value in a slot. The number may be used again.
#[unsafe(no_mangle)]
pub extern "C" fn release(slot: usize) {
    exchange(slot, Slot::Free);
}

/// Works on the value in a slot. Traps if it is not there: a call that was interrupted has left it half changed.
pub fn with<R>(slot: usize, work: impl FnOnce(&mut Held) -> R) -> R {
    let Slot::Held(mut held) = exchange(slot, Slot::Busy) else { unreachable() };
    let result = work(&mut held);
    exchange(slot, Slot::Held(held));
    result
}

/// Works on the table in a slot.
pub fn with_table<R>(slot: usize, work: impl FnOnce(&mut Columns) -> R) -> R {
    with(slot, |held| match held {
        Held::Table(columns) => work(columns),
        Held::CsvReader(_) => unreachable(),
    })
}

#[inline(never)]
fn exchange(slot: usize, value: Slot) -> Slot {
    SLOTS.with(|slots| slots.get_mut(slot).map_or(Slot::Free, |found| std::mem::replace(found, value)))
}
