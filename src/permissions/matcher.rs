//! Finding the permission that decides, in many calls against the same permissions.
//!
//! On the server that is the first that matches; by the public documentation the most specific. A few permissions are
//! looked through one by one; of more an index is made, whose cost does not grow with their number.

use super::constraint::Mode;
use super::first_match_index::FirstMatchIndex;
use super::most_specific_index::MostSpecificIndex;
use super::segments::Segments;
use crate::schema::Permission;

/// Up to so many permissions are looked through one by one: measured, that is where an index begins to pay.
const FEW: usize = 5;

/// Permissions, prepared for finding the one that decides.
#[derive(Debug)]
pub struct Matcher(Way);

#[derive(Debug)]
enum Way {
    Scan(Vec<Rule>),
    FirstMatch(FirstMatchIndex),
    MostSpecific(MostSpecificIndex),
}

impl Matcher {
    /// Prepares `permissions`.
    pub fn new(mode: Mode, permissions: &[Permission]) -> Self {
        Self(match mode {
            Mode::Server if permissions.len() <= FEW => {
                let mut rules = Vec::new();
                permissions.iter().for_each(|permission| rules.push(Rule::new(permission)));
                Way::Scan(rules)
            }
            Mode::Server => Way::FirstMatch(FirstMatchIndex::new(permissions)),
            Mode::Strict => Way::MostSpecific(MostSpecificIndex::new(permissions)),
        })
    }

    /// The index of the permission that decides about that action on that resource.
    pub fn find(&self, action: &[u8], resource: &[u8]) -> Option<usize> {
        match &self.0 {
            Way::Scan(rules) => rules.iter().position(|rule| rule.grants(action, resource)),
            Way::FirstMatch(index) => index.find(action, resource),
            Way::MostSpecific(index) => index.find(action, resource),
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
        for segment in Segments::of(resource) {
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
    prefix: String,
    reach: Reach,
    actions: Vec<String>,
    every_action: bool,
}

impl Rule {
    fn new(permission: &Permission) -> Self {
        let Pattern { prefix, reach } = Pattern::new(&permission.resource);
        let every_action = permission.actions.iter().any(|action| action == "*");
        Self { prefix: prefix.to_owned(), reach, actions: permission.actions.clone(), every_action }
    }

    fn grants(&self, action: &[u8], resource: &[u8]) -> bool {
        let reaches = match self.reach {
            Reach::Itself => resource == self.prefix.as_bytes(),
            Reach::Below => resource
                .strip_prefix(self.prefix.as_bytes())
                .is_some_and(|rest| rest.first().is_none_or(|next| *next == b':')),
            Reach::Everything => true,
        };
        reaches && (self.every_action || self.actions.iter().any(|granted| granted.as_bytes() == action))
    }
}

#[cfg(test)]
mod tests {
    use super::super::evaluate::find;
    use super::*;

    /// Segments of all lengths around those of a word, and some that are easily taken for another.
    const SEGMENTS: [&str; 11] =
        ["", "a", "a\0", ";", "é", "seven77", "eight888", "nine99999", "fifteen15151515", "sixteen161616161", "*"];

    #[test]
    fn an_index_finds_what_a_walk_finds() {
        let texts: Vec<String> = SEGMENTS
            .iter()
            .flat_map(|one| SEGMENTS.map(|two| format!("{one}:{two}")))
            .flat_map(|two| SEGMENTS.map(|three| format!("{two}:{three}")).into_iter().chain([two]))
            .chain(SEGMENTS.map(str::to_owned))
            .collect();
        // Those of every resource are last: before them, others decide.
        let by_stars = |text: &&String| text.starts_with('*');
        let (last, first): (Vec<&String>, Vec<&String>) = texts.iter().partition(by_stars);
        let permissions: Vec<Permission> = first
            .into_iter()
            .chain(last)
            .enumerate()
            .filter(|(number, _)| number % 3 != 0)
            .map(|(number, resource)| Permission {
                resource: resource.clone(),
                actions: ["read", "write", "*"].iter().skip(number % 4).map(|&action| action.to_owned()).collect(),
                constraints: None,
            })
            .collect();
        for length in [FEW, FEW + 1, 100, permissions.len()] {
            let permissions = &permissions[..length];
            let matcher = Matcher::new(Mode::Server, permissions);
            for resource in &texts {
                for action in ["read", "write", "execute"] {
                    let found = matcher.find(action.as_bytes(), resource.as_bytes()).map(|index| &permissions[index]);
                    let expected = find(permissions, action, resource);
                    assert!(
                        found.map(std::ptr::from_ref) == expected.map(std::ptr::from_ref),
                        "{action} on {resource:?}"
                    );
                }
            }
        }
    }
}
