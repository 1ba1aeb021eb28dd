//! JSON, as far as it has to be looked at: where values begin and end. What is skipped is not checked for more than that its
//! brackets and quotes match.

use std::borrow::Cow;

/// A place in a JSON text. Every method returns `None` where the text is not as it should be.
pub struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// A string as it stands between its quotes.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    raw: &'a [u8],
    is_escaped: bool,
}

impl<'a> Scanner<'a> {
    /// The beginning of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        let at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 }; // As `response.json()` has it.
        Self { bytes, at }
    }

    /// How far it has come.
    pub const fn position(&self) -> usize {
        self.at
    }

    /// The next byte that is no white space.
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(*byte),
            }
        }
    }

    /// Goes past `byte`, if it comes next.
    pub fn eat(&mut self, byte: u8) -> bool {
        let comes = self.peek() == Some(byte);
        self.at += usize::from(comes);
        comes
    }

    /// Goes past `byte`, which has to come next.
    pub fn expect(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }

    /// Goes on to the next item of an array or an object that ends with `end`: whether there is one. `is_first` says that
    /// none has been seen.
    pub fn next(&mut self, end: u8, is_first: bool) -> Option<bool> {
        if self.eat(end) {
            return Some(false);
        }
        if !is_first {
            self.expect(b',')?;
        }
        Some(true)
    }

    /// Goes past this very string, if it comes next, and is written as it is.
    pub fn eat_string(&mut self, text: &[u8]) -> bool {
        if self.peek() != Some(b'"') {
            return false;
        }
        let start = self.at + 1;
        let end = start + text.len();
        let comes =
            self.bytes.get(end) == Some(&b'"') && self.bytes.get(start..end).is_some_and(|found| same(found, text));
        if comes {
            self.at = end + 1;
        }
        comes
    }

    /// A string.
    pub fn string(&mut self) -> Option<Text<'a>> {
        self.expect(b'"')?;
        let start = self.at;
        let mut is_escaped = false;
        loop {
            self.at += plain_bytes(self.bytes.get(self.at..)?);
            match self.bytes.get(self.at)? {
                b'"' => break,
                _ => {
                    is_escaped = true; // With a backslash.
                    self.at += 2;
                }
            }
        }
        let raw = self.bytes.get(start..self.at)?;
        self.at += 1;
        Some(Text { raw, is_escaped })
    }

    /// A number, `true`, `false` or `null`, as it is written.
    pub fn word(&mut self) -> Option<&'a str> {
        self.peek()?;
        let rest = self.bytes.get(self.at..)?;
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).filter(|word| !word.is_empty()).and_then(|word| str::from_utf8(word).ok())
    }

    /// Goes past a value, whatever it is.
    pub fn skip(&mut self) -> Option<()> {
        // Not by recursion: a body may be nested as deep as its sender likes.
        let mut open = Vec::new();
        loop {
            match self.peek()? {
                b'"' => drop(self.string()?),
                bracket @ (b'{' | b'[') => {
                    self.at += 1;
                    open.push(bracket + 2); // In ASCII, that closes it.
                    continue;
                }
                bracket @ (b'}' | b']') => {
                    self.at += 1;
                    if open.pop() != Some(bracket) {
                        return None;
                    }
                }
                b',' | b':' if !open.is_empty() => {
                    self.at += 1;
                    continue;
                }
                _ => drop(self.word()?),
            }
            if open.is_empty() {
                return Some(());
            }
        }
    }
}

/// How many bytes there are before the next quote or backslash. Eight are looked at at a time.
fn plain_bytes(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    // Its lowest bit is in the first byte that is zero.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & (ONES << 7);
    let mut chunks = bytes.chunks_exact(8);
    let mut plain = 0;
    for chunk in &mut chunks {
        let word = chunk.try_into().map_or(0, u64::from_le_bytes);
        let found = zeros(word ^ (ONES * u64::from(b'"'))) | zeros(word ^ (ONES * u64::from(b'\\')));
        if found != 0 {
            return plain + found.trailing_zeros() as usize / 8;
        }
        plain += 8;
    }
    plain + chunks.remainder().iter().take_while(|byte| !matches!(byte, b'"' | b'\\')).count()
}

/// Whether two texts are the same: quicker than `==`, which in WebAssembly goes byte by byte.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() || a.first() != b.first() {
        return false;
    }
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let is_same = |(a, b): (&[u8], &[u8])| match (a.try_into(), b.try_into()) {
        (Ok(a), Ok(b)) => u64::from_le_bytes(a) == u64::from_le_bytes(b),
        _ => false,
    };
    a.remainder().iter().eq(b.remainder()) && a.zip(b).all(is_same)
}

impl<'a> Text<'a> {
    /// What it says, in UTF-8 as far as it is.
    pub fn bytes(&self) -> Cow<'a, [u8]> {
        if self.is_escaped { Cow::Owned(unescaped(self.raw).into_bytes()) } else { Cow::Borrowed(self.raw) }
    }
}

/// What stands for half a surrogate pair, which has no UTF-8 form.
const LOST: char = char::REPLACEMENT_CHARACTER;

fn unescaped(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let mut rest = text.chars();
    let mut plain = String::with_capacity(text.len());
    while let Some(c) = rest.next() {
        let becomes = match c {
            '\\' => match rest.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some('b') => '\x08',
                Some('f') => '\x0c',
                Some('u') => {
                    let unit = hex(&mut rest);
                    let mut after = rest.clone();
                    match (unit, after.next(), after.next()) {
                        (0xd800..=0xdbff, Some('\\'), Some('u')) => match hex(&mut after) {
                            low @ 0xdc00..=0xdfff => {
                                rest = after;
                                char::from_u32(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)).unwrap_or(LOST)
                            }
                            _ => LOST,
                        },
                        _ => char::from_u32(unit).unwrap_or(LOST),
                    }
                }
                Some(other) => other,
                None => LOST,
            },
            c => c,
        };
        plain.push(becomes);
    }
    plain
}

/// The four hexadecimal digits that come next; half a pair if they do not.
fn hex(rest: &mut std::str::Chars<'_>) -> u32 {
    let mut unit = 0;
    for _ in 0..4 {
        match rest.next().and_then(|digit| digit.to_digit(16)) {
            Some(digit) => unit = unit << 4 | digit,
            None => return 0xdfff,
        }
    }
    unit
}
