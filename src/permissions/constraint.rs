//! Constraints: in which order they are looked at, and whether a call meets each of them.

use super::address::is_allowed;
use super::glob::glob_matches;
use super::pattern::PatternError;
use super::window::contains;
use crate::schema::{Permission, PermissionConstraints, TimeWindow};
use crate::text::{digits, text};

/// Whose rules are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Those of the running server.
    Server,
    /// Those of the public documentation.
    Strict,
}

impl Mode {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Strict => "strict",
        }
    }
}

/// What an agent wants to do.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The agent's name, for the reason.
    pub agent: &'a str,
    /// The action.
    pub action: &'a str,
    /// The resource.
    pub resource: &'a str,
    /// The top-level string arguments, in order; `None` if the request has no arguments. Others are not looked at.
    pub arguments: Option<&'a [(&'a str, &'a str)]>,
}

/// A pattern that is no regular expression, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPattern(pub String);

/// What may not be known where a call is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// How many calls the server has counted.
    CallsInLastHour,
    /// The server's time zone.
    Timezone,
    /// The caller's address.
    Ip,
    /// What a constraint of that name asks for, which is not known here.
    Constraint(String),
}

impl Need {
    /// The member of a context that would tell; or the constraint.
    pub fn name(&self) -> &str {
        match self {
            Self::CallsInLastHour => "callsInLastHour",
            Self::Timezone => "timezone",
            Self::Ip => "ip",
            Self::Constraint(name) => name,
        }
    }
}

/// What the engine has to ask.
pub trait Host {
    /// Counts this call towards the limit of `resource`, unless `limit` calls of the last hour are
    /// counted already; returns how many those are, or `None` if the call has been counted.
    fn count(&mut self, resource: &str, limit: u32) -> Option<u32>;
    /// Whether the JavaScript regular expression `pattern` is found in `text`. All that is asked about one call shares one
    /// [`Budget`](super::pattern::Budget).
    ///
    /// # Errors
    /// [`PatternError`] if it is none, or cannot be tried.
    fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, PatternError>;
    /// The time of day, as `HH:MM`: that of the server, or UTC in [`Mode::Strict`].
    fn time_of_day(&mut self) -> String;
    /// The caller's address, if it is known.
    fn address(&mut self) -> Option<String>;
    /// Whether that is not known here, so that nothing can be said. A server knows all there is to know.
    fn lacks(&self, _: &Need) -> bool {
        false
    }
}

/// One of the conditions that a permission may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// `maxCallsPerHour`
    MaxCallsPerHour,
    /// `allowedArgPatterns`
    AllowedArgPatterns,
    /// `requireApproval`
    RequireApproval,
    /// `timeWindow`
    TimeWindow,
    /// `ipAllowlist`
    IpAllowlist,
}

/// Whether a call meets a constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It does.
    Met,
    /// It does not, for this reason.
    Failed(String),
    /// That depends on something that is not known here.
    Unknown(Need),
}

impl Constraint {
    /// All of them, in the order in which the server looks at them.
    pub const ALL: [Self; 5] =
        [Self::MaxCallsPerHour, Self::AllowedArgPatterns, Self::RequireApproval, Self::TimeWindow, Self::IpAllowlist];

    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MaxCallsPerHour => "maxCallsPerHour",
            Self::AllowedArgPatterns => "allowedArgPatterns",
            Self::RequireApproval => "requireApproval",
            Self::TimeWindow => "timeWindow",
            Self::IpAllowlist => "ipAllowlist",
        }
    }

    /// Whether it can deny anything in `constraints`: a limit of 0 and an empty list do not.
    pub fn is_made(self, constraints: &PermissionConstraints) -> bool {
        let any = |list: &Option<Vec<String>>| list.as_ref().is_some_and(|list| !list.is_empty());
        match self {
            Self::MaxCallsPerHour => constraints.max_calls_per_hour.is_some_and(|limit| limit > 0),
            Self::AllowedArgPatterns => any(&constraints.allowed_arg_patterns),
            Self::RequireApproval => constraints.require_approval == Some(true),
            Self::TimeWindow => constraints.time_window.is_some(),
            Self::IpAllowlist => any(&constraints.ip_allowlist),
        }
    }

    /// Whether both say the same about it.
    #[inline(never)]
    pub(super) fn is_same(self, one: &PermissionConstraints, other: &PermissionConstraints) -> bool {
        match self {
            Self::MaxCallsPerHour => one.max_calls_per_hour == other.max_calls_per_hour,
            Self::AllowedArgPatterns => one.allowed_arg_patterns == other.allowed_arg_patterns,
            Self::RequireApproval => one.require_approval == other.require_approval,
            Self::TimeWindow => one.time_window == other.time_window,
            Self::IpAllowlist => one.ip_allowlist == other.ip_allowlist,
        }
    }

    /// Whether `call` meets it. One that is not made is met.
    ///
    /// # Errors
    /// [`InvalidPattern`] if a pattern that has to be tried is none.
    pub fn check(
        self,
        mode: Mode,
        constraints: &PermissionConstraints,
        call: &Call<'_>,
        host: &mut impl Host,
    ) -> Result<Outcome, InvalidPattern> {
        if !self.is_made(constraints) {
            return Ok(Outcome::Met);
        }
        Ok(match self {
            Self::MaxCallsPerHour => rate(constraints.max_calls_per_hour.unwrap_or_default(), call, host),
            Self::AllowedArgPatterns => {
                let patterns = constraints.allowed_arg_patterns.as_deref().unwrap_or_default();
                return match mode {
                    Mode::Server => every_pattern(patterns, call, host),
                    Mode::Strict => Ok(any_glob(patterns, call)),
                };
            }
            Self::RequireApproval => failed(&[NEEDS_APPROVAL]),
            Self::TimeWindow => match &constraints.time_window {
                Some(window) => daytime(mode, window, host),
                None => Outcome::Met,
            },
            Self::IpAllowlist => address(constraints.ip_allowlist.as_deref().unwrap_or_default(), host),
        })
    }
}

/// Whether a permission has a constraint that can deny anything.
pub fn is_constrained(permission: &Permission) -> bool {
    permission.constraints.as_ref().is_some_and(|made| Constraint::ALL.iter().any(|one| one.is_made(made)))
}

fn failed(reason: &[&str]) -> Outcome {
    Outcome::Failed(text(reason))
}

fn rate(limit: u32, call: &Call<'_>, host: &mut impl Host) -> Outcome {
    if host.lacks(&Need::CallsInLastHour) {
        return Outcome::Unknown(Need::CallsInLastHour);
    }
    let Some(count) = host.count(call.resource, limit) else {
        return Outcome::Met;
    };
    let (count, limit) = (digits(u64::from(count)), digits(u64::from(limit)));
    failed(&[OVER_LIMIT, &count, "/", &limit, " calls per hour for resource \"", call.resource, "\""])
}

/// As the server does it: every argument must match every pattern. Each pattern must be one, also where no argument is a
/// string; but none is looked at where there are no arguments at all.
fn every_pattern(patterns: &[String], call: &Call<'_>, host: &mut impl Host) -> Result<Outcome, InvalidPattern> {
    let Some(arguments) = call.arguments else { return Ok(Outcome::Met) };
    let mut matches = |pattern: &str, value: &str| match host.matches(pattern, value) {
        Ok(true) => Ok(None),
        Ok(false) => Ok(Some(None)),
        Err(PatternError::Invalid(reason)) => Err(InvalidPattern(reason)),
        Err(PatternError::Refused(reason)) => Ok(Some(Some(reason))),
    };
    for pattern in patterns {
        if arguments.is_empty()
            && let Some(Some(refused)) = matches(pattern, "")?
        {
            return Ok(Outcome::Failed(refused));
        }
        for (name, value) in arguments {
            if let Some(refused) = matches(pattern, value)? {
                let parts = ["Argument \"", name, "\" value \"", value, "\" does not match pattern \"", pattern, "\""];
                return Ok(Outcome::Failed(refused.unwrap_or_else(|| text(&parts))));
            }
        }
    }
    Ok(Outcome::Met)
}

/// As the documentation has it: every argument must match one of the globs.
fn any_glob(globs: &[String], call: &Call<'_>) -> Outcome {
    for (name, value) in call.arguments.unwrap_or_default() {
        if !globs.iter().any(|glob| glob_matches(glob, value)) {
            return failed(&["Argument \"", name, "\" value \"", value, "\" does not match any allowed pattern"]);
        }
    }
    Outcome::Met
}

fn daytime(mode: Mode, window: &TimeWindow, host: &mut impl Host) -> Outcome {
    if host.lacks(&Need::Timezone) {
        return Outcome::Unknown(Need::Timezone);
    }
    let now = host.time_of_day();
    if contains(mode, window, &now) {
        return Outcome::Met;
    }
    let zone = if mode == Mode::Strict { " UTC" } else { "" };
    failed(&["Action is only allowed between ", &window.start, " and ", &window.end, zone])
}

fn address(allowlist: &[String], host: &mut impl Host) -> Outcome {
    if host.lacks(&Need::Ip) {
        return Outcome::Unknown(Need::Ip);
    }
    match host.address().filter(|address| !address.is_empty()) {
        None => failed(&[NO_ADDRESS]),
        Some(address) if !is_allowed(allowlist, &address) => {
            failed(&["IP_NOT_ALLOWED: IP \"", &address, "\" is not in the allowlist for this resource"])
        }
        Some(_) => Outcome::Met,
    }
}

/// The reason of what a human has to approve.
pub const NEEDS_APPROVAL: &str = "This action requires human approval before execution";

/// How the reason begins of what is over its limit of calls.
pub const OVER_LIMIT: &str = "Rate limit exceeded: ";

/// What the server says where it does not know the address either.
pub(super) const NO_ADDRESS: &str = "IP_NOT_ALLOWED: No IP address provided; resource requires an IP allowlist match";
