//! A page of the audit log as servers write it: a bare array, or one in an envelope.

use super::scanner::{JsonString, Scanner};
use super::swar::equal;
use crate::text;
use std::borrow::Cow;

/// Parses what the host has a parser for: one here would only add bytes.
pub trait HostParser {
    /// A number with a fraction, an exponent or many digits; `NaN` if it is none.
    fn number(&self, text: &[u8]) -> f64;
    /// A timestamp in an unusual form, in milliseconds since 1970; `NaN` if it is none.
    fn timestamp(&self, text: &[u8]) -> f64;
}

/// Why a page cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageError {
    /// It is not JSON.
    Malformed,
    /// It is JSON, but not a page: at which path, and what was expected there.
    Unexpected(String, &'static str),
}

impl PageError {
    /// The numbers by which JavaScript knows them.
    pub const NUMBERS: [(&str, u32); 2] = [("MALFORMED", 1), ("UNEXPECTED", 2)];

    /// Its number.
    pub const fn number(&self) -> u32 {
        let [(_, malformed), (_, unexpected)] = Self::NUMBERS;
        match self {
            Self::Malformed => malformed,
            Self::Unexpected(..) => unexpected,
        }
    }
}

/// The members of an entry that are texts and are kept.
pub const TEXTS: [&str; 6] = ["agentId", "userId", "action", "resource", "result", "reason"];

/// All members that are read: first the texts, then the numbers.
const NAMES: [&str; 11] = {
    let [agent, user, action, resource, result, reason] = TEXTS;
    [agent, user, action, resource, result, reason, "id", "timestamp", "durationMs", "tokensCost", "parameters"]
};
const ID: usize = TEXTS.len();
const TIMESTAMP: usize = ID + 1;
const DURATION: usize = TIMESTAMP + 1;
const PARAMETERS: usize = NAMES.len() - 1;

/// The texts that are required, in the order in which they are missed.
const REQUIRED: [usize; 7] = [ID, 0, 1, 2, 3, 4, TIMESTAMP];

/// Predicts member names: entries are alike, so the name after a known one is only compared with the name that followed it before.
struct MemberOrder {
    /// For each member, and for the start of an entry, the member that followed it.
    next: [usize; NAMES.len() + 1],
    last: usize,
}

impl MemberOrder {
    const fn new() -> Self {
        Self { next: [0; NAMES.len() + 1], last: NAMES.len() }
    }

    /// Reads a name. Returns its index in [`NAMES`], if it is there.
    fn read(&mut self, scanner: &mut Scanner<'_>) -> Option<Option<usize>> {
        let next = self.next.get_mut(self.last)?;
        if let Some(name) = NAMES.get(*next)
            && scanner.eat_string(name.as_bytes())
        {
            self.last = *next;
            return Some(Some(*next));
        }
        let key = scanner.string()?.bytes();
        let place = NAMES.iter().position(|name| equal(name.as_bytes(), &key));
        if let Some(place) = place {
            *next = place;
            self.last = place;
        }
        Some(place)
    }
}

/// The members of an entry that are kept.
pub struct PageEntry<'a> {
    texts: [Option<JsonString<'a>>; DURATION],
    pub duration: f64,
    pub cost: Option<f64>,
    /// As they are written.
    pub parameters: &'a [u8],
    /// Where its text starts in the page.
    pub start: usize,
    pub end: usize,
}

impl<'a> PageEntry<'a> {
    /// Its texts, in the order of [`TEXTS`] and with two more.
    pub fn texts(&self) -> &[Option<JsonString<'a>>] {
        &self.texts
    }

    /// Its id.
    pub fn id(&self) -> Cow<'a, [u8]> {
        self.text(ID)
    }

    /// When it was written.
    pub fn timestamp(&self) -> Cow<'a, [u8]> {
        self.text(TIMESTAMP)
    }

    /// The text of a member; empty if it is missing.
    pub fn text(&self, member: usize) -> Cow<'a, [u8]> {
        self.texts.get(member).copied().flatten().map(|text| text.bytes()).unwrap_or_default()
    }
}

/// Reads a page, and calls `take` with each entry.
///
/// # Errors
/// If it is not a page, or an entry lacks a required member.
pub fn read_page(bytes: &[u8], host: &impl HostParser, take: &mut impl FnMut(&PageEntry<'_>)) -> Result<(), PageError> {
    let mut scanner = Scanner::new(bytes);
    let found = envelope(&mut scanner, host, take, "$", 0);
    let is_all = scanner.peek().is_none();
    match found {
        Some(Ok(true)) if is_all => Ok(()),
        Some(Ok(false)) if is_all => Err(PageError::Unexpected("$".to_owned(), "an array of audit entries")),
        Some(Err(fault)) => Err(fault),
        _ => Err(PageError::Malformed),
    }
}

/// Joins texts. Not inlined: only errors need it, and it would make the loops around it larger.
#[inline(never)]
fn joined(pieces: &[&str]) -> String {
    text::text(pieces)
}

/// Reads entries in their envelope, and returns whether there were any; `None` if it is not JSON.
fn envelope(
    scanner: &mut Scanner<'_>,
    host: &impl HostParser,
    take: &mut impl FnMut(&PageEntry<'_>),
    path: &str,
    depth: u32,
) -> Option<Result<bool, PageError>> {
    match scanner.peek()? {
        b'[' => entries(scanner, host, take, path),
        b'{' if depth < 2 => {
            scanner.expect(b'{')?;
            let mut found = false;
            let mut is_first = true;
            while scanner.next(b'}', is_first)? {
                is_first = false;
                let key = scanner.string()?.bytes();
                scanner.expect(b':')?;
                let is_list = key.as_ref() == b"entries" || (depth == 0 && key.as_ref() == b"data");
                if is_list && !found && matches!(scanner.peek()?, b'[' | b'{') {
                    let name = if key.as_ref() == b"data" { ".data" } else { ".entries" };
                    match envelope(scanner, host, take, &joined(&[path, name]), depth + 1)? {
                        Ok(holds) => found = holds,
                        fault => return Some(fault),
                    }
                } else if key.as_ref() == b"success" && scanner.peek()? == b'f' {
                    return Some(Err(PageError::Unexpected(joined(&[path, ".success"]), "true")));
                } else {
                    scanner.skip()?;
                }
            }
            Some(Ok(found))
        }
        _ => scanner.skip().map(|()| Ok(false)),
    }
}

fn entries(
    scanner: &mut Scanner<'_>,
    host: &impl HostParser,
    take: &mut impl FnMut(&PageEntry<'_>),
    path: &str,
) -> Option<Result<bool, PageError>> {
    scanner.expect(b'[')?;
    let mut index = 0_u32;
    let mut order = MemberOrder::new();
    while scanner.next(b']', index == 0)? {
        match entry(scanner, &mut order, host)? {
            Ok(row) => take(&row),
            Err((field, expected)) => {
                let dot = if field.is_empty() { "" } else { "." };
                let digits = crate::text::digits(index.into());
                return Some(Err(PageError::Unexpected(joined(&[path, "[", &digits, "]", dot, field]), expected)));
            }
        }
        index += 1;
    }
    Some(Ok(true))
}

type EntryResult<'a> = Result<PageEntry<'a>, (&'static str, &'static str)>;

const STRING: &str = "a string";
const NUMBER: &str = "a number";

fn entry<'a>(scanner: &mut Scanner<'a>, order: &mut MemberOrder, host: &impl HostParser) -> Option<EntryResult<'a>> {
    if scanner.peek()? != b'{' {
        return Some(Err(("", "an object")));
    }
    let start = scanner.position();
    scanner.expect(b'{')?;
    let mut texts = [None; DURATION];
    let mut numbers = [None; PARAMETERS - DURATION];
    let mut parameters = None;
    let mut is_first = true;
    order.last = NAMES.len();
    while scanner.next(b'}', is_first)? {
        is_first = false;
        let member = order.read(scanner)?.unwrap_or(NAMES.len());
        scanner.expect(b':')?;
        let next = scanner.peek()?;
        if let Some(text) = texts.get_mut(member) {
            *text = match next {
                b'"' => Some(scanner.string()?),
                b'n' => scanner.skip().map(|()| None)?,
                _ => return Some(Err((name(member), STRING))),
            };
        } else if let Some(number) = numbers.get_mut(member - DURATION) {
            *number = match next {
                b'-' | b'0'..=b'9' => Some(self::number(scanner.word()?, host)),
                b'n' => scanner.skip().map(|()| None)?,
                _ => return Some(Err((name(member), NUMBER))),
            };
        } else {
            let from = scanner.position();
            scanner.skip()?;
            if member == PARAMETERS {
                parameters = (next == b'{').then(|| scanner.since(from));
            }
        }
    }
    let end = scanner.position();
    if let Some(missing) = REQUIRED.iter().find(|member| !matches!(texts.get(**member), Some(Some(_)))) {
        return Some(Err((name(*missing), STRING)));
    }
    let [duration, cost] = numbers;
    Some(match (duration, parameters) {
        (None, _) => Err((name(DURATION), NUMBER)),
        (_, None) => Err((name(PARAMETERS), "an object")),
        (Some(duration), Some(parameters)) => Ok(PageEntry { texts, duration, cost, parameters, start, end }),
    })
}

fn name(member: usize) -> &'static str {
    NAMES.get(member).copied().unwrap_or_default()
}

/// Parses a number: here if it has up to 15 digits and nothing else.
fn number(word: &[u8], host: &impl HostParser) -> f64 {
    let digits = word.iter().try_fold(0_u64, |number, byte| {
        byte.is_ascii_digit().then(|| number.wrapping_mul(10).wrapping_add(u64::from(byte - b'0')))
    });
    digits.filter(|_| word.len() <= 15).map_or_else(|| host.number(word), |number| number as f64)
}
