//! Permissions that earlier ones leave nothing to decide.

use super::first::Earlier;
use super::lint::{Notes, Severity};
use crate::schema::{Permission, PermissionConstraints};

/// Notes which actions of `permission` an `earlier` one decides on all of its resource.
pub(super) fn order(permissions: &[Permission], earlier: &Earlier<'_>, permission: &Permission, notes: &mut Notes<'_>) {
    let deciders = earlier.deciders(permission);
    let decided: Vec<(&String, usize)> =
        permission.actions.iter().zip(deciders).filter_map(|(action, decider)| Some((action, decider?))).collect();
    let Some((_, first)) = decided.first().copied() else { return };
    let Some(winner) = permissions.get(first) else { return };
    let number = first.to_string();
    if decided.len() < permission.actions.len() {
        let mut names = String::new();
        for (action, _) in &decided {
            names.push_str(if names.is_empty() { "\"" } else { ", \"" });
            names.push_str(action);
            names.push('"');
        }
        notes.note(
            "shadowed-actions",
            Severity::Warning,
            &[".actions"],
            &["It never decides about ", &names, ": [", &number, "] matches first"],
            "Put it before the wider permission, or remove those actions.",
        );
        return;
    }
    let none = PermissionConstraints::default();
    let made = |one: &Permission| one.constraints.clone().unwrap_or_else(|| none.clone());
    if made(winner) != made(permission) {
        notes.note(
            "conflicting-constraints",
            Severity::Error,
            &[".constraints"],
            &["Its constraints are never looked at: [", &number, "] matches first, and has others"],
            "Put the narrower permission first, or make one of the two.",
        );
    } else {
        notes.note(
            "unreachable",
            Severity::Warning,
            &[],
            &["It never decides: [", &number, "] matches first"],
            "Remove it, or put it before the wider permission.",
        );
    }
}
