//! Why a request is refused, and how each refusal looks: one table.

/// Why a guard refuses a request: the end of the `type` of the response (RFC 9457).
///
/// ```
/// # use kavachos_wasm::guard::Problem;
/// assert_eq!(Problem::of_denial("Rate limit exceeded: 5 of 5 calls"), Problem::RateLimited);
/// assert_eq!((Problem::RateLimited.name(), Problem::RateLimited.status()), ("rate-limited", 429));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Problem {
    /// The request has no bearer token.
    MissingToken,
    /// The header `Authorization` does not hold one bearer token.
    MalformedToken,
    /// The token is unknown, revoked or expired.
    InvalidToken,
    /// No permission matches the request.
    InsufficientScope,
    /// `maxCallsPerHour` is used up, or the server limits calls.
    RateLimited,
    /// A human must approve the call.
    ApprovalRequired,
    /// The permission does not apply at this time.
    OutsideTimeWindow,
    /// The permission does not allow these arguments.
    ArgumentsNotAllowed,
    /// The permission does not allow this address.
    AddressNotAllowed,
    /// The rule could not read the request.
    InvalidRequest,
    /// The arguments are larger than the guard accepts.
    RequestTooLarge,
    /// There is no decision.
    Unavailable,
    /// The server denies for another reason.
    Denied,
}

/// How the reason of a denial reads. The server's reasons are English sentences that the protocol fixes word for word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It begins like this.
    Starts(&'static str),
    /// It is this sentence.
    Is(&'static str),
    /// It begins with the first text, and ends with the second and one of the words.
    Around(&'static str, &'static str, &'static [&'static str]),
}

impl Said {
    fn matches(self, reason: &str) -> bool {
        match self {
            Self::Starts(start) => reason.starts_with(start),
            Self::Is(sentence) => reason == sentence,
            Self::Around(start, middle, words) => reason.strip_prefix(start).is_some_and(|rest| {
                words.iter().any(|word| rest.strip_suffix(word).is_some_and(|rest| rest.ends_with(middle)))
            }),
        }
    }
}

/// A row of the table of problems.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The end of the `type` of the response.
    pub name: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The title of the response.
    pub title: &'static str,
    /// The error code (RFC 6750) of the challenge, if another token would help; empty for a challenge without a code.
    pub error: Option<&'static str>,
    /// The reasons of denials that mean this problem.
    pub said: &'static [Said],
}

/// The title of the response to a denial.
pub const NOT_ALLOWED: &str = "The token may not do this.";

const INVALID: Option<&str> = Some("invalid_token");

impl Problem {
    /// All problems, in the order in which reasons are compared.
    pub const ALL: [Self; 13] = [
        Self::MissingToken,
        Self::MalformedToken,
        Self::InvalidToken,
        Self::InsufficientScope,
        Self::RateLimited,
        Self::ApprovalRequired,
        Self::OutsideTimeWindow,
        Self::ArgumentsNotAllowed,
        Self::AddressNotAllowed,
        Self::InvalidRequest,
        Self::RequestTooLarge,
        Self::Unavailable,
        Self::Denied,
    ];

    /// The row of this problem.
    #[rustfmt::skip] // One line for each.
    pub const fn row(self) -> Row {
        use Said::{Around, Is, Starts};
        let (name, status, title, error, said): (_, _, _, _, &'static [Said]) = match self {
            Self::MissingToken => ("missing-token", 401, "This resource needs a bearer token.", Some(""), &[]),
            Self::MalformedToken => ("malformed-token", 401, "The header Authorization does not hold one bearer token.", INVALID, &[]),
            Self::InvalidToken => ("invalid-token", 401, "The bearer token is not valid, or not any more.", INVALID,
                &[Is("Invalid or expired agent token"), Around("Agent \"", "\" is ", &["revoked", "expired"])]),
            Self::InsufficientScope => ("insufficient-scope", 403, NOT_ALLOWED, Some("insufficient_scope"), &[Starts("No permission grants ")]),
            Self::RateLimited => ("rate-limited", 429, "Too many calls.", None, &[Starts("Rate limit exceeded")]),
            Self::ApprovalRequired => ("approval-required", 403, NOT_ALLOWED, None, &[Starts("This action requires human approval")]),
            Self::OutsideTimeWindow => ("outside-time-window", 403, NOT_ALLOWED, None, &[Starts("Action is only allowed between ")]),
            Self::ArgumentsNotAllowed => ("arguments-not-allowed", 403, NOT_ALLOWED, None, &[Starts("Argument \"")]),
            Self::AddressNotAllowed => ("address-not-allowed", 403, NOT_ALLOWED, None, &[Starts("IP_NOT_ALLOWED:")]),
            Self::InvalidRequest => ("invalid-request", 400, "The request cannot be read as a call.", None, &[]),
            Self::RequestTooLarge => ("request-too-large", 413, "The arguments of the call are too large.", None, &[]),
            Self::Unavailable => ("unavailable", 503, "Whether this is allowed could not be decided. Try again later.", None, &[]),
            Self::Denied => ("denied", 403, NOT_ALLOWED, None, &[]),
        };
        Row { name, status, title, error, said }
    }

    /// The problem that a denial with this reason is.
    pub fn of_denial(reason: &str) -> Self {
        let is_meant = |problem: &Self| problem.row().said.iter().any(|said| said.matches(reason));
        Self::ALL.into_iter().find(is_meant).unwrap_or(Self::Denied)
    }

    /// The end of the `type` of the response.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The HTTP status of the response.
    pub const fn status(self) -> u16 {
        self.row().status
    }

    /// Whether the server finds this out before it looks at any constraint, so that the denial may be kept for a short time.
    pub const fn is_cacheable(self) -> bool {
        matches!(self, Self::InsufficientScope | Self::InvalidToken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permissions::{NEEDS_APPROVAL, NO_GRANT, OVER_LIMIT};

    #[test]
    fn reasons_are_compared_word_for_word() {
        for (reason, problem) in [
            ("No permission grants read on mcp:a", Problem::InsufficientScope),
            ("Invalid or expired agent token", Problem::InvalidToken),
            ("Agent \"a\nb\" is revoked", Problem::InvalidToken),
            ("Agent \"\" is expired", Problem::InvalidToken),
            ("Rate limit exceeded: 5 of 5 calls", Problem::RateLimited),
            ("This action requires human approval", Problem::ApprovalRequired),
            ("Action is only allowed between 09:00 and 17:00", Problem::OutsideTimeWindow),
            ("Argument \"x\" does not match", Problem::ArgumentsNotAllowed),
            ("IP_NOT_ALLOWED: 203.0.113.1", Problem::AddressNotAllowed),
            ("Invalid or expired agent token, or so", Problem::Denied),
            ("Agent \" is revoked", Problem::Denied),
            ("because No permission grants it", Problem::Denied),
            ("", Problem::Denied),
        ] {
            assert_eq!(Problem::of_denial(reason), problem, "{reason:?}");
        }
    }

    #[test]
    fn the_reasons_of_the_permission_engine_are_known() {
        assert_eq!(Problem::of_denial(&NO_GRANT.concat()), Problem::InsufficientScope);
        assert_eq!(Problem::of_denial(NEEDS_APPROVAL), Problem::ApprovalRequired);
        assert_eq!(Problem::of_denial(OVER_LIMIT), Problem::RateLimited);
    }

    #[test]
    fn every_problem_is_in_the_list_once() {
        let mut names: Vec<_> = Problem::ALL.iter().map(|problem| problem.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Problem::ALL.len());
    }
}
