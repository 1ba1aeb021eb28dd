//! The entries of a scan.

use super::interner::Interner;
use super::outcome::Outcome;
use super::page::{HostParser, PageEntry, PageError, TEXTS, read_page};
use super::swar::equal;
use super::timestamp::milliseconds;

/// Which entries of a page are kept.
pub struct Selection {
    /// Those with one of these actions, separated by commas; those with any action if empty.
    pub actions: Vec<u8>,
    /// How many of those to skip first.
    pub skip: f64,
    /// How many to keep at most.
    pub limit: f64,
}

impl Selection {
    /// Every entry.
    pub const ALL: Self = Self { actions: Vec::new(), skip: 0.0, limit: f64::INFINITY };
}

/// Where the text of an entry is: in which page, from which byte to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    pub page: u32,
    pub start: u32,
    pub end: u32,
}

/// The fields by which entries are grouped and filtered: the texts of an entry, and its [outcome](Outcome).
pub const FIELDS: [&str; TEXTS.len() + 1] = {
    let [agent, user, action, resource, result, reason] = TEXTS;
    [agent, user, action, resource, result, reason, "outcome"]
};
const ACTION: usize = 2;
pub(super) const RESULT: usize = 4;

/// After the fields that users know: the parameters, as they are written. They tell calls apart.
pub(super) const PARAMETERS: usize = FIELDS.len();

/// The numbers of an entry. The last, when it was written, is none that users can ask for.
pub const NUMBERS: [&str; 3] = ["durationMs", "tokensCost", "timestamp"];

/// An entry, in numbers.
pub(super) struct StoredEntry {
    pub(super) texts: [u32; PARAMETERS + 1],
    pub(super) duration: f64,
    /// `NaN` if there is none.
    pub(super) cost: f64,
    /// In milliseconds since 1970; `NaN` if that is not known.
    pub(super) time: f64,
    location: Location,
}

/// Stands for a text that is missing.
pub(super) const MISSING: u32 = u32::MAX;

/// The entries of all pages, each once.
pub struct Columns {
    entries: Vec<StoredEntry>,
    /// Of each of [`FIELDS`], and the parameters.
    texts: [Interner; PARAMETERS + 1],
    ids: Interner,
    selection: Selection,
    pages: u32,
}

/// What a page added.
#[derive(Debug, Default, PartialEq)]
pub struct Added {
    /// How many entries the page has.
    pub count: u32,
    /// How many of them have not been seen before.
    pub fresh: u32,
    /// How many of those were selected, and are kept.
    pub kept: u32,
    /// When the first was written, in milliseconds since 1970; `NaN` if that is not known.
    pub newest: f64,
}

impl Columns {
    /// Makes columns without entries.
    #[inline(never)]
    pub fn new(selection: Selection) -> Self {
        Self {
            entries: Vec::new(),
            texts: std::array::from_fn(|_| Interner::new()),
            ids: Interner::new(),
            selection,
            pages: 0,
        }
    }

    /// How many more entries are kept at most.
    pub const fn limit(&self) -> f64 {
        self.selection.limit
    }

    /// Selects what is kept of the pages that follow.
    pub fn select(&mut self, selection: Selection) {
        self.selection = selection;
    }

    /// Adds the entries of a page. Pages of which nothing is kept have no number.
    ///
    /// # Errors
    /// If `bytes` are not a page.
    pub fn add(&mut self, bytes: &[u8], host: &impl HostParser) -> Result<Added, PageError> {
        let mut added = Added { newest: f64::NAN, ..Added::default() };
        let before = self.entries.len();
        read_page(bytes, host, &mut |entry| {
            let timestamp = entry.timestamp();
            let time = milliseconds(&timestamp).unwrap_or_else(|| host.timestamp(&timestamp));
            if added.count == 0 {
                added.newest = time;
            }
            added.count += 1;
            if self.ids.intern(&entry.id()).1 {
                added.fresh += 1;
                self.keep(entry, time);
            }
        })?;
        added.kept = (self.entries.len() - before) as u32;
        self.pages += u32::from(added.kept > 0);
        Ok(added)
    }

    fn keep(&mut self, entry: &PageEntry<'_>, time: f64) {
        let Selection { actions, skip, limit } = &mut self.selection;
        let action = entry.text(ACTION);
        if !(actions.is_empty() || actions.split(|byte| *byte == b',').any(|wanted| equal(wanted, &action))) {
            return;
        }
        if *skip > 0.0 {
            *skip -= 1.0;
            return;
        }
        if *limit <= 0.0 {
            return;
        }
        *limit -= 1.0;
        let mut texts = [MISSING; PARAMETERS + 1];
        for ((number, interner), text) in texts.iter_mut().zip(&mut self.texts).zip(entry.texts()).take(TEXTS.len()) {
            if let Some(text) = text {
                *number = interner.intern(&text.bytes()).0;
            }
        }
        let ([.., results, reasons, outcomes, all_parameters], [.., result, reason, outcome, parameters]) =
            (&mut self.texts, &mut texts);
        *parameters = all_parameters.intern(entry.parameters).0;
        let result = results.get(*result);
        *outcome = outcomes.intern(Outcome::of(result, reasons.get(*reason)).word(result)).0;
        self.entries.push(StoredEntry {
            texts,
            duration: entry.duration,
            cost: entry.cost.unwrap_or(f64::NAN),
            time,
            location: Location { page: self.pages, start: entry.start as u32, end: entry.end as u32 },
        });
    }

    /// How many entries are kept. No number of a text is larger.
    pub(super) const fn len(&self) -> usize {
        self.entries.len()
    }

    /// The entry of a row, if there is such a row.
    pub(super) fn entry(&self, row: u32) -> Option<&StoredEntry> {
        self.entries.get(row as usize)
    }

    /// The entries of rows; those that do not exist are left out.
    pub(super) fn entries<'a>(&'a self, rows: &'a [u32]) -> impl Iterator<Item = &'a StoredEntry> {
        rows.iter().filter_map(|row| self.entry(*row))
    }

    /// Where the text of a row is.
    pub fn location(&self, row: u32) -> Option<Location> {
        self.entry(row).map(|entry| entry.location)
    }

    /// When a row was written, in milliseconds since 1970; `NaN` if that is not known.
    pub fn time(&self, row: u32) -> f64 {
        self.entry(row).map_or(f64::NAN, |entry| entry.time)
    }

    /// The number of the text that a row has in a field, if it has one.
    pub fn number(&self, row: u32, field: u32) -> Option<u32> {
        let number = self.entry(row)?.texts.get(field as usize)?;
        (*number != MISSING).then_some(*number)
    }

    /// The texts of a field.
    pub fn texts(&self, field: u32) -> Option<&Interner> {
        self.texts.get(field as usize)
    }

    /// One of [`NUMBERS`] of each row; `NaN` where that is not known.
    pub fn numbers<'a>(&'a self, rows: &'a [u32], which: u32) -> impl Iterator<Item = f64> + 'a {
        self.entries(rows).map(move |entry| match which {
            0 => entry.duration,
            1 => entry.cost,
            _ => entry.time,
        })
    }
}
