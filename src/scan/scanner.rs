//! A JSON scanner: finds where values begin and end. Of values that are skipped, only the nesting of brackets and quotes is
//! checked.

use super::swar::{equal, plain_length};
use std::borrow::Cow;

/// A position in a JSON text. Every method returns `None` where the text is malformed.
pub struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// A string as it stands between its quotes.
#[derive(Clone, Copy)]
pub struct JsonString<'a> {
    raw: &'a [u8],
    is_escaped: bool,
}

impl<'a> Scanner<'a> {
    /// The beginning of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        let at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 }; // As `response.json()` has it.
        Self { bytes, at }
    }

    /// The offset of the next byte.
    pub const fn position(&self) -> usize {
        self.at
    }

    /// What has been read since an offset.
    pub fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// The next byte that is not white space.
    #[inline(always)]
    pub fn peek(&mut self) -> Option<u8> {
        // Servers write none.
        self.bytes.get(self.at).copied().filter(|byte| *byte > b' ').or_else(|| self.skip_space())
    }

    #[inline(never)]
    fn skip_space(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(*byte),
            }
        }
    }

    /// Consumes `byte` if it comes next.
    #[inline(always)]
    pub fn eat(&mut self, byte: u8) -> bool {
        let comes = self.peek() == Some(byte);
        self.at += usize::from(comes);
        comes
    }

    /// Consumes `byte`, which must come next.
    #[inline(always)]
    pub fn expect(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }

    /// Advances to the next item of an array or object that ends with `end`, and returns whether there is one. `is_first` says that
    /// none has been read.
    #[inline(always)]
    pub fn next(&mut self, end: u8, is_first: bool) -> Option<bool> {
        if self.eat(end) {
            return Some(false);
        }
        if !is_first {
            self.expect(b',')?;
        }
        Some(true)
    }

    /// Consumes the string `text` if it comes next, written without escapes.
    #[inline(always)]
    pub fn eat_string(&mut self, text: &[u8]) -> bool {
        if self.peek() != Some(b'"') {
            return false;
        }
        let start = self.at + 1;
        let end = start + text.len();
        let comes =
            self.bytes.get(end) == Some(&b'"') && self.bytes.get(start..end).is_some_and(|found| equal(found, text));
        if comes {
            self.at = end + 1;
        }
        comes
    }

    /// A string.
    pub fn string(&mut self) -> Option<JsonString<'a>> {
        self.expect(b'"')?;
        let start = self.at;
        let mut is_escaped = false;
        loop {
            self.at += plain_length(self.bytes.get(self.at..)?);
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
        Some(JsonString { raw, is_escaped })
    }

    /// A number, `true`, `false` or `null`, as it is written.
    pub fn word(&mut self) -> Option<&'a [u8]> {
        self.peek()?;
        let rest = self.bytes.get(self.at..)?;
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).filter(|word| !word.is_empty())
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

impl<'a> JsonString<'a> {
    /// Its text, unescaped.
    #[inline(always)]
    pub fn bytes(&self) -> Cow<'a, [u8]> {
        if self.is_escaped { Cow::Owned(unescaped(self.raw)) } else { Cow::Borrowed(self.raw) }
    }
}

/// Stands for half a surrogate pair, which UTF-8 cannot encode.
const LOST: char = char::REPLACEMENT_CHARACTER;

#[inline(never)]
fn unescaped(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    let mut rest = raw;
    loop {
        let plain = rest.iter().take_while(|byte| **byte != b'\\').count();
        text.extend_from_slice(rest.get(..plain).unwrap_or_default());
        let Some([_, escape, after @ ..]) = rest.get(plain..) else { return text };
        rest = after;
        text.push(match escape {
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'b' => 8,
            b'f' => 12,
            b'u' => {
                let character = character(&mut rest);
                text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                continue;
            }
            other => *other,
        });
    }
}

/// The character of the escape that begins before `rest`: one unit, or a surrogate pair.
fn character(rest: &mut &[u8]) -> char {
    let unit = code_unit(rest);
    if let (Some(high @ 0xd800..=0xdbff), [b'\\', b'u', after @ ..]) = (unit, *rest) {
        let mut after = after;
        if let Some(low @ 0xdc00..=0xdfff) = code_unit(&mut after) {
            *rest = after;
            return char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)).unwrap_or(LOST);
        }
    }
    unit.and_then(char::from_u32).unwrap_or(LOST)
}

/// Goes past four hexadecimal digits, if they come next.
#[inline(never)]
fn code_unit(rest: &mut &[u8]) -> Option<u32> {
    let (digits, after) = rest.split_at_checked(4)?;
    let mut unit = 0;
    for byte in digits {
        unit = unit << 4 | char::from(*byte).to_digit(16)?;
    }
    *rest = after;
    Some(unit)
}
