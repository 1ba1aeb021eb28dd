//! A table of texts, each with what belongs to it: looked up without allocating.
//!
//! With thousands of texts it is the way to the memory that takes time. So there is little of it: a slot says just enough to
//! pass over a text that is not meant, and what belongs to a text lies behind it.

use super::swar::{Read, WORD, closed, rest_at, word_at};
use std::num::NonZeroU32;

/// Texts, each with some words that belong to it.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// For each text its words, then those that belong to it.
    words: Vec<u64>,
    /// A power of two of them, at most three quarters of them taken.
    slots: Vec<Slot>,
    count: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    hash: u32,
    /// Where the text begins, plus one; 0 for none.
    start: u32,
}

impl Names {
    /// Where that lies which belongs to `text`, if it is known.
    pub fn find(&self, text: &[u8]) -> Option<NonZeroU32> {
        let (mut read, mut start) = (Read::default(), 0);
        while let Some(word) = word_at(text, start) {
            read = read.and(word);
            start += WORD;
        }
        self.find_read(read, text, closed(rest_at(text, start), 8 * (text.len() - start) as u32))
    }

    /// The same for a text that is read up to its last word, which that is, closed.
    pub fn find_read(&self, read: Read, text: &[u8], last: u64) -> Option<NonZeroU32> {
        let hash = read.and(last).hash();
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = self.home(hash);
        loop {
            let slot = self.slots.get(at)?;
            let place = slot.start.checked_sub(1)?;
            if slot.hash == hash
                && let Some(end) = self.end_of(place, text, last)
            {
                return NonZeroU32::new(end as u32);
            }
            at = (at + 1) & mask;
        }
    }

    /// Where the text that begins at `place` ends, if it is that one.
    #[inline(always)]
    fn end_of(&self, place: u32, text: &[u8], last: u64) -> Option<usize> {
        let (mut place, mut start) = (place as usize, 0);
        loop {
            let known = *self.words.get(place)?;
            place += 1;
            match word_at(text, start) {
                Some(word) if word == known => start += WORD,
                Some(_) => return None,
                None => return (known == last).then_some(place),
            }
        }
    }

    /// What lies there, and whatever comes behind.
    #[inline(always)]
    pub fn behind(&self, place: NonZeroU32) -> &[u64] {
        self.words.get(place.get() as usize..).unwrap_or_default()
    }

    /// Adds a text that is not known yet; what is put behind what this returns belongs to it.
    pub fn insert(&mut self, text: &[u8]) -> &mut Vec<u64> {
        self.count += 1;
        if self.count * 4 > self.slots.len() * 3 {
            let larger = vec![Slot::default(); (self.slots.len() * 2).max(16)];
            for slot in std::mem::replace(&mut self.slots, larger) {
                if slot.start > 0 {
                    self.place(slot);
                }
            }
        }
        let begin = self.words.len() as u32 + 1;
        let (mut read, mut start) = (Read::default(), 0);
        while let Some(word) = word_at(text, start) {
            read = read.and(word);
            self.words.push(word);
            start += WORD;
        }
        let last = closed(rest_at(text, start), 8 * (text.len() - start) as u32);
        read = read.and(last);
        self.words.push(last);
        self.place(Slot { hash: read.hash(), start: begin });
        &mut self.words
    }

    /// The number of `text`, which is known from now on: texts are numbered in the order in which they come.
    pub fn intern(&mut self, text: &[u8]) -> usize {
        if let Some(place) = self.find(text) {
            return self.number(place);
        }
        let number = self.count;
        self.insert(text).push(number as u64);
        number
    }

    /// The number that lies there, of a text that was numbered.
    pub fn number(&self, place: NonZeroU32) -> usize {
        self.behind(place).first().copied().unwrap_or_default() as usize
    }

    fn place(&mut self, placed: Slot) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = self.home(placed.hash);
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.start == 0 {
                *slot = placed;
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// The first slot to look at: by the highest bits, the best of the hash.
    fn home(&self, hash: u32) -> usize {
        ((u64::from(hash) * self.slots.len() as u64) >> 32) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_numbers() {
        let mut names = Names::default();
        assert_eq!(names.find(b"a"), None);
        for number in 0..10_000u32 {
            assert_eq!(names.intern(number.to_string().as_bytes()), number as usize);
        }
        for number in 0..10_000u32 {
            let name = number.to_string();
            assert_eq!(names.intern(name.as_bytes()), number as usize);
            let place = names.find(name.as_bytes()).unwrap();
            assert_eq!(names.number(place), number as usize);
        }
        assert_eq!(names.find(b"x"), None);
    }

    #[test]
    fn names_of_the_same_hash_are_told_apart() {
        let mut by_hash = std::collections::HashMap::new();
        let mut pairs = 0;
        for number in 0..200_000u64 {
            let text = format!("{:016x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let words = [0, WORD].map(|start| word_at(text.as_bytes(), start).unwrap());
            let read = words.into_iter().chain([closed(0, 0)]).fold(Read::default(), Read::and);
            let Some(other) = by_hash.insert(read.hash(), text.clone()) else { continue };
            let mut names = Names::default();
            assert_eq!(names.intern(other.as_bytes()), 0);
            assert_eq!(names.find(text.as_bytes()), None);
            assert_eq!(names.intern(text.as_bytes()), 1);
            assert_eq!(names.intern(other.as_bytes()), 0);
            assert_eq!(names.slots.iter().filter(|slot| slot.hash == read.hash()).count(), 2);
            pairs += 1;
        }
        assert!(pairs > 0);
    }
}
