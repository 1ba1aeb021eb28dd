//! Permissions that earlier ones leave nothing to decide.

use super::lint::{Notes, Severity};
use super::matcher::{Pattern, Reach};
use crate::types::{Permission, PermissionConstraints};

/// Notes which actions of `permission` an earlier one decides on all of its resource.
pub(super) fn order(permissions: &[Permission], index: usize, permission: &Permission, notes: &mut Notes<'_>) {
    let earlier = permissions.iter().take(index).enumerate();
    let above: Vec<(usize, &Permission)> =
        earlier.filter(|(_, one)| includes(&one.resource, &permission.resource)).collect();
    if above.is_empty() || permission.actions.is_empty() {
        return;
    }
    let decider = |action: &String| {
        above.iter().find(|(_, one)| one.actions.iter().any(|held| held == "*" || held == action)).copied()
    };
    let decided: Vec<(&String, (usize, &Permission))> =
        permission.actions.iter().filter_map(|action| Some((action, decider(action)?))).collect();
    let Some((_, (first, winner))) = decided.first().copied() else { return };
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

/// Whether the server finds every resource that matches `narrow` to match `wide`.
fn includes(wide: &str, narrow: &str) -> bool {
    let (wide, narrow) = (Pattern::new(wide), Pattern::new(narrow));
    let below = || {
        let rest = narrow.prefix.strip_prefix(wide.prefix);
        narrow.reach != Reach::Everything && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    };
    match wide.reach {
        Reach::Everything => true,
        Reach::Below => below(),
        Reach::Itself => narrow.reach == Reach::Itself && narrow.prefix == wide.prefix,
    }
}
