//! Sessions: tokens of two kinds, and the rows that decide about both.
//!
//! Signing in by password makes a UUID, which the real server accepts nowhere. All other ways make a token that is signed and
//! names the session, not the user.

use super::accounts::Account;
use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::db::{self, Connection, OptionalExtension, params};
use crate::events::{Kind, announce};
use crate::jwt;
use crate::options::PasswordSessions;
use crate::reply::Problem;
use crate::secrets::{self, session_token, token_hash};
use serde_json::{Value, json};

/// A session.
pub struct Session {
    pub id: String,
    pub user_id: String,
    pub token: String,
    pub expires_at: Millis,
    pub created_at: Millis,
}

impl Session {
    /// The session as the SDK dialect shows it.
    pub fn shown(&self) -> Value {
        json!({
            "id": self.id,
            "userId": self.user_id,
            "token": self.token,
            "expiresAt": clock::iso(self.expires_at),
            "createdAt": clock::iso(self.created_at),
        })
    }

    /// The session as sign-in answers of the adapter show it.
    pub fn brief(&self) -> Value {
        json!({ "token": self.token, "expiresAt": clock::iso(self.expires_at) })
    }

    /// The cookie that brings the session back.
    pub fn cookie(&self, app: &App) -> String {
        let is_https = app.options.people.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
        let secure = if is_https { "Secure; " } else { "" };
        let seconds = (self.expires_at - clock::now()) / 1000;
        format!("kavach_session={}; {secure}HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}", self.token)
    }
}

/// Starts a session whose token is signed.
pub fn start(app: &App, connection: &Connection, user_id: &str) -> db::Result<Session> {
    let now = clock::now();
    let id = secrets::uuid();
    let expires_at = now + app.options.session_seconds * 1000;
    let claims = json!({ "sub": id, "iat": now.div_euclid(1000), "exp": expires_at.div_euclid(1000) });
    let token = jwt::sign(&json!({ "alg": "HS256" }), &claims, app.session_secret.as_bytes());
    insert(app, connection, Session { id, user_id: user_id.to_owned(), token, expires_at, created_at: now })
}

/// Starts a session of a password sign-in.
pub fn start_password(app: &App, connection: &Connection, user_id: &str) -> db::Result<Session> {
    let now = clock::now();
    let session = Session {
        id: secrets::uuid(),
        user_id: user_id.to_owned(),
        token: session_token(),
        expires_at: now + app.options.session_seconds * 1000,
        created_at: now,
    };
    insert(app, connection, session)
}

fn insert(app: &App, connection: &Connection, session: Session) -> db::Result<Session> {
    connection.execute(
        "INSERT INTO sessions (id, user_id, token_hash, expires_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![session.id, session.user_id, token_hash(&session.token), session.expires_at, session.created_at],
    )?;
    let data = json!({ "userId": session.user_id, "sessionId": session.id });
    announce(app, connection, Kind::SignedIn, data)?;
    Ok(session)
}

/// The session of a token, while it lasts.
pub fn find(connection: &Connection, token: &str) -> db::Result<Option<Session>> {
    let sql = "SELECT id, user_id, expires_at, created_at FROM sessions WHERE token_hash = ?1 AND expires_at > ?2";
    let found = connection.query_row(sql, params![token_hash(token), clock::now()], |row| {
        Ok(Session {
            id: row.get(0)?,
            user_id: row.get(1)?,
            token: token.to_owned(),
            expires_at: row.get(2)?,
            created_at: row.get(3)?,
        })
    });
    found.optional()
}

/// Ends the session of a token, if there is one.
pub fn end(connection: &Connection, token: &str) -> db::Result<Option<String>> {
    let sql = "DELETE FROM sessions WHERE token_hash = ?1 RETURNING user_id";
    connection.query_row(sql, [token_hash(token)], |row| row.get(0)).optional()
}

/// Whether a token is that of a session that was not started by a password.
#[cfg(feature = "native")]
pub fn is_session(app: &App, connection: &Connection, token: &str) -> db::Result<bool> {
    let is_signed = jwt::verify(token, app.session_secret.as_bytes(), clock::now().div_euclid(1000)).is_some();
    Ok(is_signed && find(connection, token)?.is_some())
}

/// Ends all sessions of a user, and says how many there were.
pub fn end_all(connection: &Connection, user_id: &str) -> db::Result<usize> {
    connection.execute("DELETE FROM sessions WHERE user_id = ?1", [user_id])
}

/// The session and the user of a request. `is_session_route` for `GET /auth/session`, which may know more tokens.
pub fn resolve(
    app: &App,
    connection: &Connection,
    ask: &Ask,
    is_session_route: bool,
) -> db::Result<Option<(Session, Account)>> {
    let Some(token) = ask.session_token() else { return Ok(None) };
    let is_signed = jwt::verify(token, app.session_secret.as_bytes(), clock::now().div_euclid(1000)).is_some();
    let accepted = is_signed
        || match app.options.people.password_sessions {
            PasswordSessions::Refused => false,
            PasswordSessions::Session => is_session_route && ask.bearer.is_some(),
            PasswordSessions::Everywhere => true,
        };
    if !accepted {
        return Ok(None);
    }
    let Some(session) = find(connection, token)? else { return Ok(None) };
    Ok(Account::find(connection, &session.user_id)?.map(|account| (session, account)))
}

/// Who makes the request, if somebody is signed in.
pub fn signed_in(app: &App, connection: &Connection, ask: &Ask) -> db::Result<Option<Account>> {
    Ok(resolve(app, connection, ask, false)?.map(|(_, account)| account))
}

/// Who makes the request.
///
/// # Errors
/// 401 if nobody is signed in.
pub fn caller(app: &App, connection: &Connection, ask: &Ask) -> Result<Account, Problem> {
    signed_in(app, connection, ask)?.ok_or_else(|| Problem::text(401, "Authentication required"))
}
