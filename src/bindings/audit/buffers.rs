//! Arrays that pass the boundary. JavaScript writes what a call takes into the input, and copies what it returns out of the output.

use crate::static_cell::StaticCell;
use std::cell::Cell;
use std::mem;

static INPUT: StaticCell<Vec<u64>> = StaticCell::new(Vec::new());
static OUTPUT: StaticCell<Vec<u8>> = StaticCell::new(Vec::new());

/// Makes room for so many bytes of input, and returns where it is. Frees the output.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(length: usize) -> *const u64 {
    leave(Vec::new());
    INPUT.with(|input| {
        *input = vec![0; length.div_ceil(8)];
        input.as_ptr()
    })
}

/// Where the output is.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    OUTPUT.with(|output| output.as_ptr())
}

/// How many bytes the output has.
#[unsafe(no_mangle)]
pub extern "C" fn output_length() -> usize {
    OUTPUT.with(|output| output.len())
}

/// Leaves output for JavaScript to copy.
#[inline(never)]
pub fn leave(output: Vec<u8>) {
    OUTPUT.with(|found| *found = output);
}

/// Bytes of numbers, one after the other, as JavaScript's arrays of numbers have them.
pub fn bytes_of<const N: usize>(numbers: impl Iterator<Item = [u8; N]>) -> Vec<u8> {
    let (_, most) = numbers.size_hint();
    let mut bytes = Vec::with_capacity(most.unwrap_or_default() * N);
    for number in numbers {
        bytes.extend_from_slice(&number);
    }
    bytes
}

/// The arrays that a call takes, each of which begins at a multiple of eight bytes. Freed with the call.
pub struct Input {
    words: Vec<u64>,
    at: Cell<usize>,
}

impl Input {
    /// Takes what JavaScript has written.
    #[inline(never)]
    pub fn take() -> Self {
        Self { words: INPUT.with(mem::take), at: Cell::new(0) }
    }

    /// The next array, which has so many items. It is empty if fewer are there.
    pub fn next<T: Plain>(&self, length: u32) -> &[T] {
        let size = (length as usize).saturating_mul(size_of::<T>());
        self.advance(size).map_or(&[], |start| {
            // SAFETY: these bytes are of `words`, which is aligned for any `Plain` type and lives as long as `self`.
            unsafe { std::slice::from_raw_parts(start.cast(), length as usize) }
        })
    }

    fn advance(&self, size: usize) -> Option<*const u64> {
        let start = self.at.get();
        let end = start + size.div_ceil(8);
        let found = self.words.get(start..end)?;
        self.at.set(end);
        Some(found.as_ptr())
    }
}

/// Types of which any bytes are a value, and which need an alignment of at most eight bytes.
///
/// # Safety
/// Only for such types.
pub unsafe trait Plain {}

// SAFETY: they are.
unsafe impl Plain for u8 {}
unsafe impl Plain for u32 {}
unsafe impl Plain for [f64; 2] {}
