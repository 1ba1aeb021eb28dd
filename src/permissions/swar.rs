//! A text as words of eight bytes: hashed and compared a word at a time, and each prefix on the way to the whole.
//!
//! All is inlined: in a module that is built to be small, a call takes longer than what is done here.

/// The bytes of a word.
pub const WORD: usize = 8;

/// The word of `text` that begins at `start`, if that many bytes are left.
#[inline(always)]
pub fn word_at(text: &[u8], start: usize) -> Option<u64> {
    text.get(start..)?.first_chunk::<WORD>().map(|bytes| u64::from_le_bytes(*bytes))
}

/// What is left of `text` from `start`, less than a word: zeros are behind it.
#[inline(always)]
pub fn rest_at(text: &[u8], start: usize) -> u64 {
    let (mut word, mut end) = (0, text.len());
    while end > start {
        end -= 1;
        word = word << 8 | u64::from(text.get(end).copied().unwrap_or_default());
    }
    word
}

/// The last word of a text: so many bits of `word`, fewer than all, closed by a byte that is in no UTF-8. So no text's words
/// begin another's.
#[inline(always)]
pub const fn closed(word: u64, bits: u32) -> u64 {
    word & ((1 << bits) - 1) | 0xff << bits
}

/// The highest bit of each byte that is a colon.
#[inline(always)]
pub const fn colons(word: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let others = word ^ 0x3a3a_3a3a_3a3a_3a3a;
    !(((others & LOW) + LOW) | others | LOW)
}

/// How far a text is read: the hash of its words up to there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Read(u64);

impl Read {
    /// And one more word.
    #[inline(always)]
    pub const fn and(self, word: u64) -> Self {
        let product = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(product ^ product >> 32)
    }

    /// The hash of a text that ends here. Its high bits are the ones that depend on all that was read.
    #[inline(always)]
    pub const fn hash(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_words() {
        let text = b"mcp:github";
        assert_eq!(word_at(text, 0), Some(u64::from_le_bytes(*b"mcp:gith")));
        assert_eq!(word_at(text, 8), None);
        assert_eq!(rest_at(text, 8), u64::from_le_bytes(*b"ub\0\0\0\0\0\0"));
        assert_eq!(closed(rest_at(text, 8), 16), u64::from_le_bytes(*b"ub\xff\0\0\0\0\0"));
        assert_eq!(closed(0x6262, 0), 0xff);
    }

    #[test]
    fn colons_are_found_beside_bytes_that_are_almost_colons() {
        for text in [*b":;:;9:::", *b"\xba:\x3b\x3a\0\0::", *b";;;;;;;;", *b"::::::::"] {
            let expected = text.map(|byte| if byte == b':' { 0x80 } else { 0 });
            assert_eq!(colons(u64::from_le_bytes(text)), u64::from_le_bytes(expected));
        }
    }
}
