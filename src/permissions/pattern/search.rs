//! Runs programs on a value: all ways through a program at once, so that each code unit is read once.
//!
//! The places where a program can be are a state, and what comes next leads from one state to another. Those that have come up
//! are kept for the length of one search, so that most code units take one look-up.

use super::classes::{add, numbers};
use super::compile::{Inst, Program};
use super::set::{WORD, holds};
use super::{Budget, Pattern};
use crate::permissions::names::Names;

/// The entries of each table of states that may be kept: 256 K and 512 K.
const MOST_ENTRIES: usize = 1 << 16;
/// An entry that is not known yet.
const UNKNOWN: u32 = u32::MAX;
/// How much longer it takes to come to an instruction than to read a code unit in a state that is known.
const CLOSURE: usize = 3;

/// Whether `pattern` is found in `value`; `None` if that takes too many steps.
pub(super) fn search(pattern: &Pattern, value: &str, budget: &mut Budget) -> Option<bool> {
    budget.take(value.len() * pattern.programs.len() + 100)?;
    let units = value.encode_utf16().map(|unit| pattern.classes.of(unit));
    let (whole, looks) = pattern.programs.split_last()?;
    if looks.is_empty() {
        return Run::new(pattern, whole, budget).find(units);
    }
    let classes: Vec<u16> = units.collect();
    let mut found: Vec<Vec<bool>> = Vec::new();
    for look in looks {
        let mut places = vec![false; classes.len() + 1];
        Run::new(pattern, look, budget).scan(&classes, &found, Some(&mut places))?;
        found.push(places);
    }
    Run::new(pattern, whole, budget).scan(&classes, &found, None)
}

/// A program and the states that it has been in.
struct Run<'p> {
    pattern: &'p Pattern,
    program: &'p Program,
    budget: &'p mut Budget,
    /// Whether states differ by what was read before them.
    looks_back: bool,
    /// A row for each state. To each symbol (the class of what comes next, and which lookarounds hold) belongs the row of the
    /// next state, doubled, and one more if the program matches before it.
    table: Vec<u32>,
    symbols: usize,
    /// The instructions that each state is at, as bits: so many words for each.
    states: Vec<u64>,
    words: usize,
    /// For each state what was read before it.
    before: Vec<u8>,
    numbers: Names,
    key: Vec<u8>,
    seen: Vec<u64>,
    next: Vec<u64>,
    stack: Vec<u32>,
}

/// Nothing was read yet.
const AT_FIRST: u8 = 1;
/// A character of a word was.
const AFTER_WORD: u8 = 2;
/// The row of the state that no way leads out of.
const DEAD: usize = 0;

impl<'p> Run<'p> {
    fn new(pattern: &'p Pattern, program: &'p Program, budget: &'p mut Budget) -> Self {
        let words = program.insts.len() / 64 + 1;
        Self {
            pattern,
            program,
            budget,
            looks_back: program.insts.iter().any(|inst| matches!(inst, Inst::AtFirst | Inst::WordBoundary { .. })),
            table: Vec::new(),
            symbols: (pattern.classes.count() + 1) << program.looks.len(),
            states: Vec::new(),
            words,
            before: Vec::new(),
            numbers: Names::default(),
            key: Vec::new(),
            seen: vec![0; words],
            next: vec![0; words],
            stack: Vec::new(),
        }
    }

    /// Whether a program without lookarounds matches anywhere.
    fn find(mut self, mut units: impl Iterator<Item = u16>) -> Option<bool> {
        let mut row = self.start()?;
        let end = self.pattern.classes.count();
        loop {
            let unit = units.next();
            let class = unit.map_or(end, usize::from);
            let known = self.table.get(row + class).copied().unwrap_or(UNKNOWN);
            let step = if known == UNKNOWN { self.step(row, row + class, class, 0)? } else { known };
            row = (step >> 1) as usize;
            if step & 1 == 1 || row == DEAD || unit.is_none() {
                return Some(step & 1 == 1);
            }
        }
    }

    /// The row of the state to begin with.
    fn start(&mut self) -> Option<usize> {
        if self.symbols > MOST_ENTRIES {
            return None;
        }
        self.forget()?;
        add(&mut self.next, 0);
        self.row(if self.looks_back { AT_FIRST } else { 0 })
    }

    /// Whether the program matches anywhere; or, where they are asked for, everywhere that it does.
    fn scan(mut self, classes: &[u16], found: &[Vec<bool>], mut places: Option<&mut Vec<bool>>) -> Option<bool> {
        let mut row = self.start()?;
        let Self { program, .. } = self;
        let (length, end) = (classes.len(), self.pattern.classes.count());
        for read in 0..=length {
            // Behind the last unit, and before the first, there is none.
            let ahead = if program.backward { length.wrapping_sub(read + 1) } else { read };
            let class = classes.get(ahead).map_or(end, |class| usize::from(*class));
            let place = if program.backward { length - read } else { read };
            let holds = |look: &usize| found.get(*look).and_then(|places| places.get(place)) == Some(&true);
            let looks = program.looks.iter().rev().fold(0, |looks, look| looks << 1 | usize::from(holds(look)));
            let entry = row + class + looks * (end + 1);
            let known = self.table.get(entry).copied().unwrap_or(UNKNOWN);
            let step = if known == UNKNOWN { self.step(row, entry, class, looks)? } else { known };
            if let Some(places) = &mut places {
                if let Some(matches) = places.get_mut(place) {
                    *matches = step & 1 == 1;
                }
            } else if step & 1 == 1 {
                return Some(true);
            }
            row = (step >> 1) as usize;
            if row == DEAD {
                break;
            }
        }
        Some(false)
    }

    /// Where an entry of a row leads to.
    #[inline(never)]
    fn step(&mut self, row: usize, entry: usize, class: usize, looks: usize) -> Option<u32> {
        let state = row / self.symbols;
        let (at_last, unit) = (class == self.pattern.classes.count(), self.pattern.classes.unit(class));
        let before = self.before.get(state).copied().unwrap_or_default();
        let before_word = !at_last && holds(WORD, unit);
        self.seen.fill(0);
        self.next.fill(0);
        let start = state * self.words;
        let mut steps = 10 + self.words;
        numbers(self.states.get(start..start + self.words)?, &mut self.stack);
        let mut matches = false;
        while let Some(at) = self.stack.pop() {
            if !add(&mut self.seen, at) {
                continue;
            }
            steps += 1;
            let goes_on = match *self.program.insts.get(at as usize)? {
                Inst::Set(set) => {
                    steps += set.size() / 8;
                    if !at_last && set.has(&self.pattern.ranges, unit) {
                        add(&mut self.next, at + 1);
                    }
                    false
                }
                Inst::Any => {
                    if !at_last {
                        add(&mut self.next, at + 1);
                    }
                    false
                }
                Inst::Split(one, other) => {
                    self.stack.push(one);
                    self.stack.push(other);
                    false
                }
                Inst::AtFirst => before & AT_FIRST != 0,
                Inst::AtLast => at_last,
                Inst::WordBoundary { negated } => (before & AFTER_WORD != 0) ^ before_word ^ negated,
                Inst::Look { number, negated } => (looks >> number & 1 == 1) ^ negated,
                Inst::Fail => false,
                Inst::Match => {
                    matches = true;
                    false
                }
            };
            if goes_on {
                self.stack.push(at + 1);
            }
        }
        self.budget.take(steps * CLOSURE)?;
        let is_full = (self.table.len() + self.symbols).max(self.states.len() + self.words) > MOST_ENTRIES;
        if is_full {
            self.forget()?;
        }
        let next = self.row(if self.looks_back && before_word { AFTER_WORD } else { 0 })?;
        let step = (next as u32) << 1 | u32::from(matches);
        if !is_full && let Some(entry) = self.table.get_mut(entry) {
            *entry = step;
        }
        Some(step)
    }

    /// The row of the state that `next` is.
    fn row(&mut self, before: u8) -> Option<usize> {
        if self.next.iter().all(|word| *word == 0) {
            return Some(DEAD);
        }
        self.key.clear();
        self.next.iter().for_each(|word| self.key.extend_from_slice(&word.to_le_bytes()));
        self.key.push(before);
        let number = self.numbers.intern(&self.key);
        if number == self.before.len() {
            self.budget.take(self.symbols / 8 + 50)?;
            self.states.extend_from_slice(&self.next);
            self.before.push(before);
            self.table.resize(self.table.len() + self.symbols, UNKNOWN);
        }
        Some(number * self.symbols)
    }

    /// Begins anew, with the dead state alone.
    fn forget(&mut self) -> Option<()> {
        self.budget.take(self.symbols / 8)?;
        self.numbers = Names::default();
        self.numbers.intern(b"");
        self.states.clear();
        self.states.resize(self.words, 0);
        self.before.clear();
        self.before.push(0);
        self.table.clear();
        self.table.resize(self.symbols, 0);
        Some(())
    }
}
