//! Finding the permission that decides, in many calls against the same permissions.
//!
//! On the server that is the first that matches; by the public documentation the most specific. A few permissions are
//! looked through one by one; of more an index is made, whose cost does not grow with their number.

use super::best::Best;
use super::constraint::Mode;
use super::first::First;
use crate::types::Permission;

/// Up to so many permissions are looked through one by one: measured, that is where an index begins to pay.
const FEW: usize = 16;

/// Permissions, prepared for finding the one that decides.
#[derive(Debug)]
pub struct Matcher(Way);

#[derive(Debug)]
enum Way {
    Scan(Vec<Rule>),
    First(First),
    Best(Best),
}

impl Matcher {
    /// Prepares `permissions`.
    pub fn new(mode: Mode, permissions: &[Permission]) -> Self {
        Self(match mode {
            Mode::Server if permissions.len() <= FEW => Way::Scan(permissions.iter().map(Rule::new).collect()),
            Mode::Server => Way::First(First::new(permissions)),
            Mode::Strict => Way::Best(Best::new(permissions)),
        })
    }

    /// The index of the permission that decides about that action on that resource.
    pub fn find(&self, action: &[u8], resource: &[u8]) -> Option<usize> {
        match &self.0 {
            Way::Scan(rules) => rules.iter().position(|rule| rule.grants(action, resource)),
            Way::First(index) => index.find(action, resource),
            Way::Best(index) => index.find(action, resource),
        }
    }
}

/// A pattern as the server reads it: what comes after the first `*` segment does not matter.
#[derive(Debug)]
pub(super) struct Pattern<'p> {
    /// What a resource must begin with.
    pub prefix: &'p str,
    /// Whether anything may follow.
    pub reach: Reach,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Nothing follows.
    Itself,
    /// The prefix, or whatever lies below it.
    Below,
    /// Every resource: there is no prefix.
    Everything,
}

impl<'p> Pattern<'p> {
    pub fn new(resource: &'p str) -> Self {
        let mut end = 0usize;
        for segment in resource.split(':') {
            if segment == "*" {
                let prefix = end.checked_sub(1).and_then(|end| resource.get(..end));
                let reach = if prefix.is_some() { Reach::Below } else { Reach::Everything };
                return Self { prefix: prefix.unwrap_or_default(), reach };
            }
            end += segment.len() + 1;
        }
        Self { prefix: resource, reach: Reach::Itself }
    }
}

#[derive(Debug)]
struct Rule {
    prefix: Box<[u8]>,
    reach: Reach,
    actions: Box<[Box<[u8]>]>,
    every_action: bool,
}

impl Rule {
    fn new(permission: &Permission) -> Self {
        let Pattern { prefix, reach } = Pattern::new(&permission.resource);
        Self {
            prefix: prefix.as_bytes().into(),
            reach,
            actions: permission.actions.iter().map(|action| action.as_bytes().into()).collect(),
            every_action: permission.actions.iter().any(|action| action == "*"),
        }
    }

    fn grants(&self, action: &[u8], resource: &[u8]) -> bool {
        let reaches = match self.reach {
            Reach::Itself => *resource == *self.prefix,
            Reach::Below => {
                resource.strip_prefix(&*self.prefix).is_some_and(|rest| rest.first().is_none_or(|next| *next == b':'))
            }
            Reach::Everything => true,
        };
        reaches && (self.every_action || self.actions.iter().any(|granted| **granted == *action))
    }
}
