//! The decision: the first permission that matches, and its constraints in the server's order.

use super::address::is_allowed;
use super::matching::grants;
use crate::types::{Permission, PermissionConstraints, TimeWindow};

/// What an agent wants to do.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The agent's name, for the reason.
    pub agent: &'a str,
    /// The action.
    pub action: &'a str,
    /// The resource.
    pub resource: &'a str,
    /// The top-level string arguments, in order. Other arguments are not looked at.
    pub arguments: &'a [(&'a str, &'a str)],
}

/// A pattern that is no regular expression, in the host's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPattern(pub String);

/// What the engine has to ask.
pub trait Host {
    /// Counts this call towards the limit of `resource`, unless `limit` calls of the last hour are
    /// counted already; returns how many those are, or `None` if the call has been counted.
    fn count(&mut self, resource: &str, limit: u32) -> Option<u32>;
    /// Whether the JavaScript regular expression `pattern` is found in `text`.
    ///
    /// # Errors
    /// [`InvalidPattern`] if it is none.
    fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, InvalidPattern>;
    /// The time of day, as `HH:MM`.
    fn time_of_day(&mut self) -> String;
    /// The caller's address, if it is known.
    fn address(&mut self) -> Option<String>;
}

/// A decision. `Err` holds the reason of a denial, word for word as the server gives it.
pub type Verdict = Result<(), String>;

/// Decides whether `permissions` allow `call`.
///
/// The first permission that matches the call is the only one that is evaluated.
///
/// # Errors
/// [`InvalidPattern`] if a constraint holds a pattern that is no regular expression.
pub fn evaluate(permissions: &[Permission], call: &Call<'_>, host: &mut impl Host) -> Result<Verdict, InvalidPattern> {
    let Some(permission) = find(permissions, call.action, call.resource) else {
        return Ok(Err([
            "No permission grants agent \"",
            call.agent,
            "\" access to \"",
            call.action,
            "\" on \"",
            call.resource,
            "\"",
        ]
        .concat()));
    };
    match &permission.constraints {
        Some(constraints) => check(constraints, call, host),
        None => Ok(Ok(())),
    }
}

/// The permission that decides about that action on that resource.
pub fn find<'p>(permissions: &'p [Permission], action: &str, resource: &str) -> Option<&'p Permission> {
    permissions.iter().find(|permission| grants(permission, action, resource))
}

fn check(
    constraints: &PermissionConstraints,
    call: &Call<'_>,
    host: &mut impl Host,
) -> Result<Verdict, InvalidPattern> {
    if let Some(limit) = constraints.max_calls_per_hour.filter(|limit| *limit > 0)
        && let Some(count) = host.count(call.resource, limit)
    {
        let (count, limit) = (count.to_string(), limit.to_string());
        return denied(&[
            "Rate limit exceeded: ",
            &count,
            "/",
            &limit,
            " calls per hour for resource \"",
            call.resource,
            "\"",
        ]);
    }
    for pattern in constraints.allowed_arg_patterns.iter().flatten() {
        for (name, value) in call.arguments {
            if !host.matches(pattern, value)? {
                return denied(&[
                    "Argument \"",
                    name,
                    "\" value \"",
                    value,
                    "\" does not match pattern \"",
                    pattern,
                    "\"",
                ]);
            }
        }
    }
    if constraints.require_approval == Some(true) {
        return denied(&["This action requires human approval before execution"]);
    }
    if let Some(TimeWindow { start, end }) = &constraints.time_window {
        let now = host.time_of_day();
        // Compared as text, as the server does: a window over midnight never matches.
        if now < *start || now > *end {
            return denied(&["Action is only allowed between ", start, " and ", end]);
        }
    }
    if let Some(allowlist) = constraints.ip_allowlist.as_ref().filter(|allowlist| !allowlist.is_empty()) {
        match host.address() {
            None => {
                return denied(&["IP_NOT_ALLOWED: No IP address provided; resource requires an IP allowlist match"]);
            }
            Some(address) if !is_allowed(allowlist, &address) => {
                return denied(&["IP_NOT_ALLOWED: IP \"", &address, "\" is not in the allowlist for this resource"]);
            }
            Some(_) => {}
        }
    }
    Ok(Ok(()))
}

fn denied(reason: &[&str]) -> Result<Verdict, InvalidPattern> {
    Ok(Err(reason.concat()))
}
