//! People: users, their sessions, and how they sign up and in.

use super::declare::wire;
use super::wire::Id;

wire! {
    /// A person with an account.
    pub struct User {
        /// The user's id, which is the `ownerId` of their agents.
        id ("id"): String,
        /// The e-mail address.
        email ("email"): String,
        /// The time of registration, in ISO 8601.
        created_at ("createdAt"): String,
    }
    optional {
        /// The display name, if there is one.
        name ("name"): String,
    }
}

wire! {
    /// A session of a signed-in user. Servers differ in which optional members they send.
    pub struct Session {
        /// The id of the signed-in user.
        user_id ("userId"): String,
    }
    optional {
        /// The session's id.
        id ("id"): String,
        /// The session's bearer token, which the option `token` takes.
        token ("token"): String,
        /// The expiry of the session, in ISO 8601.
        expires_at ("expiresAt"): String,
        /// The time of the sign-in, in ISO 8601.
        created_at ("createdAt"): String,
    }
}

wire! {
    /// The result of `auth.signUp` and `auth.signIn`.
    pub struct AuthResponse {
        /// The signed-in user.
        user ("user"): User,
        /// The user's session, with its token.
        #[tsify(type = "Session & { token: string }")]
        session ("session"): Session,
    }
    optional {}
}

wire! {
    /// The input of `auth.signUp`.
    pub struct SignUpInput {
        /// The e-mail address to sign in with.
        #[tsify(type = "string")]
        email ("email"): Id,
        /// The password; servers require 8 to 128 characters.
        #[tsify(type = "string")]
        password ("password"): Id,
    }
    optional {
        /// The display name.
        name ("name"): String,
    }
}

wire! {
    /// The input of `auth.signIn`.
    pub struct SignInInput {
        /// The e-mail address of the account.
        #[tsify(type = "string")]
        email ("email"): Id,
        /// The password of the account.
        #[tsify(type = "string")]
        password ("password"): Id,
    }
    optional {}
}
