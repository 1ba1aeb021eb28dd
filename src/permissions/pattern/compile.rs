//! Makes programs of a parsed pattern: one for each lookaround, and one for the whole.

use super::Defect;
use super::node::{Node, Parsed};
use super::set::Set;

/// Longer programs are refused, and so are patterns with more lookarounds.
const MOST_INSTS: usize = 10_000;
const MOST_LOOKS: usize = 16;
/// More rounds are taken for many.
const MANY: u32 = 9;

/// An instruction. After those that say nothing else comes the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inst {
    /// Reads one code unit of a set.
    Set(Set),
    /// Reads any code unit.
    Any,
    /// Goes on at either place.
    Split(u32, u32),
    /// Goes on if this is where the value begins, in the direction of the program.
    AtFirst,
    /// Goes on if this is where it ends.
    AtLast,
    WordBoundary {
        negated: bool,
    },
    /// Goes on if the program's lookaround of that number holds.
    Look {
        number: u32,
        negated: bool,
    },
    /// Never goes on.
    Fail,
    Match,
}

#[derive(Debug)]
pub(super) struct Program {
    pub insts: Vec<Inst>,
    /// Which of the pattern's programs its lookarounds are.
    pub looks: Vec<usize>,
    /// Whether it reads the value from its end. Then it is a lookahead, which is found where it begins.
    pub backward: bool,
}

/// How counted repetitions become instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    /// One copy for each.
    Exact,
    /// Many are as if they were endless: so few instructions stand for them, where only the ways through a pattern matter.
    Endless,
}

/// The programs, those of lookarounds before the ones they are part of.
pub(super) fn compile(parsed: &Parsed, counts: Counts) -> Result<Vec<Program>, Defect> {
    let mut compiler = Compiler { counts, programs: Vec::new(), looks: Vec::new(), visits: 0 };
    let is_anchored = matches!(&parsed.node, Node::Sequence(nodes) if matches!(nodes.first(), Some(Node::Start)));
    let program = compiler.program(&parsed.node, is_anchored, false)?;
    compiler.programs.push(program);
    Ok(compiler.programs)
}

struct Compiler<'n> {
    counts: Counts,
    programs: Vec<Program>,
    /// The lookarounds that have a program.
    looks: Vec<(&'n Node, usize)>,
    visits: usize,
}

impl<'n> Compiler<'n> {
    fn program(&mut self, node: &'n Node, is_anchored: bool, backward: bool) -> Result<Program, Defect> {
        let mut program = Program { insts: Vec::new(), looks: Vec::new(), backward };
        if !is_anchored {
            // It may begin at any code unit.
            program.insts.extend([Inst::Split(3, 1), Inst::Any, Inst::Split(0, 0)]);
        }
        self.add(node, &mut program)?;
        program.insts.push(Inst::Match);
        Ok(program)
    }

    fn add(&mut self, node: &'n Node, program: &mut Program) -> Result<(), Defect> {
        self.visits += 1;
        if program.insts.len().max(self.visits / 4) > MOST_INSTS {
            return Err(Defect::TooLarge);
        }
        let backward = program.backward;
        match node {
            Node::Set(set) => program.insts.push(Inst::Set(*set)),
            Node::Sequence(nodes) if backward => nodes.iter().rev().try_for_each(|node| self.add(node, program))?,
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.add(node, program))?,
            Node::Alternatives(nodes) => self.add_alternatives(nodes, program)?,
            Node::Repeat { node, least, most } => self.add_repeated(node, *least, *most, program)?,
            Node::Start => program.insts.push(if backward { Inst::AtLast } else { Inst::AtFirst }),
            Node::End => program.insts.push(if backward { Inst::AtFirst } else { Inst::AtLast }),
            Node::WordBoundary { negated } => program.insts.push(Inst::WordBoundary { negated: *negated }),
            Node::Look { node: inner, behind, negated } => {
                let known = self.looks.iter().find(|(known, _)| std::ptr::eq(*known, node)).map(|(_, index)| *index);
                let index = match known {
                    Some(index) => index,
                    None => {
                        let look = self.program(inner, false, !behind)?;
                        self.programs.push(look);
                        self.looks.push((node, self.programs.len() - 1));
                        self.programs.len() - 1
                    }
                };
                let number = program.looks.iter().position(|look| *look == index).unwrap_or(program.looks.len());
                if number == program.looks.len() {
                    program.looks.push(index);
                }
                if self.programs.len() > MOST_LOOKS {
                    return Err(Defect::TooLarge);
                }
                program.insts.push(Inst::Look { number: number as u32, negated: *negated });
            }
        }
        Ok(())
    }

    fn add_alternatives(&mut self, nodes: &'n [Node], program: &mut Program) -> Result<(), Defect> {
        let mut ends = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            if index + 1 == nodes.len() {
                self.add(node, program)?;
                break;
            }
            let split = reserve(program);
            self.add(node, program)?;
            ends.push(reserve(program));
            let next = program.insts.len() as u32;
            set(program, split, Inst::Split(split as u32 + 1, next));
        }
        let end = program.insts.len() as u32;
        ends.into_iter().for_each(|place| set(program, place, Inst::Split(end, end)));
        Ok(())
    }

    fn add_repeated(&mut self, node: &'n Node, least: u32, most: u32, program: &mut Program) -> Result<(), Defect> {
        let is_endless = most == u32::MAX || most > MANY && self.counts == Counts::Endless;
        // More than fit: values are shorter.
        if least as usize > MOST_INSTS && node.consumes() && self.counts == Counts::Exact {
            program.insts.push(Inst::Fail);
            return Ok(());
        }
        let copies = match (self.counts, is_endless) {
            (Counts::Exact, true) => least.saturating_sub(1),
            (Counts::Endless, true) => 0,
            (_, false) => least,
        };
        // A loop is behind what it repeats. So a round that reads nothing leads nowhere, as in JavaScript.
        for _ in 0..copies {
            self.add(node, program)?;
        }
        let mut ends = Vec::new();
        let optional = if is_endless { u32::from(least == 0) } else { most - least };
        for _ in 0..optional {
            ends.push(reserve(program));
            if !is_endless {
                self.add(node, program)?;
            }
        }
        if is_endless {
            let start = program.insts.len() as u32;
            self.add(node, program)?;
            // So many rounds may read nothing: which of them do is ambiguous.
            if self.counts == Counts::Endless && least > MANY && !node.consumes() {
                self.add(node, program)?;
            }
            let next = program.insts.len() as u32 + 1;
            program.insts.push(Inst::Split(start, next));
        }
        let end = program.insts.len() as u32;
        ends.into_iter().for_each(|place| set(program, place, Inst::Split(place as u32 + 1, end)));
        Ok(())
    }
}

/// Makes room for an instruction that is not known yet.
fn reserve(program: &mut Program) -> usize {
    program.insts.push(Inst::Fail);
    program.insts.len() - 1
}

fn set(program: &mut Program, place: usize, inst: Inst) {
    if let Some(reserved) = program.insts.get_mut(place) {
        *reserved = inst;
    }
}
