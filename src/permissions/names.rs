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
#[derive(Clone, Debug, Default)]
pub struct Names {
    known: Vec<(u32, Box<[u8]>)>,
    /// For each slot the number of a name, plus one; 0 for none. A power of two of them, at most half of them taken.
    slots: Vec<u32>,
}

impl Names {
    /// The number of `name`, whose hash that is, if it is known.
    pub fn find(&self, hash: u32, name: &[u8]) -> Option<usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = spread(hash) & mask;
        loop {
            let number = (*self.slots.get(slot)? as usize).checked_sub(1)?;
            let (known, bytes) = self.known.get(number)?;
            if *known == hash && **bytes == *name {
                return Some(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The number of `name`, which is known from now on.
    pub fn intern(&mut self, name: &[u8]) -> usize {
        let hash = hash_of(name);
        if let Some(number) = self.find(hash, name) {
            return number;
        }
        let number = self.known.len();
        self.known.push((hash, name.into()));
        if self.known.len() * 2 > self.slots.len() {
            self.slots = vec![0; (self.slots.len() * 2).max(16)];
            for number in 0..=number {
                self.place(number);
            }
        } else {
            self.place(number);
        }
        number
    }

    fn place(&mut self, number: usize) {
        let Some((hash, _)) = self.known.get(number) else { return };
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = spread(*hash) & mask;
        while let Some(taken) = self.slots.get_mut(slot) {
            if *taken == 0 {
                *taken = number as u32 + 1;
                return;
            }
            slot = (slot + 1) & mask;
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
