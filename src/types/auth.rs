//! People: users, their sessions, and how they sign up and in.

use super::shape::{Id, wire};

wire! {
    /// A person with an account.
    pub struct User {
        /// The user's id: the `ownerId` of their agents.
        id ("id"): String,
        /// Their e-mail address.
        email ("email"): String,
        /// When the account was created, in ISO 8601.
        created_at ("createdAt"): String,
    }
    optional {
        /// Their name, if they gave one.
        name ("name"): String,
    }
}

wire! {
    /// A signed-in session. Servers do not all say the same about it: what yours did not say is absent.
    pub struct Session {
        /// The user who is signed in.
        user_id ("userId"): String,
    }
    optional {
        /// The session's id.
        id ("id"): String,
        /// The session's bearer token, to pass as `token`.
        token ("token"): String,
        /// When it ends, in ISO 8601.
        expires_at ("expiresAt"): String,
        /// When it began, in ISO 8601.
        created_at ("createdAt"): String,
    }
}

wire! {
    /// What signing up and signing in resolve to.
    pub struct AuthResponse {
        /// Who signed in.
        user ("user"): User,
        /// Their session, always with its token.
        #[tsify(type = "Session & { token: string }")]
        session ("session"): Session,
    }
    optional {}
}

wire! {
    /// A new account.
    pub struct SignUpInput {
        /// The e-mail address to sign in with.
        #[tsify(type = "string")]
        email ("email"): Id,
        /// The password; servers ask for 8 to 128 characters.
        #[tsify(type = "string")]
        password ("password"): Id,
    }
    optional {
        /// A name to show.
        name ("name"): String,
    }
}

wire! {
    /// An e-mail address and its password.
    pub struct SignInInput {
        /// The e-mail address of the account.
        #[tsify(type = "string")]
        email ("email"): Id,
        /// Its password.
        #[tsify(type = "string")]
        password ("password"): Id,
    }
    optional {}
}
