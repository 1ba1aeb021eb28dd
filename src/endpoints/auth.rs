//! People: signing up, in and out. And agents that act with their own token.

use super::agents::DECISION;
use super::{Argument, Endpoint};
use crate::http::{Answer, Repair};
use crate::schema::{AuthResponse, AuthorizeRequest, Session, SignInInput, SignUpInput, Wire};
use Argument::{Body, OptionalToken, Token};

/// `{user, session}`, or `{user, token}` as adapters answer a sign-up.
const ACCOUNT: Answer = Answer {
    requires: Some("session.token"),
    ..Answer::value(&AuthResponse::SCHEMA)
        .repaired(&[Repair::Nest("token", "session"), Repair::Copy("user.id", "session.userId")])
};

/// A bare session, or the one in `{user, session}`.
const SESSION: Answer = Answer {
    null_if_missing: true,
    null_if_unauthorized: true,
    ..Answer::value(&Session::SCHEMA).repaired(&[
        Repair::Copy("user.id", "session.userId"),
        Repair::Token("session.token"),
        Repair::Unwrap("session"),
    ])
};

/// Opens an account.
pub const SIGN_UP: Endpoint = Endpoint::post("auth.signUp", "/sign-up/email")
    .adapter_path("/auth/sign-up")
    .under_auth_url()
    .called("E-mail sign-up")
    .takes(&[Body("input", &SignUpInput::SCHEMA)])
    .checks_password()
    .answers(ACCOUNT);

/// Signs in.
pub const SIGN_IN: Endpoint = Endpoint::post("auth.signIn", "/sign-in/email")
    .adapter_path("/auth/sign-in")
    .under_auth_url()
    .called("E-mail sign-in")
    .takes(&[Body("input", &SignInInput::SCHEMA)])
    .checks_password()
    .answers(ACCOUNT);

/// Ends a session.
pub const SIGN_OUT: Endpoint = Endpoint::post("auth.signOut", "/sign-out")
    .adapter_path("/auth/sign-out")
    .under_auth_url()
    .called("E-mail sign-out")
    .takes(&[OptionalToken("token")]);

/// Gets the session, or `null`.
pub const GET_SESSION: Endpoint = Endpoint::get("auth.getSession", "/session")
    .adapter_path("/auth/session")
    .under_auth_url()
    .called("The e-mail session")
    .takes(&[OptionalToken("token")])
    .answers(SESSION);

/// Decides whether the agent that holds a token may do something.
pub const AUTHORIZE_BY_TOKEN: Endpoint = Endpoint {
    wants_agent_id: true,
    ..Endpoint::post("auth.authorizeByToken", "/authorize")
        .adapter_path("/authorize/token")
        .takes(&[Token("agentToken"), Body("request", &AuthorizeRequest::SCHEMA)])
        .decides(DECISION)
};
