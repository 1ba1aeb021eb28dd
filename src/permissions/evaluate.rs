//! The decision: the first permission that matches, and its constraints in the server's order.

use super::constraint::{Call, Constraint, Host, InvalidPattern, Mode, NO_ADDRESS, Need, Outcome};
use super::matching::grants;
use super::pack::Packer;
use super::unpack::Unknown;
use crate::schema::{Permission, PermissionConstraints};
use crate::text::text;

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
    text(&[start, before, name, after, access, action, on, resource, end])
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
/// without one, nothing is allowed until all is known. `unknown` are members of the permission at `index` that nothing is
/// known about here.
pub fn judge(
    mode: Mode,
    constraints: Option<&PermissionConstraints>,
    (unknown, index): (&[Unknown], usize),
    call: &Call<'_>,
    host: &mut impl Host,
) -> Judgement {
    let mut judgement = Judgement::default();
    if let Some(constraints) = constraints {
        for constraint in Constraint::ALL {
            judgement.add(constraint.name(), outcome(constraint, mode, constraints, call, host));
            if judgement.is_final() {
                return judgement;
            }
        }
    }
    for one in unknown {
        if one.index == index {
            judgement.add(&one.name, undecidable(&one.name));
        }
    }
    judgement
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

/// What a constraint comes to that is not known here.
pub(super) fn undecidable(name: &str) -> Outcome {
    Outcome::Unknown(Need::Constraint(name.to_owned()))
}

impl Judgement {
    /// Adds what the next constraint comes to. The first that fails decides.
    pub(super) fn add(&mut self, name: &str, outcome: Outcome) {
        if self.is_final() {
            return;
        }
        match outcome {
            Outcome::Met => {}
            Outcome::Failed(reason) => {
                *self = Self { reason: Some(reason), constraint: Some(name.to_owned()), needs: Vec::new() };
            }
            Outcome::Unknown(need) => {
                self.needs.push(need);
                self.constraint.get_or_insert_with(|| name.to_owned());
                self.reason = Some(undecided(&self.needs));
            }
        }
    }

    /// Puts it into an answer: 0 if the call is allowed; otherwise 1, the reason, the constraint if any and what is needed, as lists.
    pub fn pack(&self, answer: &mut Packer) {
        answer.number(usize::from(self.reason.is_some()));
        if let Some(reason) = &self.reason {
            answer.text(reason);
            answer.number(usize::from(self.constraint.is_some()));
            self.constraint.iter().for_each(|constraint| answer.text(constraint));
            answer.number(self.needs.len());
            self.needs.iter().for_each(|need| answer.text(need.name()));
        }
    }

    /// Whether a constraint has failed.
    fn is_final(&self) -> bool {
        self.reason.is_some() && self.needs.is_empty()
    }
}

fn undecided(needs: &[Need]) -> String {
    if needs == [Need::Ip] {
        return NO_ADDRESS.to_owned();
    }
    let mut reason = "Cannot be decided here without ".to_owned();
    for (index, need) in needs.iter().enumerate() {
        reason.push_str(if index == 0 { "" } else { ", " });
        reason.push_str(need.name());
    }
    reason
}
