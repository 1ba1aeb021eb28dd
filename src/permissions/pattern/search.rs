//! Runs programs on a value: all ways through a program at once, so that each code unit is read once.
//!
//! The places where a program can be are a state, and what comes next leads from one state to another. Those that have come up
//! are kept for the length of one search, so that most code units take one look-up.

use super::code_unit_set::WORD;
use super::compile::{Inst, Program};
use super::{Budget, Pattern};
use crate::permissions::names::Names;

/// The entries of each table of states that may be kept: 256 K and 512 K.
const MOST_ENTRIES: usize = 1 << 16;
/// An entry that is not known yet.
const UNKNOWN: u32 = u32::MAX;

/// Code units in classes: all units of a class are the same to every set of the pattern.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    /// Where each class begins but the first.
    starts: Vec<u16>,
}

impl Classes {
    pub fn new(programs: &[Program], ranges: &[(u16, u16)]) -> Self {
        let mut classes = Self { starts: Vec::new() };
        let is_boundary = |inst: &Inst| matches!(inst, Inst::WordBoundary { .. });
        let words = if programs.iter().any(|program| program.insts.iter().any(is_boundary)) { WORD } else { &[] };
        for (first, last) in ranges.iter().chain(words) {
            classes.start_at(Some(*first));
            classes.start_at(last.checked_add(1));
        }
        classes
    }

    fn start_at(&mut self, unit: Option<u16>) {
        let Some(unit) = unit.filter(|unit| *unit > 0) else { return };
        let place = self.starts.partition_point(|start| *start < unit);
        if self.starts.get(place) != Some(&unit) {
            self.starts.insert(place, unit);
        }
    }

    fn of(&self, unit: u16) -> u16 {
        self.starts.partition_point(|start| *start <= unit) as u16
    }

    /// One unit of that class.
    fn unit(&self, class: usize) -> u16 {
        class.checked_sub(1).and_then(|before| self.starts.get(before)).copied().unwrap_or_default()
    }

    /// How many there are. It is also the number that stands for the end of the value.
    fn count(&self) -> usize {
        self.starts.len() + 1
    }
}

/// Whether `pattern` is found in `value`; `None` if that takes too many steps.
pub(super) fn search(pattern: &Pattern, value: &str, budget: &mut Budget) -> Option<bool> {
    budget.take(value.len())?;
    let ascii: Vec<u16> = (0..128).map(|unit| pattern.classes.of(unit)).collect();
    let class = |unit: u16| ascii.get(usize::from(unit)).copied().unwrap_or_else(|| pattern.classes.of(unit));
    let classes: Vec<u16> = value.encode_utf16().map(class).collect();
    let (whole, looks) = pattern.programs.split_last()?;
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
    /// To each state and each symbol (the class of what comes next, and which lookarounds hold) belongs the next state,
    /// doubled, and one more if the program matches before it.
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
/// The state that no way leads out of.
const DEAD: u32 = 0;

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

    /// Whether the program matches anywhere; or, where they are asked for, everywhere that it does.
    fn scan(mut self, classes: &[u16], found: &[Vec<bool>], mut places: Option<&mut Vec<bool>>) -> Option<bool> {
        self.budget.take(classes.len())?;
        if self.symbols > MOST_ENTRIES {
            return None;
        }
        let end = self.pattern.classes.count();
        self.forget()?;
        add(&mut self.next, 0);
        let mut state = self.number(if self.looks_back { AT_FIRST } else { 0 })?;
        for read in 0..=classes.len() {
            let place = if self.program.backward { classes.len() - read } else { read };
            let ahead = if self.program.backward { place.checked_sub(1) } else { Some(place) };
            let class = ahead.and_then(|ahead| classes.get(ahead)).map_or(end, |class| usize::from(*class));
            let holds = |look: &usize| found.get(*look).and_then(|places| places.get(place)) == Some(&true);
            let looks = self.program.looks.iter().rev().fold(0, |looks, look| looks << 1 | usize::from(holds(look)));
            let symbol = class + looks * (end + 1);
            let known = self.table.get(state as usize * self.symbols + symbol).copied().unwrap_or(UNKNOWN);
            let step = if known == UNKNOWN { self.step(state, symbol, class, looks)? } else { known };
            if let Some(places) = &mut places {
                if let Some(matches) = places.get_mut(place) {
                    *matches = step & 1 == 1;
                }
            } else if step & 1 == 1 {
                return Some(true);
            }
            state = step >> 1;
            if state == DEAD {
                break;
            }
        }
        Some(false)
    }

    /// Where a state leads to.
    fn step(&mut self, state: u32, symbol: usize, class: usize, looks: usize) -> Option<u32> {
        let (at_last, unit) = (class == self.pattern.classes.count(), self.pattern.classes.unit(class));
        let before = self.before.get(state as usize).copied().unwrap_or_default();
        let before_word = !at_last && holds(WORD, unit);
        self.seen.fill(0);
        self.next.fill(0);
        let start = state as usize * self.words;
        let mut steps = 4 + self.words;
        for (index, word) in self.states.get(start..start + self.words)?.iter().enumerate() {
            let mut bits = *word;
            while bits != 0 {
                self.stack.push(index as u32 * 64 + bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
        let mut matches = false;
        while let Some(at) = self.stack.pop() {
            if !add(&mut self.seen, at) {
                continue;
            }
            steps += 1;
            let goes_on = match *self.program.insts.get(at as usize)? {
                Inst::Set(from, to) => {
                    let ranges = self.pattern.ranges.get(from as usize..to as usize).unwrap_or_default();
                    steps += ranges.len() / 8;
                    if !at_last && holds(ranges, unit) {
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
        self.budget.take(steps)?;
        let is_full = (self.table.len() + self.symbols).max(self.states.len() + self.words) > MOST_ENTRIES;
        if is_full {
            self.forget()?;
        }
        let next = self.number(if self.looks_back && before_word { AFTER_WORD } else { 0 })?;
        let step = next << 1 | u32::from(matches);
        if !is_full && let Some(entry) = self.table.get_mut(state as usize * self.symbols + symbol) {
            *entry = step;
        }
        Some(step)
    }

    /// The number of the state that `next` is.
    fn number(&mut self, before: u8) -> Option<u32> {
        if self.next.iter().all(|word| *word == 0) {
            return Some(DEAD);
        }
        self.key.clear();
        self.key.extend(self.next.iter().flat_map(|word| word.to_le_bytes()));
        self.key.push(before);
        let number = self.numbers.intern(&self.key);
        if number == self.before.len() {
            self.budget.take(self.symbols / 8)?;
            self.states.extend_from_slice(&self.next);
            self.before.push(before);
            self.table.resize(self.table.len() + self.symbols, UNKNOWN);
        }
        Some(number as u32)
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

fn holds(ranges: &[(u16, u16)], unit: u16) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&unit))
}

/// Adds a number to a set of bits; returns whether it was not in it.
fn add(bits: &mut [u64], number: u32) -> bool {
    let Some(word) = bits.get_mut(number as usize / 64) else { return false };
    let before = *word;
    *word |= 1 << (number % 64);
    *word != before
}
