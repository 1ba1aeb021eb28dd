//! Why a call is allowed or denied: each permission, matched or why not, and each of its constraints with its verdict. The words are
//! JavaScript's, generated from here.

use super::constraint::{Call, Constraint, Host, Mode, Outcome};
use super::evaluate::{Judgement, no_grant, outcome, undecidable};
use super::matching::{acts, reaches};
use super::pack::Packer;
use super::unpack::PermissionList;

/// What a constraint comes to, by its number.
#[derive(Clone, Copy, Debug)]
pub enum ConstraintVerdict {
    /// The call meets it.
    Met,
    /// The call does not meet it.
    Failed,
    /// That depends on something that is not known.
    Unknown,
}

impl ConstraintVerdict {
    /// Their names, by their numbers.
    pub const NAMES: [&str; 3] = ["met", "failed", "unknown"];
}

/// What a permission has to do with a call, in server and, if that says something else, in strict mode: by a number that is 1 if its actions include the call's,
/// 2 if its resource does, 3 if both do and it decides, and 4 if both do and another one decides. The action, the resource or the
/// index of the other one stands for `{}`.
pub const REASONS: [&[&str]; 5] = [
    &["does not match: neither its resource nor its actions"],
    &["does not match: its resource does not include \"{}\""],
    &["does not match: its actions do not include \"{}\""],
    &["decides: the first that matches", "decides: the most specific that matches"],
    &["matches, but [{}] comes first", "matches, but [{}] goes before: it is more specific, or comes first"],
];

/// What each of [`Constraint::ALL`] asks for, in server and, if that is something else, in strict mode, and at last one that is not known. Its values stand for
/// each `{}`.
pub const CONDITIONS: [&[&str]; 6] = [
    &["at most {} calls per hour"],
    &["every string argument matches each of {}", "every string argument matches one of {}"],
    &["a human approves"],
    &["between {} and {}"],
    &["the call comes from one of {}"],
    &["a constraint that is not known here"],
];

/// A constraint that is made, by its place in [`CONDITIONS`], its name and what it comes to.
type Checked<'p> = (usize, &'p str, Outcome);

/// Explains the decision about `call`, into `answer`: the judgement; the index of the permission that decides, plus one, or 0; then for
/// each permission 1 if its actions match and 2 if its resource does, and if both do, its constraints. `agent` is the agent's name, if
/// it is known.
pub fn explain(
    mode: Mode,
    list: &PermissionList,
    decisive: Option<usize>,
    agent: Option<&str>,
    call: &Call<'_>,
    host: &mut impl Host,
    answer: &mut Packer,
) {
    // The one that decides comes first: it has the whole budget of a decision.
    let deciding = decisive.map(|index| checked(mode, list, index, call, host));
    let mut judgement = Judgement::default();
    match &deciding {
        Some(found) => found.iter().for_each(|(_, name, outcome)| judgement.add(name, outcome.clone())),
        None => judgement.reason = Some(no_grant(agent, call.action, call.resource)),
    }
    judgement.pack(answer);
    answer.number(decisive.map_or(0, |index| index + 1));
    for (index, permission) in list.permissions.iter().enumerate() {
        let matched =
            usize::from(acts(permission, call.action)) | usize::from(reaches(mode, permission, call.resource)) << 1;
        answer.number(matched);
        if matched == 3 {
            match &deciding {
                Some(found) if decisive == Some(index) => pack(found, answer),
                _ => pack(&checked(mode, list, index, call, host), answer),
            }
        }
    }
}

/// Judges the constraints of the permission at `index`.
#[inline(never)]
fn checked<'p>(
    mode: Mode,
    list: &'p PermissionList,
    index: usize,
    call: &Call<'_>,
    host: &mut impl Host,
) -> Vec<Checked<'p>> {
    let mut found = Vec::new();
    if let Some(made) = list.permissions.get(index).and_then(|permission| permission.constraints.as_ref()) {
        for (place, constraint) in Constraint::ALL.into_iter().enumerate() {
            if constraint.is_made(made) {
                found.push((place, constraint.name(), outcome(constraint, mode, made, call, host)));
            }
        }
    }
    for one in &list.unknown {
        if one.index == index {
            found.push((Constraint::ALL.len(), one.name.as_str(), undecidable(&one.name)));
        }
    }
    found
}

/// For each its place, its name, its verdict, and why it is not met or what has to be known.
fn pack(found: &[Checked<'_>], answer: &mut Packer) {
    answer.number(found.len());
    for (place, name, outcome) in found {
        let (verdict, detail) = match outcome {
            Outcome::Met => (ConstraintVerdict::Met, ""),
            Outcome::Failed(reason) => (ConstraintVerdict::Failed, reason.as_str()),
            Outcome::Unknown(need) => (ConstraintVerdict::Unknown, need.name()),
        };
        answer.number(*place);
        answer.text(name);
        answer.number(verdict as usize);
        answer.text(detail);
    }
}
