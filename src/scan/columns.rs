//! The entries that are kept.

use super::moment::milliseconds;
use super::page::{Fault, Host, Row, TEXTS, read_page};
use super::words::Words;

/// Which entries are kept.
pub struct Wanted {
    /// Those with one of these actions; with any if there are none.
    pub actions: Vec<String>,
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

/// An entry, in numbers.
pub(super) struct Numbered {
    pub(super) texts: [u32; TEXTS.len()],
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
    pub(super) words: [Words; TEXTS.len()],
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
    /// When the first was written, in the server's words.
    pub newest: String,
}

impl Columns {
    /// None yet.
    pub fn new(wanted: Wanted) -> Self {
        Self { rows: Vec::new(), words: Default::default(), ids: Words::default(), wanted, pages: 0 }
    }

    /// How many more entries are wanted.
    pub const fn left(&self) -> f64 {
        self.wanted.left
    }

    /// Adds what a page holds.
    ///
    /// # Errors
    /// If it is no page.
    pub fn add(&mut self, bytes: &[u8], host: &dyn Host) -> Result<Added, Fault> {
        let mut added = Added::default();
        read_page(bytes, host, &mut |row| {
            if added.count == 0 {
                added.newest = String::from_utf8_lossy(&row.timestamp.bytes()).into_owned();
            }
            added.count += 1;
            if self.ids.number(&row.id.bytes()).1 {
                added.fresh += 1;
                self.keep(row, host);
            }
        })?;
        self.pages += 1;
        Ok(added)
    }

    fn keep(&mut self, row: &Row<'_>, host: &dyn Host) {
        let Wanted { actions, skip, left } = &mut self.wanted;
        let [_, _, action, ..] = &row.texts;
        let action = action.map(|action| action.bytes()).unwrap_or_default();
        if !(actions.is_empty() || actions.iter().any(|wanted| wanted.as_bytes() == action.as_ref())) {
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
        let mut texts = [MISSING; TEXTS.len()];
        for ((number, words), text) in texts.iter_mut().zip(&mut self.words).zip(&row.texts) {
            if let Some(text) = text {
                *number = words.number(&text.bytes()).0;
            }
        }
        let written = row.timestamp.bytes();
        self.rows.push(Numbered {
            texts,
            duration: row.duration,
            cost: row.cost.unwrap_or(f64::NAN),
            time: milliseconds(&written).unwrap_or_else(|| host.moment(&String::from_utf8_lossy(&written))),
            place: Place { page: self.pages, start: row.start as u32, end: row.end as u32 },
        });
    }

    /// How many entries there are.
    pub const fn count(&self) -> usize {
        self.rows.len()
    }

    /// Where the entry with that index is.
    pub fn place(&self, index: usize) -> Option<Place> {
        self.rows.get(index).map(|row| row.place)
    }

    /// The text of a member of that entry, if it has it.
    pub fn text(&self, index: usize, name: &str) -> Option<String> {
        let field = TEXTS.iter().position(|known| *known == name)?;
        let number = *self.rows.get(index)?.texts.get(field)?;
        let words = self.words.get(field).filter(|_| number != MISSING)?;
        Some(String::from_utf8_lossy(words.get(number)).into_owned())
    }

    /// When that entry was written, in milliseconds since 1970; not a number if that is not known.
    pub fn time(&self, index: usize) -> f64 {
        self.rows.get(index).map_or(f64::NAN, |row| row.time)
    }

    /// The numbers of a member, of those entries that have it.
    pub fn numbers(&self, name: &str) -> Vec<f64> {
        let number = |row: &Numbered| if name == "tokensCost" { row.cost } else { row.duration };
        self.rows.iter().map(number).filter(|number| !number.is_nan()).collect()
    }
}
