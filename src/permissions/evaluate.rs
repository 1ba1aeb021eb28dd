//! The decision: the first permission that matches, and its constraints in the server's order.

use super::constraint::{Call, Constraint, Host, InvalidPattern, Mode, NO_ADDRESS, Need, Outcome};
use super::matching::grants;
use crate::types::{Permission, PermissionConstraints};

/// A decision. `Err` holds the reason of a denial, word for word as the server gives it.
pub type Verdict = Result<(), String>;

/// Decides as the server does whether `permissions` allow `call`.
///
/// The first permission that matches the call is the only one that is evaluated.
///
/// # Errors
/// [`InvalidPattern`] if a constraint holds a pattern that is no regular expression.
pub fn evaluate(permissions: &[Permission], call: &Call<'_>, host: &mut impl Host) -> Result<Verdict, InvalidPattern> {
    let Some(permission) = find(permissions, call.action, call.resource) else {
        return Ok(Err(no_grant(Some(call.agent), call.action, call.resource)));
    };
    for constraint in Constraint::ALL {
        let Some(constraints) = &permission.constraints else { break };
        if let Outcome::Failed(reason) = constraint.check(Mode::Server, constraints, call, host)? {
            return Ok(Err(reason));
        }
    }
    Ok(Ok(()))
}

/// The permission that decides about that action on that resource on the server.
pub fn find<'p>(permissions: &'p [Permission], action: &str, resource: &str) -> Option<&'p Permission> {
    permissions.iter().find(|permission| grants(permission, action, resource))
}

/// The parts of the reason where no permission matches; the name follows the second, the action the fourth, and the
/// resource the fifth.
pub const NO_GRANT: [&str; 6] = ["No permission grants ", "agent \"", "\" ", "access to \"", "\" on \"", "\""];

/// The reason where no permission matches. Without a name the agent is not mentioned.
pub fn no_grant(agent: Option<&str>, action: &str, resource: &str) -> String {
    let [start, before, after, access, on, end] = NO_GRANT;
    let [before, name, after] = agent.map_or([""; 3], |name| [before, name, after]);
    [start, before, name, after, access, action, on, resource, end].concat()
}

/// What a permission's constraints come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// Why the call is not allowed; `None` if it is.
    pub reason: Option<String>,
    /// The constraint that it does not meet, or the first that cannot be decided.
    pub constraint: Option<String>,
    /// What would have to be known. Empty where the answer does not depend on it.
    pub needs: Vec<Need>,
}

/// Judges where not everything is known: a constraint that fails denies, whatever is not known about the others; and
/// without one, nothing is allowed until all is known. `unknown` are constraints that nothing is known about here.
pub fn judge<'u>(
    mode: Mode,
    constraints: Option<&PermissionConstraints>,
    unknown: impl Iterator<Item = &'u str>,
    call: &Call<'_>,
    host: &mut impl Host,
) -> Judgement {
    let made = constraints.iter().flat_map(|made| Constraint::ALL.map(|constraint| (constraint, *made)));
    let known = made.map(|(constraint, made)| (constraint.name(), outcome(constraint, mode, made, call, host)));
    conclude(&mut known.chain(unknown.map(undecidable)))
}

/// What a constraint comes to that is not known here.
pub(super) fn undecidable(name: &str) -> (&str, Outcome) {
    (name, Outcome::Unknown(Need::Constraint(name.to_owned())))
}

/// What a constraint comes to where nobody answers 500: an invalid pattern denies.
pub(super) fn outcome(
    constraint: Constraint,
    mode: Mode,
    constraints: &PermissionConstraints,
    call: &Call<'_>,
    host: &mut impl Host,
) -> Outcome {
    constraint.check(mode, constraints, call, host).unwrap_or_else(|InvalidPattern(reason)| Outcome::Failed(reason))
}

/// What these outcomes come to, in the server's order; the first that fails is the last that is looked at.
pub(super) fn conclude(outcomes: &mut dyn Iterator<Item = (&str, Outcome)>) -> Judgement {
    let mut open = Judgement::default();
    for (name, outcome) in outcomes {
        match outcome {
            Outcome::Met => {}
            Outcome::Failed(reason) => {
                return Judgement { reason: Some(reason), constraint: Some(name.to_owned()), needs: Vec::new() };
            }
            Outcome::Unknown(need) => {
                open.constraint = open.constraint.or_else(|| Some(name.to_owned()));
                open.needs.push(need);
            }
        }
    }
    if !open.needs.is_empty() {
        open.reason = Some(undecided(&open.needs));
    }
    open
}

fn undecided(needs: &[Need]) -> String {
    if needs == [Need::Ip] {
        return NO_ADDRESS.to_owned();
    }
    let names: Vec<&str> = needs.iter().map(Need::name).collect();
    ["Cannot be decided here without ", &names.join(", ")].concat()
}
