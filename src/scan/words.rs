//! Texts that come again and again, kept once.

use super::scanner::same;

/// Distinct texts, numbered as they come.
#[derive(Default)]
pub struct Words {
    /// One after the other.
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<u32>,
    numbers: Numbers,
}

impl Words {
    /// The number of `text`, and whether it is new.
    pub fn number(&mut self, text: &[u8]) -> (u32, bool) {
        let Self { bytes, ends, numbers } = self;
        let (number, is_new) = numbers.find(hash(text), |number| same(get(bytes, ends, number), text));
        if is_new {
            bytes.extend_from_slice(text);
            ends.push(bytes.len() as u32);
        }
        (number, is_new)
    }

    /// All of them, one after the other, and where each ends.
    pub fn all(&self) -> (&[u8], &[u32]) {
        (&self.bytes, &self.ends)
    }

    /// The text with that number; nothing if there is none.
    #[inline(never)]
    pub fn get(&self, number: u32) -> &[u8] {
        get(&self.bytes, &self.ends, number)
    }
}

fn get<'a>(bytes: &'a [u8], ends: &[u32], number: u32) -> &'a [u8] {
    let end = |number: u32| ends.get(number as usize).copied().unwrap_or_default() as usize;
    let start = number.checked_sub(1).map_or(0, end);
    bytes.get(start..end(number)).unwrap_or_default()
}

const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;

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

/// Numbers for keys, in the order in which they come. Who asks says which number is the key's.
#[derive(Default)]
pub struct Numbers {
    /// Each number and one, at the place that its hash leads to, or after it.
    slots: Vec<u32>,
    hashes: Vec<u64>,
}

impl Numbers {
    /// The number of the key with that hash, and whether it is new.
    pub fn find(&mut self, hash: u64, is_it: impl Fn(u32) -> bool) -> (u32, bool) {
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
            if self.hashes.get(number as usize) == Some(&hash) && is_it(number) {
                return (number, false);
            }
            at = (at + 1) & mask;
        }
        (0, false) // There is always a free place.
    }

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

/// Distinct keys that are numbers themselves, numbered as they come.
#[derive(Default)]
pub struct Keys {
    keys: Vec<u64>,
    numbers: Numbers,
}

impl Keys {
    /// The number of `key`.
    pub fn number(&mut self, key: u64) -> u32 {
        let Self { keys, numbers } = self;
        let (number, is_new) = numbers.find(mixed(key), |number| keys.get(number as usize) == Some(&key));
        if is_new {
            keys.push(key);
        }
        number
    }
}
