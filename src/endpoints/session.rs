//! People's sessions, and the ways to sign in: of the entry `session`. All but the first four are routes of plugins.

use super::{Argument, Endpoint};
use crate::http::{Answer, RetryClass};
use crate::schema::{SignInInput, SignUpInput, Wire, session as schema};
use Argument::{Body, Id, Query};

const GRANTED: Answer = Answer::value(&schema::SESSION_ANSWER);
const OPTIONS: Answer = Answer::value(&schema::PASSKEY_OPTIONS);

/// Asks whose the session is.
pub const GET: Endpoint = Endpoint {
    ..Endpoint::get("session.get", "/session")
        .adapter_path("/auth/session")
        .under_auth_url()
        .called("The session")
        .answers(GRANTED)
};

/// Opens an account.
pub const SIGN_UP: Endpoint = Endpoint {
    ..Endpoint::post("session.signUp", "/sign-up/email")
        .adapter_path("/auth/sign-up")
        .under_auth_url()
        .called("Sign-up by password")
        .takes(&[Body("input", &SignUpInput::SCHEMA)])
        .checks_password()
        .answers(GRANTED)
};

/// Signs in.
pub const SIGN_IN: Endpoint = Endpoint {
    ..Endpoint::post("session.signIn", "/sign-in/email")
        .adapter_path("/auth/sign-in")
        .under_auth_url()
        .called("Sign-in by password")
        .takes(&[Body("input", &SignInInput::SCHEMA)])
        .checks_password()
        .answers(GRANTED)
};

/// Ends a session.
pub const SIGN_OUT: Endpoint = Endpoint {
    retry: RetryClass::Idempotent,
    ..Endpoint::post("session.signOut", "/sign-out").adapter_path("/auth/sign-out").under_auth_url().called("Sign-out")
};

/// Sends a link.
pub const MAGIC_LINK_SEND: Endpoint = Endpoint::post("session.magicLink.send", "/auth/magic-link/send")
    .of_plugin()
    .called("Sign-in by magic link")
    .takes(&[Body("input", &schema::EMAIL_INPUT)]);

/// Uses it up: the same request twice is refused.
pub const MAGIC_LINK_VERIFY: Endpoint = Endpoint::get("session.magicLink.verify", "/auth/magic-link/verify")
    .of_plugin()
    .once()
    .called("Sign-in by magic link")
    .takes(&[Query("input", &schema::MAIL_TOKEN_INPUT)])
    .hides(&["token"])
    .answers(GRANTED);

/// Sends a code.
pub const EMAIL_OTP_SEND: Endpoint = Endpoint::post("session.emailOtp.send", "/auth/email-otp/send")
    .of_plugin()
    .called("Sign-in by e-mailed code")
    .takes(&[Body("input", &schema::EMAIL_INPUT)]);

/// Uses it up.
pub const EMAIL_OTP_VERIFY: Endpoint = Endpoint::post("session.emailOtp.verify", "/auth/email-otp/verify")
    .of_plugin()
    .called("Sign-in by e-mailed code")
    .takes(&[Body("input", &schema::EMAIL_CODE_INPUT)])
    .hides(&["code"])
    .answers(GRANTED);

/// Asks how to make a passkey.
pub const PASSKEY_REGISTER_OPTIONS: Endpoint =
    Endpoint::post("session.passkey.register", "/auth/passkey/register/options")
        .of_plugin()
        .called("Passkeys")
        .takes(&[Body("input", &schema::PASSKEY_INPUT)])
        .answers(OPTIONS);

/// Registers it.
pub const PASSKEY_REGISTER_VERIFY: Endpoint =
    Endpoint::post("session.passkey.register.verify", "/auth/passkey/register/verify")
        .of_plugin()
        .called("Passkeys")
        .takes(&[Body("input", &schema::PASSKEY_RESPONSE)])
        .answers(Answer { member: Some("credential"), ..Answer::value(&schema::PASSKEY_ANSWER) });

/// Asks how to use a passkey.
pub const PASSKEY_SIGN_IN_OPTIONS: Endpoint =
    Endpoint::post("session.passkey.signIn", "/auth/passkey/authenticate/options")
        .of_plugin()
        .called("Passkeys")
        .takes(&[Body("input", &schema::PASSKEY_INPUT)])
        .answers(OPTIONS);

/// Signs in with it.
pub const PASSKEY_SIGN_IN_VERIFY: Endpoint =
    Endpoint::post("session.passkey.signIn.verify", "/auth/passkey/authenticate/verify")
        .of_plugin()
        .called("Passkeys")
        .takes(&[Body("input", &schema::PASSKEY_RESPONSE)])
        .answers(GRANTED);

/// Lists them.
pub const PASSKEY_LIST: Endpoint = Endpoint::get("session.passkey.list", "/auth/passkey/credentials")
    .of_plugin()
    .called("Passkeys")
    .answers(Answer { member: Some("credentials"), ..Answer::value(&schema::PASSKEYS) });

/// Removes one.
pub const PASSKEY_REMOVE: Endpoint = Endpoint::delete("session.passkey.remove", "/auth/passkey/credentials/:id")
    .of_plugin()
    .called("Passkeys")
    .takes(&[Id("credentialId")]);

/// Signs in without a name.
pub const ANONYMOUS: Endpoint =
    Endpoint::post("session.anonymous", "/auth/anonymous").of_plugin().called("Anonymous sign-in").answers(GRANTED);

/// Tells whether that is so.
pub const ANONYMOUS_STATUS: Endpoint =
    Endpoint::get("session.anonymous.status", "/auth/anonymous/status").of_plugin().called("Anonymous sign-in");

/// Gives the account an e-mail address.
pub const UPGRADE: Endpoint = Endpoint::post("session.upgrade", "/auth/anonymous/upgrade")
    .of_plugin()
    .called("Anonymous sign-in")
    .takes(&[Body("input", &schema::UPGRADE_INPUT)]);

/// Lists the providers.
pub const OAUTH_PROVIDERS: Endpoint = Endpoint::get("session.oauth.providers", "/auth/oauth/providers")
    .of_plugin()
    .called("OAuth sign-in")
    .answers(Answer { member: Some("providers"), ..Answer::value(&schema::OAUTH_PROVIDERS) });

/// Where a browser goes to sign in. It is not called: a page leaves for it.
pub const OAUTH_AUTHORIZE: Endpoint = Endpoint::get("session.oauth.authorize", "/auth/oauth/authorize/:id")
    .of_plugin()
    .called("OAuth sign-in")
    .takes(&[Id("provider")]);

/// Confirms an e-mail address.
pub const VERIFY_EMAIL: Endpoint = Endpoint::post("session.verifyEmail", "/auth/verify-email")
    .of_plugin()
    .called("The confirmation of e-mail addresses")
    .takes(&[Body("input", &schema::MAIL_TOKEN_INPUT)])
    .hides(&["token"]);

/// Sends a link for another password.
pub const REQUEST_RESET: Endpoint = Endpoint::post("session.requestPasswordReset", "/auth/request-reset")
    .of_plugin()
    .called("The reset of passwords")
    .takes(&[Body("input", &schema::EMAIL_INPUT)]);

/// Sets it.
pub const RESET_PASSWORD: Endpoint = Endpoint::post("session.resetPassword", "/auth/reset-password")
    .of_plugin()
    .called("The reset of passwords")
    .takes(&[Body("input", &schema::RESET_PASSWORD_INPUT)])
    .hides(&["token", "newPassword"]);

/// Sets another password.
pub const CHANGE_PASSWORD: Endpoint = Endpoint::post("session.changePassword", "/auth/change-password")
    .of_plugin()
    .called("The change of passwords")
    .takes(&[Body("input", &schema::CHANGE_PASSWORD_INPUT)])
    .hides(&["currentPassword", "newPassword"]);

/// Signs in as somebody else.
pub const IMPERSONATE: Endpoint = Endpoint::post("session.impersonate", "/auth/admin/users/:id/impersonate")
    .of_plugin()
    .called("Impersonation")
    .takes(&[Id("userId")])
    .answers(GRANTED);

/// Those that every page with a session has.
pub const ENDPOINTS: &[Endpoint] = &[
    GET,
    SIGN_UP,
    SIGN_IN,
    SIGN_OUT,
    MAGIC_LINK_SEND,
    MAGIC_LINK_VERIFY,
    EMAIL_OTP_SEND,
    EMAIL_OTP_VERIFY,
    ANONYMOUS,
    IMPERSONATE,
];

/// Those that are loaded when they are used.
pub const METHODS: &[Endpoint] = &[
    PASSKEY_REGISTER_OPTIONS,
    PASSKEY_REGISTER_VERIFY,
    PASSKEY_SIGN_IN_OPTIONS,
    PASSKEY_SIGN_IN_VERIFY,
    PASSKEY_LIST,
    PASSKEY_REMOVE,
    OAUTH_PROVIDERS,
    OAUTH_AUTHORIZE,
    ANONYMOUS_STATUS,
    UPGRADE,
    VERIFY_EMAIL,
    REQUEST_RESET,
    RESET_PASSWORD,
    CHANGE_PASSWORD,
];
