//! The memory that both sides share: the input, which JavaScript writes, and the answer, which it reads.

use crate::permissions::Packer;
use crate::static_cell::StaticCell;

/// What JavaScript has written.
pub mod input {
    use crate::permissions::Unpacker;
    use crate::static_cell::StaticCell;

    static INPUT: StaticCell<Vec<u32>> = StaticCell::new(Vec::new());

    /// Makes room for so many words; returns where.
    pub fn reserve(words: usize) -> *mut u32 {
        INPUT.with(|input| {
            *input = Vec::new(); // First of all, so that there is no need for room for both.
            input.resize(words, 0);
            input.as_mut_ptr()
        })
    }

    /// All of it.
    #[inline(always)]
    pub fn bytes() -> &'static [u8] {
        bytes_of(INPUT.get())
    }

    /// A plan of that many words, and the text behind it, of so many bytes.
    pub fn unpacker(plan: usize, size: usize) -> Unpacker<'static> {
        let (plan, rest) = INPUT.get().split_at_checked(plan).unwrap_or_default();
        let text = bytes_of(rest).get(..size).unwrap_or_default();
        // SAFETY: it was written by `TextEncoder.encodeInto`.
        Unpacker::new(unsafe { std::str::from_utf8_unchecked(text) }, plan)
    }

    #[inline(always)]
    fn bytes_of(words: &[u32]) -> &[u8] {
        // SAFETY: words are bytes in memory, four of them each.
        unsafe { std::slice::from_raw_parts(words.as_ptr().cast(), size_of_val(words)) }
    }
}

/// Where the answer lies: the numbers and how many they are, the text and how long it is.
#[repr(C)]
pub struct Answer {
    numbers: *const u32,
    count: usize,
    text: *const u8,
    size: usize,
}

/// The answer to the last call, which is there until the next.
static ANSWER: StaticCell<(Packer, Answer)> = StaticCell::new((
    Packer { numbers: Vec::new(), texts: String::new() },
    Answer { numbers: std::ptr::null(), count: 0, text: std::ptr::null(), size: 0 },
));

/// Answers with what `write` writes.
pub fn answer(write: impl FnOnce(&mut Packer)) -> *const Answer {
    let mut packer = Packer::default();
    write(&mut packer);
    ANSWER.with(|(answer, place)| {
        *answer = packer;
        let Packer { numbers, texts } = answer;
        *place = Answer { numbers: numbers.as_ptr(), count: numbers.len(), text: texts.as_ptr(), size: texts.len() };
        std::ptr::from_ref(place)
    })
}
