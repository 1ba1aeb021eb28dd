//! Whether one permission is part of another: the rule by which agents may lend.

use crate::types::Permission;

/// Whether `parent` covers `child`: an equal resource or one below it, and every action.
///
/// A plain prefix counts as being above (`a` covers `a:b:c`), although it does not *match* it: the
/// server lends more than the lender may use itself. Constraints play no part.
pub fn covers(parent: &Permission, child: &Permission) -> bool {
    let holds_all = parent.actions.iter().any(|action| action == "*")
        || child.actions.iter().all(|action| parent.actions.contains(action));
    holds_all && is_above(&parent.resource, &child.resource)
}

/// Whether each of `children` is covered by one of `parents`; actions of several are not added up.
pub fn covers_all(parents: &[Permission], children: &[Permission]) -> bool {
    children.iter().all(|child| parents.iter().any(|parent| covers(parent, child)))
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
