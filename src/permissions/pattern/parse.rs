//! Reads patterns by the grammar of ECMA-262 for regular expressions without flags, with the legacy syntax of its Annex B.
//!
//! <https://tc39.es/ecma262/#sec-regular-expressions-patterns>

use super::Defect;
use super::escape::Atom;
use super::node::{Node, Parsed};
use super::set::LINE_ENDS;

/// Longer patterns, and groups in more groups, are refused.
const MOST_UNITS: usize = 10_000;
const MOST_DEPTH: usize = 100;

/// A group that is open, as far as it has been read.
struct Group {
    kind: Kind,
    alternatives: Vec<Node>,
    sequence: Vec<Node>,
}

#[derive(Clone, Copy)]
enum Kind {
    Plain,
    Look { behind: bool, negated: bool },
}

impl Group {
    const fn new(kind: Kind) -> Self {
        Self { kind, alternatives: Vec::new(), sequence: Vec::new() }
    }

    fn end_alternative(&mut self) {
        self.alternatives.push(Node::Sequence(std::mem::take(&mut self.sequence)));
    }

    fn node(mut self) -> Node {
        let only = self.alternatives.is_empty();
        let node = if only {
            Node::Sequence(self.sequence)
        } else {
            self.end_alternative();
            Node::Alternatives(self.alternatives)
        };
        match self.kind {
            Kind::Plain => node,
            Kind::Look { behind, negated } => Node::Look { node: Box::new(node), behind, negated },
        }
    }
}

/// A pattern that is being read.
pub(super) struct Parser<'p> {
    /// What is still to be read.
    pub rest: &'p [u16],
    /// Those of all sets so far.
    pub ranges: Vec<(u16, u16)>,
    /// How many groups capture, and the names of those that have one.
    pub captures: u32,
    pub names: Vec<&'p [u16]>,
    pub refers_back: bool,
}

pub(super) fn parse(text: &str) -> Result<Parsed, Defect> {
    let units: Vec<u16> = text.encode_utf16().collect();
    if units.len() > MOST_UNITS {
        return Err(Defect::TooLarge);
    }
    let mut parser = Parser { rest: &units, ranges: Vec::new(), captures: 0, names: Vec::new(), refers_back: false };
    parser.count_groups()?;
    let node = parser.pattern()?;
    // Only now, so that what is invalid behind it is known to be.
    if parser.refers_back { Err(Defect::Backreference) } else { Ok(Parsed { node, ranges: parser.ranges }) }
}

impl<'p> Parser<'p> {
    pub fn next(&mut self) -> Option<u16> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn next_char(&mut self) -> Option<char> {
        self.next().map(plain)
    }

    pub fn peek(&self) -> Option<char> {
        self.rest.first().copied().map(plain)
    }

    pub fn skip(&mut self, character: char) -> bool {
        let found = self.peek() == Some(character);
        if found {
            self.next();
        }
        found
    }

    fn skip_text(&mut self, text: &str) -> bool {
        let mut rest = self.rest;
        for character in text.bytes() {
            match rest.split_first() {
                Some((first, after)) if *first == u16::from(character) => rest = after,
                _ => return false,
            }
        }
        self.rest = rest;
        true
    }

    /// What `\1` and `\k` mean depends on the groups of the whole pattern.
    fn count_groups(&mut self) -> Result<(), Defect> {
        let whole = self.rest;
        let mut in_class = false;
        while let Some(character) = self.next_char() {
            match character {
                '\\' => {
                    self.next();
                }
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => {
                    let is_named =
                        self.rest.starts_with(&[0x3f, 0x3c]) && !matches!(self.rest.get(2), Some(0x3d | 0x21));
                    if is_named {
                        self.skip_text("?<");
                        let name = self.name()?;
                        if self.names.contains(&name) {
                            return Err(Defect::Invalid);
                        }
                        self.names.push(name);
                    }
                    self.captures += u32::from(is_named || self.peek() != Some('?'));
                }
                _ => {}
            }
        }
        self.rest = whole;
        Ok(())
    }

    /// The name of a group, up to its `>`.
    pub fn name(&mut self) -> Result<&'p [u16], Defect> {
        let start = self.rest;
        let mut length = 0;
        while let Some(character) = self.next_char() {
            let is_part = character.is_ascii_alphanumeric() || matches!(character, '_' | '$' | '\\' | '\u{80}'..);
            match character {
                '>' if length > 0 => return start.get(..length).ok_or(Defect::Invalid),
                '0'..='9' if length == 0 => break,
                _ if is_part => length += 1,
                _ => break,
            }
        }
        Err(Defect::Invalid)
    }

    fn pattern(&mut self) -> Result<Node, Defect> {
        let mut outer: Vec<Group> = Vec::new();
        let mut group = Group::new(Kind::Plain);
        while let Some(unit) = self.next() {
            let node = match plain(unit) {
                '(' => {
                    if outer.len() >= MOST_DEPTH {
                        return Err(Defect::TooLarge);
                    }
                    outer.push(std::mem::replace(&mut group, Group::new(self.group_kind()?)));
                    continue;
                }
                ')' => {
                    let around = outer.pop().ok_or(Defect::Invalid)?;
                    let ended = std::mem::replace(&mut group, around);
                    let is_look_behind = matches!(ended.kind, Kind::Look { behind: true, .. });
                    let node = ended.node();
                    if is_look_behind {
                        group.sequence.push(node);
                        continue;
                    }
                    node
                }
                '|' => {
                    group.end_alternative();
                    continue;
                }
                '^' => {
                    group.sequence.push(Node::Start);
                    continue;
                }
                '$' => {
                    group.sequence.push(Node::End);
                    continue;
                }
                '*' | '+' | '?' => return Err(Defect::Invalid),
                '{' if self.braces().is_some() => return Err(Defect::Invalid),
                '.' => self.set(Atom::Named(LINE_ENDS, true)),
                '[' => self.class()?,
                '\\' => match self.peek().ok_or(Defect::Invalid)? {
                    boundary @ ('b' | 'B') => {
                        self.next();
                        group.sequence.push(Node::WordBoundary { negated: boundary == 'B' });
                        continue;
                    }
                    _ => {
                        let atom = self.escape(false)?;
                        self.set(atom)
                    }
                },
                _ => self.set(Atom::Unit(unit)),
            };
            let node = self.repeated(node)?;
            group.sequence.push(node);
        }
        if outer.is_empty() { Ok(group.node()) } else { Err(Defect::Invalid) }
    }

    /// What follows a `(`.
    fn group_kind(&mut self) -> Result<Kind, Defect> {
        if !self.skip('?') {
            return Ok(Kind::Plain);
        }
        let behind = self.skip('<');
        match self.peek() {
            Some(sign @ ('=' | '!')) => {
                self.next();
                return Ok(Kind::Look { behind, negated: sign == '!' });
            }
            _ if behind => {
                self.name()?;
            }
            // Modifiers, as in `(?i:a)`, are too new for the server.
            _ if !self.skip(':') => return Err(Defect::Invalid),
            _ => {}
        }
        Ok(Kind::Plain)
    }

    /// The part, with the quantifier that follows it.
    fn repeated(&mut self, node: Node) -> Result<Node, Defect> {
        let (least, most) = match self.peek() {
            Some('*') => (0, u32::MAX),
            Some('+') => (1, u32::MAX),
            Some('?') => (0, 1),
            Some('{') => {
                let start = self.rest;
                self.next();
                match self.braces() {
                    Some(counts) => {
                        if counts.0 > counts.1 {
                            return Err(Defect::Invalid);
                        }
                        self.skip('?');
                        return Ok(Node::Repeat { node: Box::new(node), least: counts.0, most: counts.1 });
                    }
                    None => {
                        self.rest = start;
                        return Ok(node);
                    }
                }
            }
            _ => return Ok(node),
        };
        self.next();
        self.skip('?');
        Ok(Node::Repeat { node: Box::new(node), least, most })
    }

    /// `1}`, `1,}` or `1,2}`; anything else stands for itself, and is not read.
    fn braces(&mut self) -> Option<(u32, u32)> {
        let start = self.rest;
        let counts = self.number().and_then(|least| {
            let most = if self.skip(',') { self.number().unwrap_or(u32::MAX) } else { least };
            self.skip('}').then_some((least, most))
        });
        if counts.is_none() {
            self.rest = start;
        }
        counts
    }

    pub fn number(&mut self) -> Option<u32> {
        let mut number: Option<u32> = None;
        while let Some(digit) = self.peek().and_then(|character| character.to_digit(10)) {
            self.next();
            number = Some(number.unwrap_or_default().saturating_mul(10).saturating_add(digit));
        }
        number
    }
}

/// The code unit as a character, for comparing with those of the grammar: half a surrogate pair is none of them.
pub(super) fn plain(unit: u16) -> char {
    char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)
}
