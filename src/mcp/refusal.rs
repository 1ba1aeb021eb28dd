//! What a refusal means to an MCP client: a result that its model reads, or an HTTP error that the client acts on.
//!
//! Clients act on two statuses. At 401 they get another token, and at 403 with `insufficient_scope` they ask their user for more
//! scopes. So each is kept for the case in which that helps: a decision that no scope changes would send the user in circles.

/// Why a guard does not forward a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Refusal {
    MissingToken,
    MalformedToken,
    InvalidToken,
    MissingScope,
    ForbiddenHost,
    MethodNotAllowed,
    UnsupportedMedia,
    TooLarge,
    ParseError,
    InvalidMessage,
    UnknownMethod,
    InvalidParams,
    UnknownSession,
    BatchRefused,
    UnknownTool,
    NotGranted,
    ApprovalRequired,
    ArgumentsNotAllowed,
    ArgumentsTooLarge,
    OutsideTimeWindow,
    AddressNotAllowed,
    Denied,
    RateLimited,
    Unavailable,
}

/// How a refusal is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status, where the answer is no result.
    pub status: u16,
    /// The JSON-RPC code, where the answer is no result.
    pub code: i32,
    /// What it says. A denial says it after the reason of the server, as advice for the model.
    pub text: &'static str,
    /// The error of the challenge (RFC 6750, 3.1), which is empty for a missing token. `None`: there is no challenge.
    pub challenge: Option<&'static str>,
}

// JSON-RPC 2.0, 5.1.
const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;
// Left to servers. The official SDK has -32001 for an unknown session.
const REFUSED: i32 = -32000;
const SESSION_NOT_FOUND: i32 = -32001;
const DENIED: i32 = -32010;
const APPROVAL_REQUIRED: i32 = -32011;
const RATE_LIMITED: i32 = -32012;
const UNAVAILABLE: i32 = -32013;

impl Refusal {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::MissingToken,
        Self::MalformedToken,
        Self::InvalidToken,
        Self::MissingScope,
        Self::ForbiddenHost,
        Self::MethodNotAllowed,
        Self::UnsupportedMedia,
        Self::TooLarge,
        Self::ParseError,
        Self::InvalidMessage,
        Self::UnknownMethod,
        Self::InvalidParams,
        Self::UnknownSession,
        Self::BatchRefused,
        Self::UnknownTool,
        Self::NotGranted,
        Self::ApprovalRequired,
        Self::ArgumentsNotAllowed,
        Self::ArgumentsTooLarge,
        Self::OutsideTimeWindow,
        Self::AddressNotAllowed,
        Self::Denied,
        Self::RateLimited,
        Self::Unavailable,
    ];

    /// Whether it is about a call of a tool, so that the model of the client reads it as a result by default.
    pub fn is_denial(self) -> bool {
        matches!(
            self,
            Self::UnknownTool
                | Self::NotGranted
                | Self::ApprovalRequired
                | Self::ArgumentsNotAllowed
                | Self::ArgumentsTooLarge
                | Self::OutsideTimeWindow
                | Self::AddressNotAllowed
                | Self::Denied
                | Self::RateLimited
                | Self::Unavailable
        )
    }

    /// How it is answered.
    pub fn answer(self) -> Answer {
        let (status, code, text) = match self {
            Self::MissingToken => (401, REFUSED, "A bearer token is needed."),
            Self::MalformedToken => (401, REFUSED, "The header Authorization holds no bearer token."),
            Self::InvalidToken => (401, REFUSED, "The bearer token is not valid here."),
            Self::MissingScope => (403, REFUSED, "The token lacks a scope."),
            Self::ForbiddenHost => (403, REFUSED, "The host is unknown."),
            Self::MethodNotAllowed => (405, REFUSED, "Method not allowed."),
            Self::UnsupportedMedia => (415, REFUSED, "The body must be plain JSON in UTF-8."),
            Self::TooLarge => (413, REFUSED, "The body is too large."),
            Self::ParseError => (400, PARSE_ERROR, "The body is not unambiguous JSON."),
            Self::InvalidMessage => (400, INVALID_REQUEST, "The body is not a message of MCP."),
            Self::UnknownMethod => (200, METHOD_NOT_FOUND, "Method not found."),
            Self::InvalidParams => (200, INVALID_PARAMS, "The call needs a name and an object of arguments."),
            Self::UnknownSession => (404, SESSION_NOT_FOUND, "Session not found."),
            Self::BatchRefused => (403, REFUSED, "Not executed: another call of the batch was refused."),
            Self::UnknownTool => (403, DENIED, "There is no such tool."),
            Self::NotGranted => (403, DENIED, "Do not call it again."),
            Self::ApprovalRequired => (403, APPROVAL_REQUIRED, "Ask a person for approval first."),
            Self::ArgumentsNotAllowed => (403, DENIED, "Other arguments may be allowed."),
            Self::ArgumentsTooLarge => (413, DENIED, "The arguments are too large."),
            Self::OutsideTimeWindow => (403, DENIED, "Call it again within that time."),
            Self::AddressNotAllowed => (403, DENIED, "Do not call it again."),
            Self::Denied => (403, DENIED, "Do not call it again."),
            Self::RateLimited => (429, RATE_LIMITED, "Too many calls."),
            Self::Unavailable => (503, UNAVAILABLE, "Nothing was decided or executed. Try again later."),
        };
        let challenge = match self {
            Self::MissingToken => Some(""),
            Self::MalformedToken | Self::InvalidToken => Some("invalid_token"),
            Self::MissingScope => Some("insufficient_scope"),
            _ => None,
        };
        Answer { status, code, text, challenge }
    }

    /// Its name: the guard's table of denials has the same words.
    pub fn name(self) -> &'static str {
        match self {
            Self::MissingToken => "missing-token",
            Self::MalformedToken => "malformed-token",
            Self::InvalidToken => "invalid-token",
            Self::MissingScope => "missing-scope",
            Self::ForbiddenHost => "forbidden-host",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::UnsupportedMedia => "unsupported-media",
            Self::TooLarge => "request-too-large",
            Self::ParseError => "parse-error",
            Self::InvalidMessage => "invalid-message",
            Self::UnknownMethod => "unknown-method",
            Self::InvalidParams => "invalid-params",
            Self::UnknownSession => "unknown-session",
            Self::BatchRefused => "batch-refused",
            Self::UnknownTool => "unknown-tool",
            Self::NotGranted => "insufficient-scope",
            Self::ApprovalRequired => "approval-required",
            Self::ArgumentsNotAllowed => "arguments-not-allowed",
            Self::ArgumentsTooLarge => "arguments-too-large",
            Self::OutsideTimeWindow => "outside-time-window",
            Self::AddressNotAllowed => "address-not-allowed",
            Self::Denied => "denied",
            Self::RateLimited => "rate-limited",
            Self::Unavailable => "unavailable",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_sent_for_a_token_or_a_scope_only_where_one_helps() {
        for refusal in Refusal::ALL {
            let Answer { status, challenge, .. } = refusal.answer();
            assert_eq!(challenge.is_some(), status == 401 || refusal == Refusal::MissingScope, "{refusal:?}");
            assert!(!(refusal.is_denial() && challenge.is_some()), "{refusal:?}");
        }
    }

    #[test]
    fn approval_limits_and_outages_are_told_apart() {
        let three = [Refusal::ApprovalRequired, Refusal::RateLimited, Refusal::Unavailable].map(Refusal::answer);
        let denied = Refusal::Denied.answer();
        for (index, answer) in three.iter().enumerate() {
            assert_ne!(answer.code, denied.code);
            assert!(three.iter().skip(index + 1).all(|other| other.code != answer.code && other.text != answer.text));
        }
    }

    #[test]
    fn names_are_unique() {
        let names: std::collections::BTreeSet<_> = Refusal::ALL.iter().map(|refusal| refusal.name()).collect();
        assert_eq!(names.len(), Refusal::ALL.len());
    }
}
