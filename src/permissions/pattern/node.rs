//! A pattern as it was parsed.

use super::set::Set;

/// A part of a pattern. What only matters to what is captured (greediness, group numbers) is left out.
#[derive(Debug)]
pub(super) enum Node {
    /// One code unit of a set.
    Set(Set),
    Sequence(Vec<Node>),
    Alternatives(Vec<Node>),
    Repeat {
        node: Box<Node>,
        least: u32,
        /// `u32::MAX` if there is no end.
        most: u32,
    },
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`, or `\B` if negated.
    WordBoundary {
        negated: bool,
    },
    Look {
        node: Box<Node>,
        behind: bool,
        negated: bool,
    },
}

/// A pattern and the ranges of code units, both ends included, of which its sets consist.
#[derive(Debug)]
pub(super) struct Parsed {
    pub node: Node,
    pub ranges: Vec<(u16, u16)>,
}

impl Node {
    /// Whether it matches no empty text, whatever the assertions in it say.
    pub fn consumes(&self) -> bool {
        match self {
            Self::Set(..) => true,
            Self::Sequence(nodes) => nodes.iter().any(Self::consumes),
            Self::Alternatives(nodes) => nodes.iter().all(Self::consumes),
            Self::Repeat { node, least, .. } => *least > 0 && node.consumes(),
            Self::Start | Self::End | Self::WordBoundary { .. } | Self::Look { .. } => false,
        }
    }
}
