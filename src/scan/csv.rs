//! CSV by the rules of RFC 4180, read from the bytes of an export in whatever pieces they come.
//!
//! Some servers break the rules: they put every reason in quotes, and escape nothing. Such a file has more than one meaning, and
//! whoever words a request can give it rows that never were. It is not guessed at: [`Csv::read`] says [`Flaw::Ambiguous`] where a
//! file breaks the rules, or quotes reasons that need no quotes while it quotes nothing else.

use std::mem;

/// The columns of an export, in order.
const COLUMNS: [&str; 10] =
    ["id", "agentId", "userId", "action", "resource", "result", "reason", "durationMs", "tokensCost", "timestamp"];
const REASON: usize = 6;

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It does not begin with the names of the columns.
    Header = 1,
    /// It is not, or may not be, written by the rules.
    Ambiguous,
    /// It has a record that is longer than allowed.
    TooLong,
    /// It ends within a record.
    Unfinished,
}

/// Where in a field the next byte is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Start,
    Plain,
    Quoted,
    /// After a quote within quotes: the end of the field, or the first half of an escaped quote.
    Closed,
    /// After a carriage return that follows the closing quote.
    Return,
}

/// A reader that takes the bytes of a file in turn, and keeps the rows that are whole until they are taken.
#[derive(Default)]
pub struct Csv {
    place: Place,
    has_header: bool,
    /// Whether the file quotes what needs no quotes, known from the first id: that is the server's, not a caller's.
    quotes_all: Option<bool>,
    /// Whether the present field has quotes, and whether it needs them.
    is_quoted: bool,
    is_special: bool,
    /// Whether the present record has quotes around a reason that needs none, in a file that does not quote all.
    is_suspect: bool,
    /// The bytes that the present record has come to.
    length: usize,
    record: Vec<u8>,
    /// Where each of its fields ends.
    record_ends: Vec<u32>,
    texts: Vec<u8>,
    ends: Vec<u32>,
    /// How many bytes have been looked at: what tests measure work by.
    #[cfg(feature = "native-json")]
    pub steps: usize,
}

impl Csv {
    /// Reads what comes next. No record may have more than `most` bytes.
    ///
    /// # Errors
    /// If the file cannot be read. Nothing more may be read then.
    pub fn read(&mut self, bytes: &[u8], most: usize) -> Result<(), Flaw> {
        for byte in bytes {
            self.length += 1;
            if self.length > most {
                return Err(Flaw::TooLong);
            }
            self.byte(*byte)?;
        }
        Ok(())
    }

    /// Says that nothing more comes.
    ///
    /// # Errors
    /// If the last record is not whole, or the file cannot be read for another reason.
    pub fn end(&mut self) -> Result<(), Flaw> {
        if self.place == Place::Quoted {
            return Err(Flaw::Unfinished);
        }
        self.end_record()?;
        if self.has_header { Ok(()) } else { Err(Flaw::Unfinished) }
    }

    /// Takes the texts of the fields of the rows that are whole, one after the other.
    pub fn texts(&mut self) -> Vec<u8> {
        mem::take(&mut self.texts)
    }

    /// Takes where each of those ends.
    pub fn ends(&mut self) -> Vec<u32> {
        mem::take(&mut self.ends)
    }

    fn byte(&mut self, byte: u8) -> Result<(), Flaw> {
        #[cfg(feature = "native-json")]
        {
            self.steps += 1;
        }
        match (self.place, byte) {
            (Place::Quoted, b'"') => self.place = Place::Closed,
            (Place::Quoted, _) => {
                self.is_special |= matches!(byte, b',' | b'\r' | b'\n');
                self.record.push(byte);
            }
            (Place::Closed, b'"') => {
                self.is_special = true;
                self.record.push(byte);
                self.place = Place::Quoted;
            }
            (Place::Start, b'"') => {
                self.is_quoted = true;
                self.place = Place::Quoted;
            }
            (_, b'\n') => return self.end_record().map_err(|flaw| flaw.within()),
            (Place::Closed, b'\r') => self.place = Place::Return,
            (Place::Start | Place::Plain | Place::Closed, b',') => return self.end_field(),
            (Place::Start | Place::Plain, _) if byte != b'"' => {
                let is_first = !self.has_header && self.place == Place::Start && self.record_ends.is_empty();
                // A byte order mark, which some programs put first.
                if !(is_first && matches!(byte, 0xef | 0xbb | 0xbf)) {
                    self.record.push(byte);
                    self.place = Place::Plain;
                }
            }
            _ => return Err(self.broken()),
        }
        Ok(())
    }

    const fn broken(&self) -> Flaw {
        if self.has_header { Flaw::Ambiguous } else { Flaw::Header }
    }

    fn end_field(&mut self) -> Result<(), Flaw> {
        let column = self.record_ends.len();
        if column == COLUMNS.len() {
            return Err(self.broken());
        }
        let is_needless = self.is_quoted && !self.is_special;
        if column == 0 && self.has_header {
            self.quotes_all.get_or_insert(is_needless);
        }
        self.is_suspect |= column == REASON && is_needless && self.quotes_all == Some(false);
        self.record_ends.push(self.record.len() as u32);
        self.place = Place::Start;
        self.is_quoted = false;
        self.is_special = false;
        Ok(())
    }

    /// Ends the record, unless its line is empty. It is unfinished if it has too few fields, or its last ones are not of their kind.
    fn end_record(&mut self) -> Result<(), Flaw> {
        if !self.is_quoted && self.record.last() == Some(&b'\r') {
            self.record.pop();
        }
        let is_empty = self.record.is_empty() && self.record_ends.is_empty() && !self.is_quoted;
        if !is_empty {
            self.end_field()?;
            let (record, ends) = (&self.record, &self.record_ends);
            if self.has_header {
                if !is_row(record, ends) {
                    return Err(Flaw::Unfinished);
                }
                if self.is_suspect {
                    return Err(Flaw::Ambiguous);
                }
                let start = self.texts.len() as u32;
                self.texts.extend_from_slice(record);
                self.ends.extend(ends.iter().map(|end| start + end));
            } else {
                if !COLUMNS.iter().enumerate().all(|(at, name)| field(record, ends, at) == Some(name.as_bytes())) {
                    return Err(Flaw::Header);
                }
                self.has_header = true;
            }
        }
        self.record.clear();
        self.record_ends.clear();
        self.place = Place::Start;
        self.length = 0;
        Ok(())
    }
}

impl Flaw {
    /// What it is if the file goes on.
    const fn within(self) -> Self {
        match self {
            Self::Unfinished => Self::Ambiguous,
            flaw => flaw,
        }
    }
}

fn field<'a>(record: &'a [u8], ends: &[u32], at: usize) -> Option<&'a [u8]> {
    let start = at.checked_sub(1).map_or(Some(0), |before| ends.get(before).copied())?;
    record.get(start as usize..*ends.get(at)? as usize)
}

/// Whether the last fields are what they have to be: two numbers, of which one may be missing, and a timestamp.
fn is_row(record: &[u8], ends: &[u32]) -> bool {
    let last = |before: usize| field(record, ends, COLUMNS.len() - before);
    let (Some(duration), Some(cost), Some(timestamp)) = (last(3), last(2), last(1)) else { return false };
    is_number(duration) && (cost.is_empty() || is_number(cost)) && is_timestamp(timestamp)
}

/// Whether the text is a number as JSON has it.
fn is_number(text: &[u8]) -> bool {
    let (mantissa, exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (text.get(..at), text.get(at + 1..)),
        None => (Some(text), None),
    };
    let digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let mantissa = mantissa.unwrap_or_default();
    let mut parts = mantissa.strip_prefix(b"-").unwrap_or(mantissa).splitn(2, |byte| *byte == b'.');
    let signed = |text: &[u8]| digits(text.strip_prefix(b"-").or(text.strip_prefix(b"+")).unwrap_or(text));
    parts.next().is_some_and(digits) && parts.next().is_none_or(digits) && exponent.is_none_or(signed)
}

/// Whether the text has the form of a timestamp in ISO 8601: `2026-01-31T09:30:00.000Z`, or with an offset.
fn is_timestamp(text: &[u8]) -> bool {
    let [y, yy, yyy, yyyy, b'-', m, mm, b'-', d, dd, b'T', h, hh, b':', n, nn, rest @ ..] = text else { return false };
    let is_rest = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.');
    let time = match rest {
        [time @ .., b'Z'] => time,
        [time @ .., b'+' | b'-', o, oo, b':', p, pp] if [o, oo, p, pp].iter().all(|digit| digit.is_ascii_digit()) => {
            time
        }
        _ => return false,
    };
    [y, yy, yyy, yyyy, m, mm, d, dd, h, hh, n, nn].iter().all(|digit| digit.is_ascii_digit())
        && time.iter().all(is_rest)
}
