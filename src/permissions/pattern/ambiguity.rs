//! Finds patterns that can take a backtracking engine, as the server's is, exponential time.
//!
//! That is so where a loop can read the same text in two ways: each round doubles the ways to go back to. Counted repetitions
//! are taken for loops, since so many copies of what is ambiguous are as bad.
//!
//! Weideman et al., "Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers by Using Ambiguity of NFA"
//! (2016), has the theory: this finds exponential ambiguity by walking pairs of places in one loop.

use super::compile::{Counts, Inst, Program, compile};
use super::parse::parse;
use super::{Budget, Defect};

/// So many places where a value can go on in two ways are as bad as a loop, also if each comes once: `a?a?a?…`.
const MANY_CHOICES: usize = 16;
/// The steps that looking at one pattern may take.
const STEPS: u32 = 400_000;

/// Whether `pattern` may take a backtracking engine exponential time on a short value. One that is invalid is not slow.
///
/// What is too large or takes too long to look at is taken for slow, and so are backreferences.
///
/// ```
/// # use kavachos_wasm::permissions::pattern::{Budget, is_slow};
/// let mut budget = Budget::default();
/// assert!(is_slow("^(a+)+$", &mut budget));
/// assert!(!is_slow("^(/a+)+$", &mut budget));
/// ```
pub fn is_slow(pattern: &str, budget: &mut Budget) -> bool {
    let compiled = parse(pattern).and_then(|parsed| compile(&parsed, Counts::Endless));
    let (programs, ranges) = match compiled {
        Ok(compiled) => compiled,
        Err(defect) => return defect != Defect::Invalid,
    };
    let mut own = Budget(budget.0.min(STEPS));
    let before = own.0;
    let slow = programs.iter().any(|program| Ways::new(program, &ranges).are_many(&mut own).unwrap_or(true));
    budget.0 -= before - own.0;
    slow
}

/// The ways through a program.
struct Ways<'p> {
    program: &'p Program,
    ranges: &'p [(u16, u16)],
    /// For each instruction the outermost loop that it is in: two of the same loop can reach each other.
    loops: Vec<Option<u32>>,
    /// For each instruction that reads, those that may read next, and whether they are reached in several ways.
    next: Vec<Vec<(u32, bool)>>,
}

impl<'p> Ways<'p> {
    fn new(program: &'p Program, ranges: &'p [(u16, u16)]) -> Self {
        let mut loops = vec![None; program.insts.len()];
        // One that starts at the first instruction is none of the pattern: a search may begin anywhere.
        for (end, inst) in program.insts.iter().enumerate() {
            if let Inst::Split(start, _) = inst
                && (1..end).contains(&(*start as usize))
            {
                loops.iter_mut().take(end).skip(*start as usize).for_each(|place| *place = Some(*start));
            }
        }
        Self { program, ranges, loops, next: Vec::new() }
    }

    /// `None` if that takes too many steps to say.
    fn are_many(mut self, budget: &mut Budget) -> Option<bool> {
        let mut choices = 0;
        let mut pairs = Vec::new();
        let mut visits = vec![0; self.program.insts.len()];
        for place in 0..self.program.insts.len() as u32 {
            let next = if self.reads(place) { self.follow(place, &mut visits, budget)? } else { Vec::new() };
            self.next.push(next);
        }
        for (place, next) in self.next.iter().enumerate() {
            let own = self.loops.get(place).copied().flatten();
            let mut is_choice = false;
            for (index, (one, is_double)) in next.iter().enumerate() {
                let in_loop = own.is_some() && self.loop_of(*one) == own;
                is_choice |= is_double;
                if *is_double && in_loop {
                    return Some(true);
                }
                for (other, _) in next.iter().skip(index + 1) {
                    budget.take(1)?;
                    if self.overlap(*one, *other, budget)? {
                        is_choice = true;
                        if in_loop && self.loop_of(*other) == own {
                            pairs.push((*one, *other));
                        }
                    }
                }
            }
            choices += usize::from(is_choice);
        }
        Some(choices >= MANY_CHOICES || self.meet(pairs, budget)?)
    }

    /// Whether two places that read the same, of the same loop, can come together again.
    fn meet(&self, mut pairs: Vec<(u32, u32)>, budget: &mut Budget) -> Option<bool> {
        let size = self.program.insts.len();
        if pairs.is_empty() {
            return Some(false);
        }
        budget.take(size * size / 64)?;
        let mut seen = vec![0u64; size * size / 64 + 1];
        while let Some((one, other)) = pairs.pop() {
            let number = one as usize * size + other as usize;
            let Some(word) = seen.get_mut(number / 64).filter(|word| **word >> (number % 64) & 1 == 0) else {
                continue;
            };
            *word |= 1 << (number % 64);
            for (first, _) in self.after(one) {
                for (second, _) in self.after(other) {
                    budget.take(1)?;
                    let together =
                        self.loop_of(*first) == self.loop_of(one) && self.loop_of(*second) == self.loop_of(one);
                    if !together || !self.overlap(*first, *second, budget)? {
                        continue;
                    }
                    if first == second {
                        return Some(true);
                    }
                    pairs.push((*first, *second));
                }
            }
        }
        Some(false)
    }

    fn reads(&self, place: u32) -> bool {
        matches!(self.program.insts.get(place as usize), Some(Inst::Set(..)))
    }

    fn after(&self, place: u32) -> &[(u32, bool)] {
        self.next.get(place as usize).map(Vec::as_slice).unwrap_or_default()
    }

    fn loop_of(&self, place: u32) -> Option<u32> {
        self.loops.get(place as usize).copied().flatten()
    }

    /// Whether there is a code unit that both read.
    fn overlap(&self, one: u32, other: u32, budget: &mut Budget) -> Option<bool> {
        let ranges = |place: u32| match self.program.insts.get(place as usize) {
            Some(Inst::Set(from, to)) => self.ranges.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        };
        let (one, other) = (ranges(one), ranges(other));
        budget.take(one.len() * other.len() / 8)?;
        Some(one.iter().any(|(first, last)| other.iter().any(|(start, end)| first <= end && start <= last)))
    }

    /// What may read after `place`. A way that comes back to where it was without reading leads nowhere. `visits` says how
    /// often each instruction was come to, from which place; two times are enough to know that there are several ways.
    fn follow(&self, place: u32, visits: &mut [u32], budget: &mut Budget) -> Option<Vec<(u32, bool)>> {
        let mut found: Vec<(u32, bool)> = Vec::new();
        let mut on_way: Vec<u32> = Vec::new();
        // Places to go to, and how long the way is that leads there.
        let mut open = vec![(place + 1, 0)];
        while let Some((at, length)) = open.pop() {
            budget.take(1)?;
            on_way.truncate(length);
            let visit = visits.get_mut(at as usize)?;
            let first = place * 2 + 1;
            if *visit > first || on_way.contains(&at) {
                continue;
            }
            *visit = if *visit == first { first + 1 } else { first };
            budget.take(length / 8)?;
            on_way.push(at);
            match self.program.insts.get(at as usize)? {
                Inst::Set(..) => match found.iter_mut().find(|(known, _)| *known == at) {
                    Some((_, is_double)) => *is_double = true,
                    None => found.push((at, false)),
                },
                Inst::Split(one, other) => {
                    open.push((*other, length + 1));
                    if one != other {
                        open.push((*one, length + 1));
                    }
                }
                Inst::Any | Inst::Match | Inst::Fail => {}
                Inst::AtFirst | Inst::AtLast | Inst::WordBoundary { .. } | Inst::Look { .. } => {
                    open.push((at + 1, length + 1));
                }
            }
        }
        Some(found)
    }
}
