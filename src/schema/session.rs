//! What the sign-ins of people send and receive. These types travel between an entry of the package and the server: they have a
//! schema alone.

use super::wire::{Field, Schema, Wire};

const fn required(name: &'static str, schema: &'static Schema) -> Field {
    Field { name, schema, required: true }
}

const fn optional(name: &'static str, schema: &'static Schema) -> Field {
    Field { name, schema, required: false }
}

const EMAIL: Field = required("email", &Schema::Id);
const TOKEN: Field = required("token", &Schema::Id);
const NEW_PASSWORD: Field = required("newPassword", &Schema::Id);

/// The person of a session.
const SESSION_USER: Schema = super::people::SignedInUser::SCHEMA;

/// A session, as sign-ins answer it.
pub const SESSION_GRANT: Schema =
    Schema::Object(&[optional("token", &Schema::Bearer), optional("expiresAt", &Schema::Text)]);

/// What a sign-in answers, in all the ways that servers have: `{user, session}`, `{user, token}`, `{userId, sessionToken}`, and the
/// bare session of the `sdk` dialect.
pub const SESSION_ANSWER: Schema = Schema::Object(&[
    optional("user", &SESSION_USER),
    optional("userId", &Schema::Id),
    optional("session", &SESSION_GRANT),
    optional("token", &Schema::Bearer),
    optional("sessionToken", &Schema::Bearer),
    optional("expiresAt", &Schema::Text),
]);

/// An e-mail address, to which something is sent.
pub const EMAIL_INPUT: Schema = Schema::Object(&[EMAIL]);

/// A code that came by e-mail.
pub const EMAIL_CODE_INPUT: Schema = Schema::Object(&[EMAIL, required("code", &Schema::Id)]);

/// A token that came by e-mail.
pub const MAIL_TOKEN_INPUT: Schema = Schema::Object(&[TOKEN]);

/// A token that came by e-mail, for another password.
pub const RESET_PASSWORD_INPUT: Schema = Schema::Object(&[TOKEN, NEW_PASSWORD]);

/// Another password for the one that holds.
pub const CHANGE_PASSWORD_INPUT: Schema = Schema::Object(&[required("currentPassword", &Schema::Id), NEW_PASSWORD]);

/// Who an anonymous person is.
pub const UPGRADE_INPUT: Schema = Schema::Object(&[EMAIL, optional("name", &Schema::Text)]);

/// Whose passkey is asked for.
pub const PASSKEY_INPUT: Schema =
    Schema::Object(&[optional("userId", &Schema::Id), optional("userName", &Schema::Text)]);

/// What an authenticator is asked. The rest of it is between the server and the authenticator.
pub const PASSKEY_OPTIONS: Schema = Schema::Object(&[required("challenge", &Schema::Id)]);

/// What an authenticator answers.
pub const PASSKEY_RESPONSE: Schema = Schema::Object(&[required("response", &Schema::Map)]);

/// A passkey that is registered.
pub const PASSKEY: Schema = Schema::Object(&[
    required("credentialId", &Schema::Id),
    optional("deviceName", &Schema::Text),
    optional("createdAt", &Schema::Text),
    optional("lastUsedAt", &Schema::Text),
]);

/// The passkeys of a person.
pub const PASSKEYS: Schema = Schema::Object(&[required("credentials", &Schema::List(&PASSKEY))]);

/// The passkey that was registered just now.
pub const PASSKEY_ANSWER: Schema = Schema::Object(&[required("credential", &PASSKEY)]);

/// A provider of OAuth sign-ins.
pub const OAUTH_PROVIDER: Schema = Schema::Object(&[required("id", &Schema::Id), optional("name", &Schema::Text)]);

/// The providers of OAuth sign-ins.
pub const OAUTH_PROVIDERS: Schema = Schema::Object(&[required("providers", &Schema::List(&OAUTH_PROVIDER))]);

/// The options of `createSession`, but for `storage` and `initial`.
pub const SESSION_OPTIONS: Schema = Schema::Object(&[
    optional("mode", &Schema::Choice(&["bearer", "cookie"], "\"bearer\" or \"cookie\"")),
    optional("key", &Schema::Id),
    optional("refreshUrl", &Schema::Id),
    optional("tabs", &Schema::Flag),
    optional("focus", &Schema::Flag),
]);

/// The types by their names. A type comes after those that it is made of.
pub const SESSION_TYPES: &[(&str, Schema)] = &[
    ("SessionOptions", SESSION_OPTIONS),
    ("SessionGrant", SESSION_GRANT),
    ("SessionAnswer", SESSION_ANSWER),
    ("EmailInput", EMAIL_INPUT),
    ("EmailCodeInput", EMAIL_CODE_INPUT),
    ("MailTokenInput", MAIL_TOKEN_INPUT),
    ("ResetPasswordInput", RESET_PASSWORD_INPUT),
    ("ChangePasswordInput", CHANGE_PASSWORD_INPUT),
    ("UpgradeInput", UPGRADE_INPUT),
    ("PasskeyInput", PASSKEY_INPUT),
    ("PasskeyOptions", PASSKEY_OPTIONS),
    ("PasskeyResponse", PASSKEY_RESPONSE),
    ("Passkey", PASSKEY),
    ("Passkeys", PASSKEYS),
    ("PasskeyAnswer", PASSKEY_ANSWER),
    ("OauthProvider", OAUTH_PROVIDER),
    ("OauthProviders", OAUTH_PROVIDERS),
];
