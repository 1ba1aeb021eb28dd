//! What is wrong with permissions, or not what it seems, on the running server.

use super::address::can_match;
use super::constraint::{Constraint, is_constrained};
use super::first_match_index::EarlierPermissions;
use super::lint_order::order;
use super::lint_rules::{Finding, Rule};
use super::names::Names;
use super::pattern::{Budget, is_slow};
use super::segments::Segments;
use super::window::{is_ever_open, is_time};
use crate::schema::{Permission, PermissionConstraints, TimeWindow};
use crate::text::digits;

/// Where findings are noted: the rule, the permission, and what the rule's words are filled with.
pub type Sink<'s> = &'s mut dyn FnMut(Rule, usize, &[&str]);

/// What is wrong with `permissions`, in their order. `problem` says what is wrong with a pattern, if it is no regular
/// expression.
pub fn findings<'p>(permissions: &[Permission], problem: impl Fn(&str) -> Option<&'p str>) -> Vec<Finding> {
    let mut found = Vec::new();
    lint(permissions, problem, &mut |rule, index, values| {
        found.push(Finding { rule, index, values: values.iter().map(|&value| value.to_owned()).collect() });
    });
    found
}

/// The same, noted where the caller wants it.
pub fn lint<'p>(permissions: &[Permission], problem: impl Fn(&str) -> Option<&'p str>, mut sink: Sink<'_>) {
    let mut earlier = EarlierPermissions::default();
    let mut slowness = Slowness::new();
    for (index, permission) in permissions.iter().enumerate() {
        let mut notes = Notes { index, sink: &mut sink };
        order(permissions, &earlier, permission, &mut notes);
        earlier.add(permission);
        resource(permission, &mut notes);
        if let Some(constraints) = &permission.constraints {
            constraint_list(constraints, &mut notes);
            patterns(constraints, &problem, &mut slowness, &mut notes);
            if let Some(window) = &constraints.time_window {
                time_window(window, &mut notes);
            }
            addresses(constraints, &mut notes);
        }
    }
}

/// Notes findings about one permission.
pub(super) struct Notes<'n, 's> {
    index: usize,
    sink: &'n mut Sink<'s>,
}

impl Notes<'_, '_> {
    pub fn note(&mut self, rule: Rule, values: &[&str]) {
        (self.sink)(rule, self.index, values);
    }
}

fn resource(permission: &Permission, notes: &mut Notes<'_, '_>) {
    let resource = permission.resource.as_str();
    if permission.actions.is_empty() {
        notes.note(Rule::NoActions, &[]);
    }
    let (mut stars, mut after_star) = (0, 0);
    for segment in Segments::of(resource) {
        after_star += stars;
        if stars == 0 && segment == "*" {
            stars = 1;
        }
    }
    if after_star > 0 {
        notes.note(Rule::IgnoredSegments, &[resource]);
    }
    for segment in Segments::of(resource) {
        if segment == "*" {
            break;
        }
        if segment.bytes().any(|byte| byte == b'*') {
            notes.note(Rule::LiteralStar, &[segment]);
        }
    }
    if stars == 0 {
        let is_short = !resource.bytes().any(|byte| byte == b':');
        notes.note(if is_short { Rule::ShortPrefixEscalation } else { Rule::PrefixEscalation }, &[resource]);
    }
    let everywhere = Segments::of(resource).next() == Some("*");
    if everywhere && permission.actions.iter().any(|action| action == "*") && !is_constrained(permission) {
        notes.note(Rule::GrantsEverything, &[]);
    }
}

fn constraint_list(constraints: &PermissionConstraints, notes: &mut Notes<'_, '_>) {
    let made = Constraint::ALL.iter().filter(|one| one.is_made(constraints)).count();
    if made > 0 {
        notes.note(Rule::ConstraintsLost, &[]);
    }
    if made > 1 && Constraint::RequireApproval.is_made(constraints) {
        notes.note(Rule::ApprovalWithOthers, &[]);
    }
    if constraints.max_calls_per_hour == Some(0) {
        notes.note(Rule::IgnoredLimit, &[]);
    }
    if is_empty(&constraints.allowed_arg_patterns) {
        notes.note(Rule::IgnoredPatterns, &[]);
    }
    if is_empty(&constraints.ip_allowlist) {
        notes.note(Rule::IgnoredAddresses, &[]);
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

fn patterns<'p>(
    constraints: &PermissionConstraints,
    problem: &impl Fn(&str) -> Option<&'p str>,
    slowness: &mut Slowness,
    notes: &mut Notes<'_, '_>,
) {
    for (at, pattern) in constraints.allowed_arg_patterns.iter().flatten().enumerate() {
        let at = digits(at as u64);
        if let Some(problem) = problem(pattern) {
            notes.note(Rule::InvalidPattern, &[&at, problem]);
            continue;
        }
        if slowness.is_slow(pattern) {
            notes.note(Rule::SlowPattern, &[&at, pattern]);
        }
        let is_anchored = pattern.starts_with('^') && pattern.ends_with('$') && !pattern.ends_with("\\$");
        if !is_anchored {
            notes.note(Rule::UnanchoredPattern, &[&at, pattern]);
        }
    }
}

fn time_window(window: &TimeWindow, notes: &mut Notes<'_, '_>) {
    let TimeWindow { start, end } = window;
    let are_times = is_time(start) && is_time(end);
    let rule = match is_ever_open(window) {
        false if are_times && start > end => Rule::WindowOverMidnight,
        false => Rule::WindowNeverOpen,
        true if are_times => return,
        true => Rule::WindowMalformed,
    };
    notes.note(rule, &[start, end]);
}

fn addresses(constraints: &PermissionConstraints, notes: &mut Notes<'_, '_>) {
    for (at, entry) in constraints.ip_allowlist.iter().flatten().enumerate() {
        if !can_match(entry) {
            notes.note(Rule::AddressNeverMatches, &[&digits(at as u64), entry]);
        }
    }
}
