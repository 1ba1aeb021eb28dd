//! Reads the parts of a pattern that stand for one code unit of a set: escapes, and classes such as `[a-z]`.

use super::Defect;
use super::node::Node;
use super::parse::{Parser, plain};
use super::set::{DIGITS, Ranges, SPACE, Set, WORD, add_others};

/// What an escape stands for: one code unit, or a set that has a name, or all that is not in it.
#[derive(Clone, Copy)]
pub(super) enum Atom {
    Unit(u16),
    Named(&'static Ranges, bool),
}

impl Parser<'_> {
    /// The set that an atom is.
    pub fn set(&mut self, atom: Atom) -> Node {
        let from = self.ranges.len() as u32;
        let negated = match atom {
            Atom::Named(ranges, negated) => {
                self.ranges.extend_from_slice(ranges);
                negated
            }
            Atom::Unit(unit) => {
                self.ranges.push((unit, unit));
                false
            }
        };
        Node::Set(Set { from, to: self.ranges.len() as u32, negated })
    }

    /// A class, of which the `[` has been read.
    pub fn class(&mut self) -> Result<Node, Defect> {
        let negated = self.skip('^');
        let from = self.ranges.len() as u32;
        while !self.skip(']') {
            let first = self.class_atom()?;
            let is_range = self.peek() == Some('-') && !matches!(self.rest.get(1), None | Some(0x5d));
            if !is_range {
                self.add(first);
                continue;
            }
            self.next();
            match (first, self.class_atom()?) {
                (Atom::Unit(first), Atom::Unit(last)) if first > last => return Err(Defect::Invalid),
                (Atom::Unit(first), Atom::Unit(last)) => self.ranges.push((first, last)),
                // With `\w` or the like at one end the hyphen stands for itself.
                (first, last) => [first, last, Atom::Unit(0x2d)].into_iter().for_each(|atom| self.add(atom)),
            }
        }
        Ok(Node::Set(Set { from, to: self.ranges.len() as u32, negated }))
    }

    /// Adds to the ranges of a class.
    fn add(&mut self, atom: Atom) {
        match atom {
            Atom::Named(ranges, true) => add_others(ranges, &mut self.ranges),
            atom => drop(self.set(atom)),
        }
    }

    fn class_atom(&mut self) -> Result<Atom, Defect> {
        match self.next().ok_or(Defect::Invalid)? {
            0x5c if self.rest.is_empty() => Err(Defect::Invalid),
            0x5c => self.escape(true),
            unit => Ok(Atom::Unit(unit)),
        }
    }

    /// What an escape stands for, of which the backslash has been read and something follows.
    pub fn escape(&mut self, in_class: bool) -> Result<Atom, Defect> {
        let start = self.rest;
        let unit = self.next().ok_or(Defect::Invalid)?;
        let value = match plain(unit) {
            sign @ ('d' | 'D') => return Ok(Atom::Named(DIGITS, sign == 'D')),
            sign @ ('w' | 'W') => return Ok(Atom::Named(WORD, sign == 'W')),
            sign @ ('s' | 'S') => return Ok(Atom::Named(SPACE, sign == 'S')),
            'b' if in_class => 0x08,
            't' => 0x09,
            'n' => 0x0a,
            'v' => 0x0b,
            'f' => 0x0c,
            'r' => 0x0d,
            'x' => self.hex(2).unwrap_or(unit),
            'u' => self.hex(4).unwrap_or(unit),
            'c' => match self.peek() {
                Some(letter)
                    if letter.is_ascii_alphabetic() || in_class && (letter.is_ascii_digit() || letter == '_') =>
                {
                    self.next();
                    letter as u16 & 0x1f
                }
                // The backslash stands for itself, and so does what follows.
                _ => {
                    self.rest = start;
                    0x5c
                }
            },
            'k' if !self.names.is_empty() => {
                self.refers_back = true;
                let is_known = !in_class && self.skip('<') && {
                    let name = self.name()?;
                    self.names.contains(&name)
                };
                if !is_known {
                    return Err(Defect::Invalid);
                }
                unit
            }
            digit @ '0'..='9' => {
                self.rest = start;
                if !in_class && digit != '0' && self.number().is_some_and(|number| number <= self.captures) {
                    self.refers_back = true;
                    return Ok(Atom::Unit(unit));
                }
                self.rest = start;
                self.octal().unwrap_or_else(|| {
                    self.next();
                    unit
                })
            }
            _ => unit,
        };
        Ok(Atom::Unit(value))
    }

    /// So many hexadecimal digits; otherwise nothing is read.
    fn hex(&mut self, digits: usize) -> Option<u16> {
        let mut value = 0;
        for unit in self.rest.get(..digits)? {
            value = value << 4 | plain(*unit).to_digit(16)? as u16;
        }
        self.rest = self.rest.get(digits..)?;
        Some(value)
    }

    /// Up to three octal digits, of a value below 256; otherwise nothing is read.
    fn octal(&mut self) -> Option<u16> {
        let mut value = None;
        for _ in 0..3 {
            let before: u16 = value.unwrap_or_default();
            let Some(digit) = self.peek().and_then(|character| character.to_digit(8)).filter(|_| before < 0o40) else {
                break;
            };
            value = Some(before << 3 | digit as u16);
            self.next();
        }
        value
    }
}
