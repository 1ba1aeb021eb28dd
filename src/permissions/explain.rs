//! Why a call is allowed or denied: each permission, matched or why not, and each of its constraints with its verdict.

use super::constraint::{Call, Constraint, Host, Mode, Need, Outcome};
use super::evaluate::{Judgement, no_grant, outcome, undecidable};
use super::json_text::JsonText;
use super::matcher::Matcher;
use super::matching::{acts, reaches};
use super::packed::Unknown;
use crate::schema::{Permission, PermissionConstraints};

/// A constraint and what it came to.
struct Checked<'p> {
    name: &'p str,
    condition: String,
    outcome: Outcome,
}

/// What one permission has to do with a call.
struct Explained<'p> {
    index: usize,
    permission: &'p Permission,
    matched: bool,
    decides: bool,
    why: String,
    constraints: Vec<Checked<'p>>,
}

/// Explains the decision about `call`, as JSON. `agent` is the agent's name, if it is known; `unknown` is what the permissions
/// have that is not known here.
pub fn explain(
    mode: Mode,
    permissions: &[Permission],
    unknown: &[Unknown],
    agent: Option<&str>,
    call: &Call<'_>,
    host: &mut impl Host,
) -> String {
    let decisive = Matcher::new(mode, permissions).find(call.action.as_bytes(), call.resource.as_bytes());
    // The one that decides comes first: it has the whole budget of a decision.
    let mut deciding = decisive.and_then(|index| {
        permissions.get(index).map(|permission| about(mode, index, permission, unknown, decisive, call, host))
    });
    let judgement = match &deciding {
        Some(one) => {
            let mut judgement = Judgement::default();
            one.constraints.iter().for_each(|checked| judgement.add(checked.name, &checked.outcome));
            judgement
        }
        None => Judgement { reason: Some(no_grant(agent, call.action, call.resource)), ..Judgement::default() },
    };
    let explain = |(index, permission)| {
        let known = deciding.take_if(|one| one.index == index);
        known.unwrap_or_else(|| about(mode, index, permission, unknown, decisive, call, host))
    };
    let explained: Vec<Explained<'_>> = permissions.iter().enumerate().map(explain).collect();
    JsonText::object(|json| {
        json.flag("allowed", judgement.reason.is_none());
        json.optional("reason", judgement.reason.as_deref());
        json.optional("constraint", judgement.constraint.as_deref());
        if !judgement.needs.is_empty() {
            json.texts("needs", judgement.needs.iter().map(Need::name));
        }
        json.text("mode", mode.name());
        json.list("permissions", &explained, |json, one| {
            json.number("index", one.index);
            json.flag("matched", one.matched);
            json.flag("decides", one.decides);
            json.text("why", &one.why);
            json.list("constraints", &one.constraints, |json, checked| {
                json.text("name", checked.name);
                json.text("condition", &checked.condition);
                json.text("verdict", verdict(&checked.outcome));
                match &checked.outcome {
                    Outcome::Met => {}
                    Outcome::Failed(reason) => json.text("reason", reason),
                    Outcome::Unknown(need) => json.text("needs", need.name()),
                }
            });
        });
        json.text("text", &printed(&judgement, &explained));
    })
}

fn about<'p>(
    mode: Mode,
    index: usize,
    permission: &'p Permission,
    unknown: &'p [Unknown],
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
            ["matches, but [", &decisive.to_string(), before].concat()
        }
        (true, true, _) => match mode {
            Mode::Server => "decides: the first that matches".to_owned(),
            Mode::Strict => "decides: the most specific that matches".to_owned(),
        },
        (false, true, _) => ["does not match: its actions do not include \"", call.action, "\""].concat(),
        (true, false, _) => ["does not match: its resource does not include \"", call.resource, "\""].concat(),
        (false, false, _) => "does not match: neither its resource nor its actions".to_owned(),
    };
    let mut constraints = Vec::new();
    if matched {
        if let Some(made) = &permission.constraints {
            constraints = checked(mode, made, call, host);
        }
        for one in unknown.iter().filter(|one| one.index == index) {
            let condition = "a constraint that is not known here".to_owned();
            constraints.push(Checked { name: &one.name, condition, outcome: undecidable(&one.name) });
        }
    }
    Explained { index, permission, matched, decides, why, constraints }
}

fn checked<'p>(mode: Mode, made: &PermissionConstraints, call: &Call<'_>, host: &mut impl Host) -> Vec<Checked<'p>> {
    let made_ones = Constraint::ALL.into_iter().filter(|constraint| constraint.is_made(made));
    let check = |constraint: Constraint| Checked {
        name: constraint.name(),
        condition: condition(mode, constraint, made),
        outcome: outcome(constraint, mode, made, call, host),
    };
    made_ones.map(check).collect()
}

/// What a constraint asks for, in a few words.
fn condition(mode: Mode, constraint: Constraint, made: &PermissionConstraints) -> String {
    match constraint {
        Constraint::MaxCallsPerHour => {
            ["at most ", &made.max_calls_per_hour.unwrap_or_default().to_string(), " calls per hour"].concat()
        }
        Constraint::AllowedArgPatterns => {
            let which = match mode {
                Mode::Server => "every string argument matches each of ",
                Mode::Strict => "every string argument matches one of ",
            };
            listed(which, made.allowed_arg_patterns.as_deref())
        }
        Constraint::RequireApproval => "a human approves".to_owned(),
        Constraint::TimeWindow => match &made.time_window {
            Some(window) => ["between ", &window.start, " and ", &window.end].concat(),
            None => String::new(),
        },
        Constraint::IpAllowlist => listed("the call comes from one of ", made.ip_allowlist.as_deref()),
    }
}

fn listed(before: &str, items: Option<&[String]>) -> String {
    let mut text = before.to_owned();
    for (index, item) in items.unwrap_or_default().iter().enumerate() {
        text.push_str(if index == 0 { "" } else { ", " });
        text.push_str(item);
    }
    text
}

const fn verdict(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::Failed(_) => "failed",
        Outcome::Unknown(_) => "unknown",
    }
}

fn printed(judgement: &Judgement, explained: &[Explained<'_>]) -> String {
    let mut text = String::new();
    let mut line = |parts: &[&str]| {
        parts.iter().for_each(|part| text.push_str(part));
        text.push('\n');
    };
    match &judgement.reason {
        None => line(&["allowed"]),
        Some(reason) if judgement.needs.is_empty() => line(&["denied: ", reason]),
        Some(reason) => line(&["undecided: ", reason]),
    }
    for one in explained {
        let actions = listed("", Some(&one.permission.actions));
        line(&["[", &one.index.to_string(), "] ", &one.permission.resource, " (", &actions, "): ", &one.why]);
        for Checked { name, condition, outcome } in &one.constraints {
            let after = match outcome {
                Outcome::Met => "",
                Outcome::Failed(reason) => reason,
                Outcome::Unknown(need) => need.name(),
            };
            let between = if after.is_empty() { "" } else { ": " };
            line(&["    ", name, ", ", condition, ": ", verdict(outcome), between, after]);
        }
    }
    text.pop();
    text
}
