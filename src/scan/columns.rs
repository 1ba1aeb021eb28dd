//! The entries that are kept.

use super::moment::milliseconds;
use super::outcome::outcome;
use super::page::{Fault, Host, Row, TEXTS, read_page};
use super::words::Words;

/// Which entries are kept.
pub struct Wanted {
    /// Those with one of these actions, with commas between them; with any if there are none.
    pub actions: String,
    /// After so many of those.
    pub skip: f64,
    /// So many at most.
    pub left: f64,
}

/// Where an entry is: in which page, from where to where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub page: u32,
    pub start: u32,
    pub end: u32,
}

/// The fields that entries are told apart by: those of [`TEXTS`], and how the entry [ended](outcome).
const FIELDS: usize = TEXTS.len() + 1;

/// An entry, in numbers.
pub(super) struct Numbered {
    pub(super) texts: [u32; FIELDS],
    pub(super) duration: f64,
    /// Not a number if there is none.
    pub(super) cost: f64,
    /// In milliseconds since 1970; not a number if that is not known.
    pub(super) time: f64,
    place: Place,
}

/// What stands for a text that is missing.
pub(super) const MISSING: u32 = u32::MAX;

/// The entries of all pages, each once.
pub struct Columns {
    pub(super) rows: Vec<Numbered>,
    pub(super) words: [Words; FIELDS],
    ids: Words,
    wanted: Wanted,
    pages: u32,
}

/// What came of a page.
#[derive(Debug, Default, PartialEq)]
pub struct Added {
    /// How many entries it has.
    pub count: u32,
    /// How many of them have not been seen before.
    pub fresh: u32,
    /// How many of those are wanted, and kept.
    pub kept: u32,
    /// When the first was written, in milliseconds since 1970; not a number if that is not known.
    pub newest: f64,
}

impl Columns {
    /// None yet.
    #[inline(never)]
    pub fn new(wanted: Wanted) -> Self {
        Self { rows: Vec::new(), words: Default::default(), ids: Words::default(), wanted, pages: 0 }
    }

    /// How many more entries are wanted.
    pub const fn left(&self) -> f64 {
        self.wanted.left
    }

    /// From now on keeps these.
    pub fn want(&mut self, wanted: Wanted) {
        self.wanted = wanted;
    }

    /// Adds what a page holds. Those of which nothing is kept have no number.
    ///
    /// # Errors
    /// If it is no page.
    pub fn add(&mut self, bytes: &[u8], host: &dyn Host) -> Result<Added, Fault> {
        let mut added = Added { newest: f64::NAN, ..Added::default() };
        let before = self.rows.len();
        read_page(bytes, host, &mut |row| {
            let written = row.timestamp.bytes();
            let time = milliseconds(&written).unwrap_or_else(|| host.moment(&String::from_utf8_lossy(&written)));
            if added.count == 0 {
                added.newest = time;
            }
            added.count += 1;
            if self.ids.number(&row.id.bytes()).1 {
                added.fresh += 1;
                self.keep(row, time);
            }
        })?;
        added.kept = (self.rows.len() - before) as u32;
        self.pages += u32::from(added.kept > 0);
        Ok(added)
    }

    fn keep(&mut self, row: &Row<'_>, time: f64) {
        let Wanted { actions, skip, left } = &mut self.wanted;
        let [_, _, action, ..] = &row.texts;
        let action = action.map(|action| action.bytes()).unwrap_or_default();
        if !(actions.is_empty()
            || actions.as_bytes().split(|byte| *byte == b',').any(|wanted| wanted == action.as_ref()))
        {
            return;
        }
        if *skip > 0.0 {
            *skip -= 1.0;
            return;
        }
        if *left <= 0.0 {
            return;
        }
        *left -= 1.0;
        let mut texts = [MISSING; FIELDS];
        for ((number, words), text) in texts.iter_mut().zip(&mut self.words).zip(&row.texts) {
            if let Some(text) = text {
                *number = words.number(&text.bytes()).0;
            }
        }
        let ([.., results, reasons, outcomes], [.., result, reason, ended]) = (&mut self.words, &mut texts);
        *ended = outcomes.number(outcome(results.get(*result), reasons.get(*reason))).0;
        self.rows.push(Numbered {
            texts,
            duration: row.duration,
            cost: row.cost.unwrap_or(f64::NAN),
            time,
            place: Place { page: self.pages, start: row.start as u32, end: row.end as u32 },
        });
    }

    /// Those rows, as far as there are such.
    pub(super) fn at<'a>(&'a self, rows: &'a [u32]) -> impl Iterator<Item = &'a Numbered> {
        rows.iter().filter_map(|row| self.rows.get(*row as usize))
    }

    /// Where the entry of that row is.
    pub fn place(&self, row: u32) -> Option<Place> {
        self.rows.get(row as usize).map(|row| row.place)
    }

    /// When that row was written, in milliseconds since 1970; not a number if that is not known.
    pub fn time(&self, row: u32) -> f64 {
        self.rows.get(row as usize).map_or(f64::NAN, |row| row.time)
    }

    /// The number of the text that row has in a field, if it has it.
    pub fn number(&self, row: u32, field: u32) -> Option<u32> {
        let number = self.rows.get(row as usize)?.texts.get(field as usize)?;
        (*number != MISSING).then_some(*number)
    }

    /// The texts that a field has, by their numbers.
    pub fn words(&self, field: u32) -> Option<&Words> {
        self.words.get(field as usize)
    }

    /// What the rows took, or, if `is_cost`, what they cost; not a number if that is not known.
    pub fn numbers(&self, rows: &[u32], is_cost: bool) -> Vec<f64> {
        self.at(rows).map(|row| if is_cost { row.cost } else { row.duration }).collect()
    }
}
