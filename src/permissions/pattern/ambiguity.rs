//! Finds patterns that can take a backtracking engine, as the server's is, exponential time.
//!
//! That is so where a loop can read the same text in two ways: each round doubles the ways to go back to. Many counted
//! repetitions are taken for a loop: so many copies of what is ambiguous are as bad.
//!
//! Weideman et al., "Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers by Using Ambiguity of NFA"
//! (2016), has the theory: this finds exponential ambiguity by walking pairs of places in one loop.

use super::classes::{Classes, add};
use super::compile::{Counts, Inst, Program, compile};
use super::parse::parse;
use super::set::Ranges;
use super::{Budget, Defect};

/// So many places where a value can go on in two ways are as bad as a loop, also if each comes once: `a?a?a?…`.
const MANY_CHOICES: usize = 24;
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
    let compiled = parse(pattern).and_then(|parsed| Ok((compile(&parsed, Counts::Endless)?, parsed.ranges)));
    let (programs, ranges) = match compiled {
        Ok(compiled) => compiled,
        Err(defect) => return defect != Defect::Invalid,
    };
    let mut own = Budget(budget.0.min(STEPS));
    let before = own.0;
    let classes = Classes::new(&ranges);
    let slow = programs.iter().any(|program| Ways::new(program, &ranges, &classes).are_many(&mut own).unwrap_or(true));
    budget.0 -= before - own.0;
    slow
}

/// The ways through a program.
struct Ways<'p> {
    insts: &'p [Inst],
    /// For each instruction the outermost loop that it is in: two of the same loop can reach each other. `NONE` if in none.
    loops: Vec<u32>,
    /// For each instruction the classes of what it reads, as bits: so many words for each. None if it does not read.
    sets: Vec<u64>,
    words: usize,
    /// Those that may read next, of all instructions that read; and for each where its own end.
    next: Vec<Next>,
    ends: Vec<usize>,
}

/// An instruction that may read next, and whether it is reached in several ways.
#[derive(Clone, Copy)]
struct Next {
    place: u32,
    is_double: bool,
}

/// No loop.
const NONE: u32 = u32::MAX;

impl<'p> Ways<'p> {
    fn new(program: &'p Program, ranges: &Ranges, classes: &Classes) -> Self {
        let insts = &program.insts;
        let mut loops = vec![NONE; insts.len()];
        // One that starts at the first instruction is none of the pattern: a search may begin anywhere.
        for (end, inst) in insts.iter().enumerate() {
            if let Inst::Split(start, _) = inst
                && (1..end).contains(&(*start as usize))
            {
                loops.get_mut(*start as usize..end).unwrap_or_default().fill(*start);
            }
        }
        let words = classes.count() / 64 + 1;
        let mut sets = vec![0; insts.len() * words];
        for (set, inst) in sets.chunks_exact_mut(words).zip(insts) {
            if let Inst::Set(ranged) = inst {
                for class in 0..classes.count() {
                    if ranged.has(ranges, classes.unit(class)) {
                        add(set, class as u32);
                    }
                }
            }
        }
        Self { insts, loops, sets, words, next: Vec::new(), ends: Vec::new() }
    }

    /// `None` if that takes too many steps to say.
    fn are_many(mut self, budget: &mut Budget) -> Option<bool> {
        let mut visits = vec![0; self.insts.len()];
        // Outside of loops, only many choices would matter.
        let splits = self.insts.iter().filter(|inst| matches!(inst, Inst::Split(one, other) if one != other)).count();
        for (place, inst) in self.insts.iter().enumerate() {
            let matters = splits >= MANY_CHOICES || self.loop_of(place as u32) != NONE;
            if matters && matches!(inst, Inst::Set(_)) {
                self.follow(place as u32, &mut visits, budget)?;
            }
            self.ends.push(self.next.len());
        }
        let (mut choices, mut pairs) = (0, Vec::new());
        for place in 0..self.insts.len() as u32 {
            let own = self.loop_of(place);
            let mut is_choice = false;
            let next = self.after(place);
            for (index, one) in next.iter().enumerate() {
                let in_loop = own != NONE && self.loop_of(one.place) == own;
                is_choice |= one.is_double;
                if one.is_double && in_loop {
                    return Some(true);
                }
                for other in next.iter().skip(index + 1) {
                    if self.overlap(one.place, other.place) {
                        is_choice = true;
                        if in_loop && self.loop_of(other.place) == own {
                            pairs.push((one.place, other.place));
                        }
                    }
                }
                budget.take(next.len())?;
            }
            choices += usize::from(is_choice);
        }
        Some(choices >= MANY_CHOICES || self.meet(pairs, budget)?)
    }

    /// Whether two places that read the same, of the same loop, can come together again.
    fn meet(&self, mut pairs: Vec<(u32, u32)>, budget: &mut Budget) -> Option<bool> {
        let size = self.insts.len();
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
            let own = self.loop_of(one);
            for Next { place: first, .. } in self.after(one) {
                for Next { place: second, .. } in self.after(other) {
                    budget.take(1)?;
                    let together = self.loop_of(*first) == own && self.loop_of(*second) == own;
                    if !together || !self.overlap(*first, *second) {
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

    fn after(&self, place: u32) -> &[Next] {
        let end = |place: u32| self.ends.get(place as usize).copied().unwrap_or_default();
        let start = place.checked_sub(1).map_or(0, end);
        self.next.get(start..end(place)).unwrap_or_default()
    }

    fn loop_of(&self, place: u32) -> u32 {
        self.loops.get(place as usize).copied().unwrap_or(NONE)
    }

    /// Whether there is a code unit that both read.
    fn overlap(&self, one: u32, other: u32) -> bool {
        let set = |place: u32| self.sets.iter().skip(place as usize * self.words).take(self.words);
        set(one).zip(set(other)).any(|(one, other)| one & other != 0)
    }

    /// Adds what may read after `place`. A way that comes back to where it was without reading leads nowhere. `visits` says how
    /// often each instruction was come to, from which place; two times are enough to know that there are several ways.
    fn follow(&mut self, place: u32, visits: &mut [u32], budget: &mut Budget) -> Option<()> {
        let start = self.next.len();
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
            match self.insts.get(at as usize)? {
                Inst::Set(..) => match self.next.iter_mut().skip(start).find(|known| known.place == at) {
                    Some(known) => known.is_double = true,
                    None => self.next.push(Next { place: at, is_double: false }),
                },
                Inst::Split(one, other) => {
                    open.push((*other, length + 1));
                    if one != other {
                        open.push((*one, length + 1));
                    }
                }
                // Something was read before, and is to be read after: this is neither the first place nor the last.
                Inst::AtFirst | Inst::AtLast | Inst::Any | Inst::Match | Inst::Fail => {}
                Inst::WordBoundary { .. } | Inst::Look { .. } => {
                    open.push((at + 1, length + 1));
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests;
