//! Distinct values, each stored once and known by a number.

use super::swar::equal;

/// Distinct texts, numbered in the order in which they first occur.
pub struct Interner {
    /// All texts, one after the other.
    bytes: Vec<u8>,
    /// Where each text ends.
    ends: Vec<u32>,
    index: HashIndex,
}

impl Interner {
    /// Makes one without texts.
    pub const fn new() -> Self {
        Self { bytes: Vec::new(), ends: Vec::new(), index: HashIndex { slots: Vec::new(), hashes: Vec::new() } }
    }

    /// Returns the number of `text`, and whether it is new. Not inlined: it is called for each text of an entry.
    #[inline(never)]
    pub fn intern(&mut self, text: &[u8]) -> (u32, bool) {
        let Self { bytes, ends, index } = self;
        let (number, is_new) = index.find_or_insert(hash(text), |number| equal(get(bytes, ends, number), text));
        if is_new {
            bytes.extend_from_slice(text);
            ends.push(bytes.len() as u32);
        }
        (number, is_new)
    }

    /// All texts but the first `known` ones, one after the other, and where each ends among them.
    pub fn after(&self, known: usize) -> (&[u8], impl ExactSizeIterator<Item = u32> + Clone) {
        let start = known.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or_default();
        let ends = self.ends.get(known..).unwrap_or_default().iter().map(move |end| end - start);
        (self.bytes.get(start as usize..).unwrap_or_default(), ends)
    }

    /// The text with that number; empty if there is none.
    #[inline(never)]
    pub fn get(&self, number: u32) -> &[u8] {
        get(&self.bytes, &self.ends, number)
    }
}

#[inline(always)]
fn get<'a>(bytes: &'a [u8], ends: &[u32], number: u32) -> &'a [u8] {
    let end = |number: u32| ends.get(number as usize).copied().unwrap_or_default() as usize;
    let start = number.checked_sub(1).map_or(0, end);
    bytes.get(start..end(number)).unwrap_or_default()
}

const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;

#[inline(always)]
fn hash(text: &[u8]) -> u64 {
    let mut chunks = text.chunks_exact(8);
    let mut hash = text.len() as u64;
    for chunk in &mut chunks {
        hash = mixed(hash ^ chunk.try_into().map_or(0, u64::from_le_bytes));
    }
    mixed(hash ^ chunks.remainder().iter().fold(0, |rest, byte| rest << 8 | u64::from(*byte)))
}

const fn mixed(value: u64) -> u64 {
    let product = value.wrapping_mul(PRIME);
    product ^ product >> 32
}

/// An open-addressing hash table of numbers only. The caller holds the keys, and compares them.
#[derive(Default)]
struct HashIndex {
    /// Each number plus one, in the slot that its hash selects or the next free one; 0 for a free slot.
    slots: Vec<u32>,
    hashes: Vec<u64>,
}

impl HashIndex {
    /// Returns the number of the key with that hash, and whether it is new.
    fn find_or_insert(&mut self, hash: u64, is_equal: impl Fn(u32) -> bool) -> (u32, bool) {
        if self.hashes.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(slot) = self.slots.get_mut(at) {
            let Some(number) = slot.checked_sub(1) else {
                self.hashes.push(hash);
                *slot = self.hashes.len() as u32;
                return (*slot - 1, true);
            };
            if self.hashes.get(number as usize) == Some(&hash) && is_equal(number) {
                return (number, false);
            }
            at = (at + 1) & mask;
        }
        (0, false) // Unreachable: half of the slots are free.
    }

    #[inline(never)]
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        let mut slots = vec![0; size];
        for (number, hash) in (1..).zip(&self.hashes) {
            let mut at = *hash as usize & (size - 1);
            while let Some(slot) = slots.get_mut(at) {
                if *slot == 0 {
                    *slot = number;
                    break;
                }
                at = (at + 1) & (size - 1);
            }
        }
        self.slots = slots;
    }
}

/// Distinct integers, numbered in the order in which they first occur.
#[derive(Default)]
pub struct KeyInterner {
    keys: Vec<u64>,
    index: HashIndex,
}

impl KeyInterner {
    /// Returns the number of `key`.
    pub fn intern(&mut self, key: u64) -> u32 {
        let Self { keys, index } = self;
        let (number, is_new) = index.find_or_insert(mixed(key), |number| keys.get(number as usize) == Some(&key));
        if is_new {
            keys.push(key);
        }
        number
    }
}
