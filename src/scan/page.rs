//! A page of the audit log, as its server wrote it: bare, or in an envelope.

use super::scanner::{Scanner, Text, same};
use crate::text;

/// What the host can read that is not worth the bytes here.
pub trait Host {
    /// A number with more digits than most.
    fn number(&self, text: &str) -> f64;
    /// A timestamp in an unusual form, in milliseconds since 1970.
    fn moment(&self, text: &str) -> f64;
}

/// Why a page cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no JSON.
    Malformed,
    /// It is JSON, but not as it should be: where, and what was expected there.
    Wrong(String, &'static str),
}

/// The members of an entry that are texts and are kept.
pub const TEXTS: [&str; 6] = ["agentId", "userId", "action", "resource", "result", "reason"];
/// Those of them that may not be missing.
const REQUIRED: usize = 5;

/// All members that are looked at, in the order in which servers write them.
const NAMES: [&str; 11] = {
    let [agent, user, action, resource, result, reason] = TEXTS;
    ["id", agent, user, action, resource, "parameters", result, reason, "durationMs", "tokensCost", "timestamp"]
};

/// Which member comes after which. Entries are alike, so a name need not be read that stands where it stood before.
struct Order {
    /// For each member, and for none, the one that came after it.
    next: [usize; NAMES.len() + 1],
    last: usize,
}

impl Order {
    const fn new() -> Self {
        Self { next: [0; NAMES.len() + 1], last: NAMES.len() }
    }

    /// Reads a name: its place in that list, if it is there.
    fn read(&mut self, scanner: &mut Scanner<'_>) -> Option<Option<usize>> {
        let next = self.next.get_mut(self.last)?;
        if let Some(name) = NAMES.get(*next)
            && scanner.eat_string(name.as_bytes())
        {
            self.last = *next;
            return Some(Some(*next));
        }
        let key = scanner.string()?.bytes();
        let place = NAMES.iter().position(|name| same(name.as_bytes(), &key));
        if let Some(place) = place {
            *next = place;
            self.last = place;
        }
        Some(place)
    }
}

/// An entry, as far as it is kept.
pub struct Row<'a> {
    pub id: Text<'a>,
    pub texts: [Option<Text<'a>>; TEXTS.len()],
    pub timestamp: Text<'a>,
    pub duration: f64,
    pub cost: Option<f64>,
    /// Where it is in the page.
    pub start: usize,
    pub end: usize,
}

/// Reads a page, and hands out its entries one by one.
///
/// # Errors
/// If it is no page, or an entry lacks what it must have.
pub fn read_page(bytes: &[u8], host: &dyn Host, take: &mut dyn FnMut(&Row<'_>)) -> Result<(), Fault> {
    let mut scanner = Scanner::new(bytes);
    let found = body(&mut scanner, host, take, "$", 0);
    let is_all = scanner.peek().is_none();
    match found {
        Some(Ok(true)) if is_all => Ok(()),
        Some(Ok(false)) if is_all => Err(Fault::Wrong("$".to_owned(), "an array of audit entries")),
        Some(Err(fault)) => Err(fault),
        _ => Err(Fault::Malformed),
    }
}

/// The pieces, one after the other. It is seldom called, and must not make the loops around it larger.
#[inline(never)]
fn joined(pieces: &[&str]) -> String {
    text::text(pieces)
}

type Take<'t> = &'t mut dyn FnMut(&Row<'_>);

/// Whether there are entries in what comes next; `None` if it is no JSON.
fn body(
    scanner: &mut Scanner<'_>,
    host: &dyn Host,
    take: Take<'_>,
    path: &str,
    depth: u32,
) -> Option<Result<bool, Fault>> {
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
                    match body(scanner, host, take, &joined(&[path, name]), depth + 1)? {
                        Ok(holds) => found = holds,
                        fault => return Some(fault),
                    }
                } else if key.as_ref() == b"success" && scanner.peek()? == b'f' {
                    return Some(Err(Fault::Wrong(joined(&[path, ".success"]), "true")));
                } else {
                    scanner.skip()?;
                }
            }
            Some(Ok(found))
        }
        _ => scanner.skip().map(|()| Ok(false)),
    }
}

fn entries(scanner: &mut Scanner<'_>, host: &dyn Host, take: Take<'_>, path: &str) -> Option<Result<bool, Fault>> {
    scanner.expect(b'[')?;
    let mut index = 0_u32;
    let mut order = Order::new();
    while scanner.next(b']', index == 0)? {
        match entry(scanner, &mut order, host)? {
            Ok(row) => take(&row),
            Err((field, expected)) => {
                let dot = if field.is_empty() { "" } else { "." };
                let digits = crate::text::digits(index.into());
                return Some(Err(Fault::Wrong(joined(&[path, "[", &digits, "]", dot, field]), expected)));
            }
        }
        index += 1;
    }
    Some(Ok(true))
}

type Read<'a> = Result<Row<'a>, (&'static str, &'static str)>;

const STRING: &str = "a string";
const NUMBER: &str = "a number";

fn entry<'a>(scanner: &mut Scanner<'a>, order: &mut Order, host: &dyn Host) -> Option<Read<'a>> {
    if scanner.peek()? != b'{' {
        return Some(Err(("", "an object")));
    }
    let start = scanner.position();
    scanner.expect(b'{')?;
    let (mut id, mut timestamp, mut texts) = (None, None, [None; TEXTS.len()]);
    let (mut duration, mut cost, mut has_parameters) = (None, None, false);
    let mut is_first = true;
    order.last = NAMES.len();
    while scanner.next(b'}', is_first)? {
        is_first = false;
        let place = order.read(scanner)?;
        scanner.expect(b':')?;
        let next = scanner.peek()?;
        let name = place.and_then(|place| NAMES.get(place)).copied().unwrap_or_default();
        match place {
            Some(place @ (0..=4 | 6 | 7 | 10)) => {
                let text = match next {
                    b'"' => Some(scanner.string()?),
                    b'n' => scanner.skip().map(|()| None)?,
                    _ => return Some(Err((name, STRING))),
                };
                let [agent, user, action, resource, result, reason] = &mut texts;
                *match place {
                    0 => &mut id,
                    1 => agent,
                    2 => user,
                    3 => action,
                    4 => resource,
                    6 => result,
                    7 => reason,
                    _ => &mut timestamp,
                } = text;
            }
            Some(place @ (8 | 9)) => {
                let number = match next {
                    b'-' | b'0'..=b'9' => Some(number(scanner.word()?, host)),
                    b'n' => scanner.skip().map(|()| None)?,
                    _ => return Some(Err((name, NUMBER))),
                };
                if place == 8 { duration = number } else { cost = number }
            }
            found => {
                if found.is_some() {
                    has_parameters = next == b'{';
                }
                scanner.skip()?;
            }
        }
    }
    let end = scanner.position();
    let missing = TEXTS.iter().zip(&texts).take(REQUIRED).find(|(_, text)| text.is_none());
    Some(match (id, timestamp, duration, missing) {
        (None, ..) => Err(("id", STRING)),
        (_, _, _, Some((name, _))) => Err((*name, STRING)),
        (_, None, ..) => Err(("timestamp", STRING)),
        (_, _, None, _) => Err(("durationMs", NUMBER)),
        _ if !has_parameters => Err(("parameters", "an object")),
        (Some(id), Some(timestamp), Some(duration), None) => {
            Ok(Row { id, texts, timestamp, duration, cost, start, end })
        }
    })
}

/// A number, by itself if it is whole and not too long.
fn number(word: &str, host: &dyn Host) -> f64 {
    let digits = word.bytes().try_fold(0_u64, |number, byte| {
        byte.is_ascii_digit().then(|| number.wrapping_mul(10).wrapping_add(u64::from(byte - b'0')))
    });
    digits.filter(|_| word.len() <= 15).map_or_else(|| host.number(word), |number| number as f64)
}
