//! Code units in classes, and sets of their numbers as bits.

use super::set::{Ranges, WORD};

/// Code units in classes: all units of a class are the same to every set of the pattern.
#[derive(Debug)]
pub(super) struct Classes {
    /// The first unit of each class.
    starts: Vec<u32>,
    /// The class of each unit of ASCII.
    ascii: Vec<u16>,
}

impl Classes {
    pub fn new(ranges: &Ranges) -> Self {
        let mut is_start = vec![0u64; 1024];
        add(&mut is_start, 0);
        for ranges in [ranges, WORD] {
            for (first, last) in ranges {
                add(&mut is_start, u32::from(*first));
                add(&mut is_start, u32::from(*last) + 1);
            }
        }
        let mut starts = Vec::new();
        numbers(&is_start, &mut starts);
        let mut classes = Self { starts, ascii: Vec::new() };
        classes.ascii = (0..128).map(|unit| classes.find(unit)).collect();
        classes
    }

    #[inline(always)]
    pub fn of(&self, unit: u16) -> u16 {
        self.ascii.get(usize::from(unit)).copied().unwrap_or_else(|| self.find(unit))
    }

    fn find(&self, unit: u16) -> u16 {
        (self.starts.partition_point(|start| *start <= u32::from(unit)) - 1) as u16
    }

    /// The first unit of a class.
    pub fn unit(&self, class: usize) -> u16 {
        self.starts.get(class).copied().unwrap_or_default() as u16
    }

    /// How many there are. It is also the number that stands for the end of the value.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

/// Adds a number to a set of bits; returns whether it was not in it.
#[inline(always)]
pub(super) fn add(bits: &mut [u64], number: u32) -> bool {
    let Some(word) = bits.get_mut(number as usize / 64) else { return false };
    let before = *word;
    *word |= 1 << (number % 64);
    *word != before
}

/// Adds the numbers in a set of bits to a list, in order.
pub(super) fn numbers(words: &[u64], list: &mut Vec<u32>) {
    let mut start = 0;
    for word in words {
        let mut left = *word;
        while left != 0 {
            list.push(start + left.trailing_zeros());
            left &= left - 1;
        }
        start += 64;
    }
}
