//! Whether one permission is part of another: the rule by which agents may lend.

use super::json_text::JsonText;
use crate::types::Permission;

/// Whether `parent` covers `child`: an equal resource or one below it, and every action.
///
/// A plain prefix counts as being above (`a` covers `a:b:c`), although it does not *match* it: the
/// server lends more than the lender may use itself. Constraints play no part.
pub fn covers(parent: &Permission, child: &Permission) -> bool {
    is_above(&parent.resource, &child.resource) && missing(parent, child).next().is_none()
}

/// Whether each of `children` is covered by one of `parents`; actions of several are not added up.
pub fn covers_all(parents: &[Permission], children: &[Permission]) -> bool {
    children.iter().all(|child| parents.iter().any(|parent| covers(parent, child)))
}

/// A permission that no single permission covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncovered<'p> {
    /// Its index.
    pub index: usize,
    /// The permission that comes closest: its resource is equal or above, and it lacks the fewest actions. `None` if none
    /// is above.
    pub closest: Option<usize>,
    /// The actions which that one lacks; without one, all actions.
    pub actions: Vec<&'p str>,
}

/// Those of `children` that `parents` do not cover, each with what is lacking. Empty if they may be lent.
pub fn uncovered<'p>(parents: &[Permission], children: &'p [Permission]) -> Vec<Uncovered<'p>> {
    let check = |(index, child): (usize, &'p Permission)| {
        let above = parents.iter().enumerate().filter(|(_, parent)| is_above(&parent.resource, &child.resource));
        let lacking = above.map(|(closest, parent)| (closest, missing(parent, child).collect::<Vec<_>>()));
        match lacking.min_by_key(|(_, actions)| actions.len()) {
            Some((_, actions)) if actions.is_empty() => None,
            Some((closest, actions)) => Some(Uncovered { index, closest: Some(closest), actions }),
            None => {
                let actions = child.actions.iter().map(String::as_str).collect();
                Some(Uncovered { index, closest: None, actions })
            }
        }
    };
    children.iter().enumerate().filter_map(check).collect()
}

impl Uncovered<'_> {
    /// What is lacking, in a sentence.
    pub fn message(&self, parents: &[Permission], children: &[Permission]) -> String {
        let resource =
            |list: &[Permission], index: usize| list.get(index).map(|one| one.resource.clone()).unwrap_or_default();
        let child = resource(children, self.index);
        match self.closest {
            None => ["No permission is on \"", &child, "\" or above it"].concat(),
            Some(closest) => {
                let parent = resource(parents, closest);
                let actions = self.actions.join("\", \"");
                [
                    "The permission on \"",
                    &parent,
                    "\" does not have \"",
                    &actions,
                    "\", which is asked for on \"",
                    &child,
                    "\"",
                ]
                .concat()
            }
        }
    }
}

/// The answer as JSON.
pub fn coverage(parents: &[Permission], children: &[Permission]) -> String {
    let lacking = uncovered(parents, children);
    JsonText::object(|json| {
        json.flag("covered", lacking.is_empty());
        if !lacking.is_empty() {
            json.list("uncovered", &lacking, |json, one| {
                json.number("index", one.index);
                if let Some(closest) = one.closest {
                    json.number("closest", closest);
                }
                json.texts("actions", one.actions.iter().copied());
                json.text("message", &one.message(parents, children));
            });
        }
    })
}

fn missing<'p>(parent: &Permission, child: &'p Permission) -> impl Iterator<Item = &'p str> {
    let held = |action: &&str| parent.actions.iter().any(|held| held == "*" || held == action);
    child.actions.iter().map(String::as_str).filter(move |action| !held(action))
}

fn is_above(parent: &str, child: &str) -> bool {
    let mut segments = child.split(':');
    for wanted in parent.split(':') {
        if wanted == "*" {
            return true;
        }
        if segments.next() != Some(wanted) {
            return false;
        }
    }
    true
}
