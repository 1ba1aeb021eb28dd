//! An incremental CSV parser for exports, by RFC 4180.
//!
//! Some servers quote every reason and escape nothing. Such a file has more than one meaning: the author of a request can forge rows
//! in it. The reader does not guess. It fails with [`CsvError::Ambiguous`] where a file breaks the rules, or quotes a reason that needs
//! no quotes although it does not quote everything.

use std::mem;

/// The columns of an export, in order.
pub const COLUMNS: [&str; 10] =
    ["id", "agentId", "userId", "action", "resource", "result", "reason", "durationMs", "tokensCost", "timestamp"];
const REASON: usize = 6;
const DURATION: usize = 7;
const COST: usize = 8;
const TIMESTAMP: usize = 9;

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CsvError {
    /// It does not begin with the names of the columns.
    Header = 1,
    /// It does not, or may not, follow the rules.
    Ambiguous,
    /// It has a record that is longer than allowed.
    TooLong,
    /// It ends within a record.
    Unfinished,
}

impl CsvError {
    /// All of them, with the names by which JavaScript knows them.
    pub const ALL: [(&str, Self); 4] = [
        ("HEADER", Self::Header),
        ("AMBIGUOUS", Self::Ambiguous),
        ("OVERLONG", Self::TooLong),
        ("UNFINISHED", Self::Unfinished),
    ];
}

/// The state of the parser before the next byte.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Start,
    Plain,
    Quoted,
    /// After a quote within quotes: the end of the field, or the first half of an escaped quote.
    Closed,
    /// After a carriage return that ends a line, together with a line feed.
    Return,
}

/// Reads the bytes of a file in chunks of any size, and writes its rows as JSON.
#[derive(Default)]
pub struct CsvReader {
    state: State,
    has_header: bool,
    /// Whether the file quotes what needs no quotes, known from the first id: servers choose ids, callers do not.
    quotes_all: Option<bool>,
    /// Whether the current field has quotes, and whether it needs them.
    is_quoted: bool,
    is_special: bool,
    /// The current field: its column, and its text as in a JSON string.
    column: usize,
    text: Vec<u8>,
    /// How many bytes of the current record have been read.
    length: usize,
    /// The rows, and how many bytes of them are complete rows.
    rows: Vec<u8>,
    whole: usize,
    /// How many bytes have been read: tests measure work by it.
    #[cfg(feature = "native-json")]
    pub steps: usize,
}

impl CsvReader {
    /// Reads the next bytes. No record may have more than `most` bytes.
    ///
    /// # Errors
    /// If the file cannot be read. Then the reader must not be used again.
    #[inline(never)]
    pub fn read(&mut self, bytes: &[u8], most: usize) -> Result<(), CsvError> {
        for byte in bytes {
            self.length += 1;
            if self.length > most {
                return Err(CsvError::TooLong);
            }
            self.byte(*byte)
                .map_err(|error| if error == CsvError::Unfinished { CsvError::Ambiguous } else { error })?;
        }
        Ok(())
    }

    /// Reads the end of the file.
    ///
    /// # Errors
    /// If the last record is incomplete, or the file cannot be read for another reason.
    pub fn end(&mut self) -> Result<(), CsvError> {
        if self.state == State::Quoted {
            return Err(CsvError::Unfinished);
        }
        self.end_record()?;
        if self.has_header { Ok(()) } else { Err(CsvError::Unfinished) }
    }

    /// Takes the complete rows: JSON objects, each with a comma after it.
    pub fn take_rows(&mut self) -> Vec<u8> {
        let rest = self.rows.get(self.whole..).unwrap_or_default().to_vec();
        self.rows.truncate(self.whole);
        self.whole = 0;
        mem::replace(&mut self.rows, rest)
    }

    fn byte(&mut self, byte: u8) -> Result<(), CsvError> {
        #[cfg(feature = "native-json")]
        {
            self.steps += 1;
        }
        match (self.state, byte) {
            (State::Quoted, b'"') => self.state = State::Closed,
            (State::Closed, b'"') => {
                self.state = State::Quoted;
                self.is_special = true;
                self.push(byte);
            }
            (State::Quoted, _) => {
                self.is_special |= matches!(byte, b',' | b'\r' | b'\n');
                self.push(byte);
            }
            (State::Start, b'"') => {
                self.state = State::Quoted;
                self.is_quoted = true;
            }
            (_, b'\n') => return self.end_record(),
            (State::Return, _) | (State::Plain, b'"') => return Err(self.broken()),
            (_, b',') => return self.end_field(),
            (_, b'\r') if self.column == TIMESTAMP || self.is_blank() || self.is_quoted => self.state = State::Return,
            (State::Closed, _) => return Err(self.broken()),
            // A byte order mark, which some programs put first.
            (State::Start, 0xef | 0xbb | 0xbf) if !self.has_header && self.column == 0 => {}
            _ => {
                self.state = State::Plain;
                self.push(byte);
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn push(&mut self, byte: u8) {
        const DIGITS: [u8; 16] = *b"0123456789abcdef";
        let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or_default();
        match byte {
            b'"' | b'\\' => self.text.extend_from_slice(&[b'\\', byte]),
            0..0x20 => self.text.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]),
            _ => self.text.push(byte),
        }
    }

    const fn broken(&self) -> CsvError {
        if self.has_header { CsvError::Ambiguous } else { CsvError::Header }
    }

    /// Whether the record is empty so far.
    const fn is_blank(&self) -> bool {
        self.column == 0 && self.text.is_empty() && !self.is_quoted
    }

    #[inline(never)]
    fn end_field(&mut self) -> Result<(), CsvError> {
        let (column, text) = (self.column, &self.text);
        let Some(name) = COLUMNS.get(column) else { return Err(self.broken()) };
        if self.has_header {
            let is_kind = match column {
                DURATION => is_number(text),
                COST => text.is_empty() || is_number(text),
                TIMESTAMP => is_timestamp(text),
                _ => true,
            };
            if !is_kind {
                return Err(CsvError::Unfinished);
            }
            let quotes_all = *self.quotes_all.get_or_insert(self.is_quoted);
            if column == REASON && self.is_quoted && !self.is_special && !quotes_all {
                return Err(CsvError::Ambiguous);
            }
            if !(text.is_empty() && matches!(column, REASON | COST)) {
                let quote: &[u8] = if matches!(column, DURATION | COST) { b"" } else { b"\"" };
                let start: &[u8] = if column == 0 { b"{\"" } else { b",\"" };
                for part in [start, name.as_bytes(), b"\":", quote, text, quote] {
                    self.rows.extend_from_slice(part);
                }
            }
        } else if text != name.as_bytes() {
            return Err(CsvError::Header);
        }
        self.column += 1;
        self.text.clear();
        self.state = State::Start;
        self.is_quoted = false;
        self.is_special = false;
        Ok(())
    }

    /// Ends the record, unless its line is empty.
    #[inline(never)]
    fn end_record(&mut self) -> Result<(), CsvError> {
        if !self.is_blank() {
            self.end_field()?;
            if self.column < COLUMNS.len() {
                return Err(CsvError::Unfinished);
            }
            if self.has_header {
                self.rows.extend_from_slice(b"},");
                self.whole = self.rows.len();
            }
            self.has_header = true;
        }
        self.column = 0;
        self.state = State::Start;
        self.length = 0;
        Ok(())
    }
}

/// Whether the text is a JSON number.
fn is_number(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let rest = if let Some(rest) = text.strip_prefix(b"0") { Some(rest) } else { digits(text) };
    let fraction = rest.and_then(|rest| rest.strip_prefix(b".").map_or(Some(rest), digits));
    let exponent = fraction.and_then(|rest| {
        let Some(rest) = rest.strip_prefix(b"e").or(rest.strip_prefix(b"E")) else { return Some(rest) };
        digits(rest.strip_prefix(b"-").or(rest.strip_prefix(b"+")).unwrap_or(rest))
    });
    exponent.is_some_and(<[u8]>::is_empty)
}

/// What follows the digits at the start, if there are any.
#[inline(never)]
fn digits(text: &[u8]) -> Option<&[u8]> {
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    text.get(length..).filter(|_| length > 0)
}

/// Whether the text looks like an ISO 8601 timestamp: `2026-01-31T09:30:00.000Z`, or with an offset.
fn is_timestamp(text: &[u8]) -> bool {
    const FORM: [u8; 19] = *b"0000-00-00T00:00:00";
    let is_like = |(byte, like): (&u8, &u8)| if *like == b'0' { byte.is_ascii_digit() } else { byte == like };
    let Some((moment, zone)) = text.split_at_checked(FORM.len()) else { return false };
    let is_zone = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b':' | b'+' | b'-' | b'Z');
    moment.iter().zip(&FORM).all(is_like)
        && zone.iter().all(is_zone)
        && zone.iter().any(|byte| matches!(byte, b'+' | b'-' | b'Z'))
}
