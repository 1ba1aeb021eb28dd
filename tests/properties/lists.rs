//! Lists of permissions compared each with each: plainly, and slowly.

use kavachos_wasm::permissions::Uncovered;
use kavachos_wasm::schema::Permission;

/// Those of `children` that no single one of `parents` covers.
pub fn uncovered<'p>(parents: &[Permission], children: &'p [Permission]) -> Vec<Uncovered<'p>> {
    let check = |(index, child): (usize, &'p Permission)| {
        let above = parents.iter().enumerate().filter(|(_, parent)| is_above(&parent.resource, &child.resource));
        let lacking = above.map(|(closest, parent)| (closest, missing(parent, child)));
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

fn missing<'p>(parent: &Permission, child: &'p Permission) -> Vec<&'p str> {
    let lacks = |action: &&str| !holds(parent, action);
    child.actions.iter().map(String::as_str).filter(lacks).collect()
}

fn holds(permission: &Permission, action: &str) -> bool {
    permission.actions.iter().any(|held| held == "*" || held == action)
}

/// Whether the segments of `parent` before its first `*` are the first ones of `child`.
fn is_above(parent: &str, child: &str) -> bool {
    let named = named(parent);
    child.split(':').take(named.len()).eq(named.iter().copied())
}

fn named(resource: &str) -> Vec<&str> {
    resource.split(':').take_while(|segment| *segment != "*").collect()
}

/// Whether every resource that matches `narrow` on the server matches `wide` too.
fn includes(wide: &str, narrow: &str) -> bool {
    let (wide_named, narrow_named) = (named(wide), named(narrow));
    let [wide_has_star, narrow_has_star] =
        [(wide, &wide_named), (narrow, &narrow_named)].map(|(text, named)| text.split(':').count() > named.len());
    if wide_has_star { narrow_named.starts_with(&wide_named) } else { !narrow_has_star && wide == narrow }
}

/// Whether a finding is about permissions that earlier ones leave nothing to decide.
pub fn is_about_order(code: &str, path: &str) -> bool {
    matches!(code, "unreachable" | "shadowed-actions") || code == "conflicting-constraints" && path == ".constraints"
}

/// Those findings, with their index and message.
pub fn order(permissions: &[Permission]) -> Vec<(usize, &'static str, String)> {
    permissions.iter().enumerate().filter_map(|(index, permission)| about(permissions, index, permission)).collect()
}

fn about(permissions: &[Permission], index: usize, permission: &Permission) -> Option<(usize, &'static str, String)> {
    let earlier = permissions[..index].iter().enumerate();
    let above: Vec<_> = earlier.filter(|(_, one)| includes(&one.resource, &permission.resource)).collect();
    let decider = |action: &String| above.iter().find(|(_, one)| holds(one, action)).map(|(decider, _)| *decider);
    let decided: Vec<_> = permission.actions.iter().filter_map(|action| Some((action, decider(action)?))).collect();
    let (_, first) = *decided.first()?;
    if decided.len() < permission.actions.len() {
        let names: Vec<_> = decided.iter().map(|(action, _)| format!("{action:?}")).collect();
        let message = format!("It never decides about {}: [{first}] matches first", names.join(", "));
        return Some((index, "shadowed-actions", message));
    }
    let made = |one: &Permission| one.constraints.clone().unwrap_or_default();
    Some(if made(&permissions[first]) == made(permission) {
        (index, "unreachable", format!("It never decides: [{first}] matches first"))
    } else {
        let message = format!("Its constraints are never looked at: [{first}] matches first, and has others");
        (index, "conflicting-constraints", message)
    })
}
