//! What is wrong with permissions, or not what it seems, on the running server.

use super::address::can_match;
use super::constraint::Constraint;
use super::first::Earlier;
use super::json_text::JsonText;
use super::lint_order::order;
use super::names::Names;
use super::pattern::{Budget, is_slow};
use super::window::{is_ever_open, is_time};
use crate::schema::{Permission, PermissionConstraints, TimeWindow};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It cannot be meant: what is written there never has its effect.
    Error,
    /// It may do something else than it seems to.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// Something that is wrong with a permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is, for programs.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Which permission it is about.
    pub index: usize,
    /// Where in that permission: `.constraints.timeWindow`.
    pub path: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do about it.
    pub advice: &'static str,
}

/// The findings as JSON: an object with the list.
pub fn lint(permissions: &[Permission], problem: impl FnMut(&str) -> Option<String>) -> String {
    let found = findings(permissions, problem);
    JsonText::object(|json| {
        json.list("findings", &found, |json, finding| {
            json.text("code", finding.code);
            json.text("severity", finding.severity.name());
            json.number("index", finding.index);
            json.text("path", &["[", &finding.index.to_string(), "]", &finding.path].concat());
            json.text("message", &finding.message);
            json.text("advice", finding.advice);
        });
    })
}

/// What is wrong with `permissions`, in their order. `problem` says what is wrong with a pattern, if it is no regular
/// expression.
pub fn findings(permissions: &[Permission], mut problem: impl FnMut(&str) -> Option<String>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut earlier = Earlier::default();
    let mut slowness = Slowness::new();
    for (index, permission) in permissions.iter().enumerate() {
        let mut notes = Notes { index, found: &mut found };
        order(permissions, &earlier, permission, &mut notes);
        earlier.add(permission);
        resource(permission, &mut notes);
        if let Some(constraints) = &permission.constraints {
            let made: Vec<Constraint> = Constraint::ALL.into_iter().filter(|one| one.is_made(constraints)).collect();
            constraint_list(constraints, &made, &mut notes);
            patterns(constraints, &mut problem, &mut slowness, &mut notes);
            if let Some(window) = &constraints.time_window {
                time_window(window, &mut notes);
            }
            addresses(constraints, &mut notes);
        }
    }
    found
}

/// Where findings about one permission are noted.
pub(super) struct Notes<'f> {
    index: usize,
    found: &'f mut Vec<Finding>,
}

impl Notes<'_> {
    pub fn note(
        &mut self,
        code: &'static str,
        severity: Severity,
        path: &[&str],
        message: &[&str],
        advice: &'static str,
    ) {
        let (path, message) = (path.concat(), message.concat());
        self.found.push(Finding { code, severity, index: self.index, path, message, advice });
    }
}

use Severity::{Error, Info, Warning};

fn resource(permission: &Permission, notes: &mut Notes<'_>) {
    let resource = permission.resource.as_str();
    if permission.actions.is_empty() {
        notes.note(
            "no-actions",
            Error,
            &[".actions"],
            &["It grants nothing: it has no actions"],
            "Name actions, or remove the permission.",
        );
    }
    let mut segments = resource.split(':').skip_while(|segment| *segment != "*");
    let has_star = segments.next().is_some();
    if segments.next().is_some() {
        notes.note(
            "ignored-segments",
            Warning,
            &[".resource"],
            &["What follows the first \"*\" in \"", resource, "\" is ignored: \"*\" takes the whole rest"],
            "End the resource with the first \"*\", or name the segments before it.",
        );
    }
    for segment in resource.split(':').take_while(|segment| *segment != "*").filter(|segment| segment.contains('*')) {
        notes.note(
            "literal-star",
            Warning,
            &[".resource"],
            &["The \"*\" in \"", segment, "\" stands for itself: only a whole segment \"*\" is a wildcard"],
            "Make the segment \"*\", or name it in full.",
        );
    }
    if !has_star {
        let severity = if resource.contains(':') { Info } else { Warning };
        notes.note(
            "prefix-escalation",
            severity,
            &[".resource"],
            &["Its holder may lend all that lies below \"", resource, "\", which it may not use itself"],
            "Keep delegation from agents that hold it, or name the resource down to its last segment.",
        );
    }
    let any = |constraints: &PermissionConstraints| Constraint::ALL.iter().any(|one| one.is_made(constraints));
    if resource.starts_with('*')
        && has_star
        && resource.split(':').next() == Some("*")
        && permission.actions.iter().any(|action| action == "*")
        && !permission.constraints.as_ref().is_some_and(any)
    {
        notes.note(
            "grants-everything",
            Warning,
            &[],
            &["It allows every action on every resource"],
            "Name the resources and actions that are needed.",
        );
    }
}

fn constraint_list(constraints: &PermissionConstraints, made: &[Constraint], notes: &mut Notes<'_>) {
    if !made.is_empty() {
        notes.note(
            "constraints-lost",
            Info,
            &[".constraints"],
            &["Lent to another agent, it is without its constraints: the server drops them"],
            "Lend what the borrower may do without them.",
        );
    }
    if made.contains(&Constraint::RequireApproval) && made.len() > 1 {
        notes.note(
            "conflicting-constraints",
            Warning,
            &[".constraints.requireApproval"],
            &["The server denies every call that needs approval: the other constraints only change the reason"],
            "Give the approval and the other constraints to permissions of their own.",
        );
    }
    let ignored = [
        (
            constraints.max_calls_per_hour == Some(0),
            Constraint::MaxCallsPerHour,
            "A limit of 0 is ignored: calls are not limited",
        ),
        (
            is_empty(&constraints.allowed_arg_patterns),
            Constraint::AllowedArgPatterns,
            "An empty list is ignored: all arguments pass",
        ),
        (
            is_empty(&constraints.ip_allowlist),
            Constraint::IpAllowlist,
            "An empty list is ignored: calls may come from anywhere",
        ),
    ];
    for (_, constraint, message) in ignored.into_iter().filter(|(is_ignored, ..)| *is_ignored) {
        notes.note(
            "ignored-constraint",
            Warning,
            &[".constraints.", constraint.name()],
            &[message],
            "Remove the constraint if that is meant; to deny, remove the permission.",
        );
    }
}

fn is_empty(list: &Option<Vec<String>>) -> bool {
    list.as_ref().is_some_and(Vec::is_empty)
}

/// Which patterns may take exponential time, of those that have come up.
struct Slowness {
    known: Names,
    is_slow: Vec<bool>,
    budget: Budget,
}

/// The steps that looking at all patterns may take: some 200 ms.
const STEPS: u32 = 40_000_000;

impl Slowness {
    fn new() -> Self {
        Self { known: Names::default(), is_slow: Vec::new(), budget: Budget::new(STEPS) }
    }

    fn is_slow(&mut self, pattern: &str) -> bool {
        let number = self.known.intern(pattern.as_bytes());
        if number == self.is_slow.len() {
            self.is_slow.push(is_slow(pattern, &mut self.budget));
        }
        self.is_slow.get(number) == Some(&true)
    }
}

fn patterns(
    constraints: &PermissionConstraints,
    problem: &mut impl FnMut(&str) -> Option<String>,
    slowness: &mut Slowness,
    notes: &mut Notes<'_>,
) {
    for (at, pattern) in constraints.allowed_arg_patterns.iter().flatten().enumerate() {
        let at = at.to_string();
        let path = [".constraints.allowedArgPatterns[", at.as_str(), "]"];
        if let Some(problem) = problem(pattern) {
            notes.note(
                "invalid-pattern",
                Error,
                &path,
                &[&problem],
                "Correct it: the server answers 500 to calls with arguments.",
            );
            continue;
        }
        if slowness.is_slow(pattern) {
            notes.note(
                "slow-pattern",
                Warning,
                &path,
                &["\"", pattern, "\" may take exponential time: it repeats what repeats, or offers the same twice"],
                "Put a character between repetitions that they do not match, as in (/[a-z]+)+.",
            );
        }
        let is_anchored = pattern.starts_with('^') && pattern.ends_with('$') && !pattern.ends_with("\\$");
        if !is_anchored {
            notes.note(
                "unanchored-pattern",
                Warning,
                &path,
                &["\"", pattern, "\" may be found anywhere in an argument"],
                "Begin it with ^ and end it with $.",
            );
        }
    }
}

fn time_window(window: &TimeWindow, notes: &mut Notes<'_>) {
    let TimeWindow { start, end } = window;
    let path = [".constraints.timeWindow"];
    let are_times = is_time(start) && is_time(end);
    if !is_ever_open(window) {
        let over_midnight = are_times && start > end;
        let why = if over_midnight {
            " spans midnight, and the server compares the times as text"
        } else {
            " holds no time of day"
        };
        let message = ["It never matches: the window from \"", start.as_str(), "\" to \"", end, "\"", why];
        notes.note("window-never-open", Error, &path, &message, "Use HH:MM with two digits; split a window over midnight into two permissions for different resources or actions, or check the time yourself.");
    } else if !are_times {
        notes.note(
            "window-malformed",
            Warning,
            &path,
            &["\"", start.as_str(), "\" to \"", end, "\" is compared as text, since it is no HH:MM"],
            "Use HH:MM with two digits.",
        );
    }
}

fn addresses(constraints: &PermissionConstraints, notes: &mut Notes<'_>) {
    for (at, entry) in constraints.ip_allowlist.iter().flatten().enumerate() {
        if !can_match(entry) {
            notes.note(
                "address-never-matches",
                Error,
                &[".constraints.ipAllowlist[", &at.to_string(), "]"],
                &["No address is on \"", entry, "\": entries are exact addresses or IPv4 ranges"],
                "Write an address in full, or an IPv4 range such as 10.0.0.0/8.",
            );
        }
    }
}
