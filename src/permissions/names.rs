//! A table of byte strings, each with a number: looked up without allocating.

/// The hash of no bytes at all.
pub const EMPTY: u32 = 0x811c_9dc5;

/// The hash of what came before and one more byte (FNV-1a): a prefix is hashed on the way to the whole.
pub const fn hash_on(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// The hash of `bytes`.
pub fn hash_of(bytes: &[u8]) -> u32 {
    bytes.iter().fold(EMPTY, |hash, byte| hash_on(hash, *byte))
}

/// Byte strings, numbered in the order in which they came.
///
/// They lie in one piece, and a slot says all there is to know before the bytes themselves are looked at: with thousands of
/// names, it is the way to the memory that takes time.
#[derive(Clone, Debug, Default)]
pub struct Names {
    bytes: Vec<u8>,
    /// A power of two of them, at most half of them taken.
    slots: Vec<Slot>,
    count: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    hash: u32,
    start: u32,
    length: u32,
    /// The number of the name, plus one; 0 for none.
    number: u32,
}

impl Names {
    /// The number of `name`, whose hash that is, if it is known.
    pub fn find(&self, hash: u32, name: &[u8]) -> Option<usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = spread(hash) & mask;
        loop {
            let slot = self.slots.get(at)?;
            let number = slot.number.checked_sub(1)?;
            if slot.hash == hash && self.bytes_of(slot) == Some(name) {
                return Some(number as usize);
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of `name`, which is known from now on.
    pub fn intern(&mut self, name: &[u8]) -> usize {
        let hash = hash_of(name);
        if let Some(number) = self.find(hash, name) {
            return number;
        }
        let number = self.count;
        self.count += 1;
        if self.count as usize * 2 > self.slots.len() {
            let larger = vec![Slot::default(); (self.slots.len() * 2).max(16)];
            for slot in std::mem::replace(&mut self.slots, larger) {
                if slot.number > 0 {
                    self.place(slot);
                }
            }
        }
        self.place(Slot { hash, start: self.bytes.len() as u32, length: name.len() as u32, number: number + 1 });
        self.bytes.extend_from_slice(name);
        number as usize
    }

    fn bytes_of(&self, slot: &Slot) -> Option<&[u8]> {
        let start = slot.start as usize;
        self.bytes.get(start..start + slot.length as usize)
    }

    fn place(&mut self, placed: Slot) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = spread(placed.hash) & mask;
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.number == 0 {
                *slot = placed;
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

/// FNV leaves its low bits alike for names that differ in their last byte's high bits alone.
const fn spread(hash: u32) -> usize {
    (hash ^ (hash >> 15)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_numbers() {
        let mut names = Names::default();
        assert_eq!(names.find(hash_of(b"a"), b"a"), None);
        for number in 0..10_000u32 {
            assert_eq!(names.intern(number.to_string().as_bytes()), number as usize);
        }
        for number in 0..10_000u32 {
            let name = number.to_string();
            assert_eq!(names.intern(name.as_bytes()), number as usize);
            assert_eq!(names.find(hash_of(name.as_bytes()), name.as_bytes()), Some(number as usize));
        }
        assert_eq!(names.find(hash_of(b"x"), b"x"), None);
    }
}
