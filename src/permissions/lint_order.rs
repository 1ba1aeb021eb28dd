//! Permissions that earlier ones leave nothing to decide.

use super::constraint::Constraint;
use super::first_match_index::EarlierPermissions;
use super::lint::Notes;
use super::lint_rules::Rule;
use crate::schema::{Permission, PermissionConstraints};
use crate::text::digits;

/// Notes which actions of `permission` an `earlier` one decides on all of its resource.
pub(super) fn order(
    permissions: &[Permission],
    earlier: &EarlierPermissions<'_>,
    permission: &Permission,
    notes: &mut Notes<'_, '_>,
) {
    let deciders = earlier.deciders(permission);
    let Some(first) = deciders.iter().find_map(|decider| *decider) else { return };
    let Some(winner) = permissions.get(first) else { return };
    let number = digits(first as u64);
    if deciders.contains(&None) {
        let mut names = String::new();
        for (action, decider) in permission.actions.iter().zip(deciders) {
            if decider.is_some() {
                names.push_str(if names.is_empty() { "\"" } else { ", \"" });
                names.push_str(action);
                names.push('"');
            }
        }
        return notes.note(Rule::ShadowedActions, &[&names, &number]);
    }
    let none = PermissionConstraints::default();
    let [theirs, own] = [winner, permission].map(|one| one.constraints.as_ref().unwrap_or(&none));
    let are_same = Constraint::ALL.iter().all(|one| one.is_same(theirs, own));
    notes.note(if are_same { Rule::Unreachable } else { Rule::ShadowedConstraints }, &[&number]);
}
