//! Why a call is allowed or denied: each permission, matched or why not, and each of its constraints with its verdict.

use super::constraint::{Call, Constraint, Host, Mode, Outcome};
use super::evaluate::{Judgement, no_grant, outcome, undecidable};
use super::matching::{acts, reaches};
use super::pack::{Packer, joined};
use super::unpack::PermissionList;
use crate::schema::{Permission, PermissionConstraints};
use crate::text::{digits, text};

/// A constraint and what it came to.
struct Checked<'p> {
    name: &'p str,
    condition: String,
    outcome: Outcome,
}

/// What one permission has to do with a call.
struct Explained<'p> {
    permission: &'p Permission,
    matched: bool,
    decides: bool,
    why: String,
    constraints: Vec<Checked<'p>>,
}

/// Explains the decision about `call`, into `answer`: the judgement, then each permission. `decisive` is the one that decides;
/// `agent` is the agent's name, if it is known.
pub fn explain(
    mode: Mode,
    list: &PermissionList,
    decisive: Option<usize>,
    agent: Option<&str>,
    call: &Call<'_>,
    host: &mut impl Host,
    answer: &mut Packer,
) {
    let mut about =
        |index| list.permissions.get(index).map(|one| about(mode, (index, one), list, decisive, call, host));
    // The one that decides comes first: it has the whole budget of a decision.
    let mut deciding = decisive.and_then(&mut about);
    let mut judgement = Judgement::default();
    match &deciding {
        Some(one) => one.constraints.iter().for_each(|checked| judgement.add(checked.name, checked.outcome.clone())),
        None => judgement.reason = Some(no_grant(agent, call.action, call.resource)),
    }
    judgement.pack(answer);
    for index in 0..list.permissions.len() {
        let one = if decisive == Some(index) { deciding.take() } else { about(index) };
        if let Some(one) = one {
            one.pack(answer);
        }
    }
}

impl Explained<'_> {
    fn pack(&self, answer: &mut Packer) {
        answer.number(usize::from(self.matched) | usize::from(self.decides) << 1);
        answer.text(&self.why);
        answer.joined(&[&self.permission.resource, " (", &joined(&self.permission.actions, ", "), ")"]);
        answer.number(self.constraints.len());
        for Checked { name, condition, outcome } in &self.constraints {
            answer.text(name);
            answer.text(condition);
            let (verdict, detail) = match outcome {
                Outcome::Met => (ConstraintVerdict::Met, ""),
                Outcome::Failed(reason) => (ConstraintVerdict::Failed, reason.as_str()),
                Outcome::Unknown(need) => (ConstraintVerdict::Unknown, need.name()),
            };
            answer.number(verdict as usize);
            answer.text(detail);
        }
    }
}

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

#[inline(never)]
fn about<'p>(
    mode: Mode,
    (index, permission): (usize, &'p Permission),
    list: &'p PermissionList,
    decisive: Option<usize>,
    call: &Call<'_>,
    host: &mut impl Host,
) -> Explained<'p> {
    let (acts, reaches) = (acts(permission, call.action), reaches(mode, permission, call.resource));
    let decides = decisive == Some(index);
    let matched = acts && reaches;
    let why = match (acts, reaches, decisive) {
        (true, true, Some(decisive)) if decisive != index => {
            let before = match mode {
                Mode::Server => "] comes first",
                Mode::Strict => "] goes before: it is more specific, or comes first",
            };
            text(&["matches, but [", &digits(decisive as u64), before])
        }
        (true, true, _) => match mode {
            Mode::Server => "decides: the first that matches".to_owned(),
            Mode::Strict => "decides: the most specific that matches".to_owned(),
        },
        (false, true, _) => text(&["does not match: its actions do not include \"", call.action, "\""]),
        (true, false, _) => text(&["does not match: its resource does not include \"", call.resource, "\""]),
        (false, false, _) => "does not match: neither its resource nor its actions".to_owned(),
    };
    let mut constraints = Vec::new();
    if matched {
        if let Some(made) = &permission.constraints {
            constraints = checked(mode, made, call, host);
        }
        for one in list.unknown.iter().filter(|one| one.index == index) {
            let condition = "a constraint that is not known here".to_owned();
            constraints.push(Checked { name: &one.name, condition, outcome: undecidable(&one.name) });
        }
    }
    Explained { permission, matched, decides, why, constraints }
}

fn checked<'p>(mode: Mode, made: &PermissionConstraints, call: &Call<'_>, host: &mut impl Host) -> Vec<Checked<'p>> {
    let mut found = Vec::new();
    for constraint in Constraint::ALL {
        if constraint.is_made(made) {
            let condition = condition(mode, constraint, made);
            found.push(Checked {
                name: constraint.name(),
                condition,
                outcome: outcome(constraint, mode, made, call, host),
            });
        }
    }
    found
}

/// What a constraint asks for, in a few words.
fn condition(mode: Mode, constraint: Constraint, made: &PermissionConstraints) -> String {
    match constraint {
        Constraint::MaxCallsPerHour => {
            text(&["at most ", &digits(made.max_calls_per_hour.unwrap_or_default().into()), " calls per hour"])
        }
        Constraint::AllowedArgPatterns => {
            let which = match mode {
                Mode::Server => "every string argument matches each of ",
                Mode::Strict => "every string argument matches one of ",
            };
            text(&[which, &listed(&made.allowed_arg_patterns)])
        }
        Constraint::RequireApproval => "a human approves".to_owned(),
        Constraint::TimeWindow => match &made.time_window {
            Some(window) => text(&["between ", &window.start, " and ", &window.end]),
            None => String::new(),
        },
        Constraint::IpAllowlist => text(&["the call comes from one of ", &listed(&made.ip_allowlist)]),
    }
}

fn listed(items: &Option<Vec<String>>) -> String {
    joined(items.as_deref().unwrap_or_default(), ", ")
}
