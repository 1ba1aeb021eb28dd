//! What a client of guarded MCP servers decides without values: what an error of OAuth means for its credentials, and how it says what
//! went wrong.

use crate::http::ErrorCode;

/// What an OAuth error of a server means for the credentials that were sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OAuthError {
    /// The same request will not succeed: a refresh token is of no further use.
    Final,
    /// The server may answer otherwise later: credentials are kept.
    Transient,
    /// The server does not know the client: it has to register again.
    UnknownClient,
}

/// The errors of OAuth (RFC 6749, 4.1.2.1 and 5.2; RFC 7591, 3.2.2; RFC 8707, 2; OpenID Connect Core, 3.1.2.6). Messages name no others:
/// a hostile server could repeat a secret there.
pub const OAUTH_ERRORS: [(&str, OAuthError); 19] = [
    ("access_denied", OAuthError::Final),
    ("account_selection_required", OAuthError::Final),
    ("consent_required", OAuthError::Final),
    ("interaction_required", OAuthError::Final),
    ("invalid_client", OAuthError::UnknownClient),
    ("invalid_client_metadata", OAuthError::Final),
    ("invalid_grant", OAuthError::Final),
    ("invalid_redirect_uri", OAuthError::Final),
    ("invalid_request", OAuthError::Final),
    ("invalid_scope", OAuthError::Final),
    ("invalid_target", OAuthError::Final),
    ("login_required", OAuthError::Final),
    ("server_error", OAuthError::Transient),
    ("slow_down", OAuthError::Transient),
    ("temporarily_unavailable", OAuthError::Transient),
    ("unapproved_software_statement", OAuthError::Final),
    ("unauthorized_client", OAuthError::UnknownClient),
    ("unsupported_grant_type", OAuthError::Final),
    ("unsupported_response_type", OAuthError::Final),
];

/// What the client reports. Each has an error code, and a sentence that holds nothing of what a server or a caller has sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ClientFailure {
    AgentToken,
    Denied,
    ForeignMetadata,
    ForeignResource,
    ForeignUrl,
    Insecure,
    IssuerUnknown,
    IssuerWrong,
    NoCode,
    NoMetadata,
    NoPkce,
    NoRegistration,
    NotRegistered,
    Redirected,
    RefusedToken,
    ScopeNotGranted,
    StateUnknown,
    TokenRefused,
    TokenUnavailable,
    TooLate,
    TooLarge,
    Unreachable,
    Unreadable,
    UseComplete,
}

impl ClientFailure {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::AgentToken,
        Self::Denied,
        Self::ForeignMetadata,
        Self::ForeignResource,
        Self::ForeignUrl,
        Self::Insecure,
        Self::IssuerUnknown,
        Self::IssuerWrong,
        Self::NoCode,
        Self::NoMetadata,
        Self::NoPkce,
        Self::NoRegistration,
        Self::NotRegistered,
        Self::Redirected,
        Self::RefusedToken,
        Self::ScopeNotGranted,
        Self::StateUnknown,
        Self::TokenRefused,
        Self::TokenUnavailable,
        Self::TooLate,
        Self::TooLarge,
        Self::Unreachable,
        Self::Unreadable,
        Self::UseComplete,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::AgentToken => "agent-token",
            Self::Denied => "denied",
            Self::ForeignMetadata => "foreign-metadata",
            Self::ForeignResource => "foreign-resource",
            Self::ForeignUrl => "foreign-url",
            Self::Insecure => "insecure",
            Self::IssuerUnknown => "issuer-unknown",
            Self::IssuerWrong => "issuer-wrong",
            Self::NoCode => "no-code",
            Self::NoMetadata => "no-metadata",
            Self::NoPkce => "no-pkce",
            Self::NoRegistration => "no-registration",
            Self::NotRegistered => "not-registered",
            Self::Redirected => "redirected",
            Self::RefusedToken => "refused-token",
            Self::ScopeNotGranted => "scope-not-granted",
            Self::StateUnknown => "state-unknown",
            Self::TokenRefused => "token-refused",
            Self::TokenUnavailable => "token-unavailable",
            Self::TooLate => "too-late",
            Self::TooLarge => "too-large",
            Self::Unreachable => "unreachable",
            Self::Unreadable => "unreadable",
            Self::UseComplete => "use-complete",
        }
    }

    /// The code of the error, and its sentence.
    pub fn told(self) -> (ErrorCode, &'static str) {
        match self {
            Self::AgentToken => (ErrorCode::InvalidToken, "the MCP server refuses the option token"),
            Self::Denied => (ErrorCode::AuthorizationFailed, "the authorization server refused the authorization"),
            Self::ForeignMetadata => (ErrorCode::DiscoveryFailed, "the MCP server names metadata of another origin"),
            Self::ForeignResource => (
                ErrorCode::DiscoveryFailed,
                "the metadata is about another resource; if it is the right one, set options.resource",
            ),
            Self::ForeignUrl => (ErrorCode::InvalidArgument, "url must be options.url or below it"),
            Self::Insecure => (
                ErrorCode::DiscoveryFailed,
                "the authorization server has endpoints that are not https, or of several origins; see options.origins",
            ),
            Self::IssuerUnknown => {
                (ErrorCode::IssuerMismatch, "options.issuer is not an authorization server of this MCP server")
            }
            Self::IssuerWrong => {
                (ErrorCode::IssuerMismatch, "the answer is of another issuer than the one that was asked")
            }
            Self::NoCode => (ErrorCode::AuthorizationFailed, "the answer has no code, or several"),
            Self::NoMetadata => (ErrorCode::DiscoveryFailed, "no metadata was found at"),
            Self::NoPkce => (ErrorCode::NotSupported, "the authorization server does not offer codes with PKCE S256"),
            Self::NoRegistration => {
                (ErrorCode::NotSupported, "the authorization server registers no clients; set options.clientId")
            }
            Self::NotRegistered => (
                ErrorCode::RegistrationFailed,
                "the authorization server did not register a public client with options.redirectUrl",
            ),
            Self::Redirected => (ErrorCode::Redirected, "a redirect was not followed: it may lead a secret elsewhere"),
            Self::RefusedToken => {
                (ErrorCode::InvalidToken, "the MCP server refuses the token that was just issued for it")
            }
            Self::ScopeNotGranted => {
                (ErrorCode::InsufficientScope, "the token lacks a scope, and asking for it again would not help")
            }
            Self::StateUnknown => {
                (ErrorCode::StateMismatch, "the answer belongs to no authorization that was begun here")
            }
            Self::TokenRefused => (ErrorCode::AuthorizationFailed, "the authorization server issued no token"),
            Self::TokenUnavailable => (ErrorCode::TokenUnavailable, "options.token returned no usable token"),
            Self::TooLate => (ErrorCode::DeadlineExceeded, "the server did not answer in time"),
            Self::TooLarge => (ErrorCode::ResponseTooLarge, "the answer is larger than 64 KiB"),
            Self::Unreachable => (ErrorCode::NetworkError, "the server could not be reached"),
            Self::Unreadable => (ErrorCode::DecodeError, "the answer cannot be read"),
            Self::UseComplete => (
                ErrorCode::NotSupported,
                "call complete(url) instead of finishAuth(code): a code alone cannot be checked",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_sorted_and_unique() {
        assert!(OAUTH_ERRORS.is_sorted_by(|(one, _), (next, _)| one < next));
    }

    #[test]
    fn credentials_are_kept_only_where_a_later_answer_may_differ() {
        let transient: Vec<_> = OAUTH_ERRORS.iter().filter(|(_, error)| *error == OAuthError::Transient).collect();
        assert_eq!(transient.len(), 3);
        // Servers answer a dead refresh token with either of them.
        for name in ["invalid_grant", "invalid_request", "invalid_target"] {
            assert!(OAUTH_ERRORS.contains(&(name, OAuthError::Final)), "{name}");
        }
    }

    #[test]
    fn failures_have_their_own_names_and_sentences() {
        let names: std::collections::BTreeSet<_> = ClientFailure::ALL.iter().map(|failure| failure.name()).collect();
        let told: std::collections::BTreeSet<_> = ClientFailure::ALL.iter().map(|failure| failure.told().1).collect();
        assert_eq!((names.len(), told.len()), (ClientFailure::ALL.len(), ClientFailure::ALL.len()));
    }
}
