//! People: e-mail sign-up and sign-in, and sessions that end.

use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::reply::{Answer, Dialect, Outcome, Problem};
use crate::secrets::{is_password, password_hash, session_token, token_hash};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value, json};
use std::sync::PoisonError;

const MINUTE: Millis = 60_000;

struct User {
    id: String,
    email: String,
    name: Option<String>,
    created_at: Millis,
}

impl User {
    fn shown(&self, dialect: Dialect) -> Value {
        let created_at = clock::iso(self.created_at);
        let mut user = json!({ "id": self.id, "email": self.email, "name": self.name, "createdAt": created_at });
        if dialect == Dialect::Adapter {
            user["emailVerified"] = json!(false);
            user["updatedAt"] = json!(created_at);
        }
        user
    }
}

struct Session {
    id: String,
    user_id: String,
    expires_at: Millis,
    created_at: Millis,
}

impl Session {
    fn shown(&self, token: &str) -> Value {
        json!({
            "id": self.id,
            "userId": self.user_id,
            "token": token,
            "expiresAt": clock::iso(self.expires_at),
            "createdAt": clock::iso(self.created_at),
        })
    }
}

/// Makes a user of that id, unless there is one.
pub fn ensure_user(app: &App, id: &str) -> rusqlite::Result<()> {
    add(&app.store.lock(), id, &format!("{id}@example.com"), None, None, clock::now())?;
    Ok(())
}

/// Makes a user, unless there is one of that id or address; returns whether it did.
pub fn add(
    connection: &Connection,
    id: &str,
    email: &str,
    name: Option<&str>,
    password_hash: Option<&str>,
    created_at: Millis,
) -> rusqlite::Result<bool> {
    let added = connection.execute(
        "INSERT INTO users (id, email, name, password_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        params![id, email, name, password_hash, created_at],
    )?;
    Ok(added == 1)
}

/// `POST /sign-up/email` or `/auth/sign-up`
pub fn sign_up(app: &App, ask: &Ask) -> Outcome {
    limit_rate(app)?;
    let form = Form::read(ask);
    if !is_address(&form.email) {
        return Err(Problem::new(400, "INVALID_EMAIL", "Invalid email address."));
    }
    let length = form.password.encode_utf16().count(); // As JavaScript counts.
    if length < 8 {
        return Err(Problem::new(400, "INVALID_PASSWORD", "Password must be at least 8 characters."));
    }
    if length > 128 {
        return Err(Problem::new(400, "INVALID_PASSWORD", "Password must be at most 128 characters."));
    }
    let hash = password_hash(&form.password);
    let user = User {
        id: format!("usr_{}", uuid::Uuid::new_v4().simple()),
        email: form.email,
        name: form.name,
        created_at: clock::now(),
    };
    let (name, hash) = (user.name.as_deref(), Some(hash.as_str()));
    if !add(&app.store.lock(), &user.id, &user.email, name, hash, user.created_at)? {
        return Err(Problem::new(409, "DUPLICATE_EMAIL", "An account with this email already exists."));
    }
    let (session, token) = start_session(app, &user.id)?;
    let dialect = app.options.dialect;
    Ok(Answer::Bare(
        201,
        match dialect {
            Dialect::Sdk => {
                json!({ "success": true, "data": { "user": user.shown(dialect), "session": session.shown(&token) } })
            }
            Dialect::Adapter => json!({ "user": user.shown(dialect), "token": token }),
        },
    ))
}

/// `POST /sign-in/email` or `/auth/sign-in`
pub fn sign_in(app: &App, ask: &Ask) -> Outcome {
    limit_rate(app)?;
    let form = Form::read(ask);
    let found = app
        .store
        .lock()
        .query_row(
            "SELECT id, email, name, created_at, password_hash FROM users WHERE email = ?1",
            [&form.email],
            |row| {
                let user = User { id: row.get(0)?, email: row.get(1)?, name: row.get(2)?, created_at: row.get(3)? };
                Ok((user, row.get::<_, Option<String>>(4)?))
            },
        )
        .optional()?;
    let wrong = || Problem::new(401, "INVALID_CREDENTIALS", "Invalid email or password.");
    // The same answer after the same time, whether there is no such account or the password is wrong.
    let (user, hash) = found.unzip();
    let is_right = is_password(&form.password, hash.flatten().as_deref());
    let Some(user) = user.filter(|_| is_right) else { return Err(wrong()) };
    let (session, token) = start_session(app, &user.id)?;
    let dialect = app.options.dialect;
    Ok(Answer::Bare(
        200,
        match dialect {
            Dialect::Sdk => {
                json!({ "success": true, "data": { "user": user.shown(dialect), "session": session.shown(&token) } })
            }
            Dialect::Adapter => json!({
                "user": user.shown(dialect),
                "session": { "token": token, "expiresAt": clock::iso(session.expires_at) },
            }),
        },
    ))
}

/// `POST /sign-out` or `/auth/sign-out`
pub fn sign_out(app: &App, ask: &Ask) -> Outcome {
    let token = ask.bearer.as_deref().ok_or_else(|| Problem::text(401, "No session"))?;
    app.store.lock().execute("DELETE FROM sessions WHERE token_hash = ?1", [token_hash(token)])?;
    Ok(Answer::SignedOut)
}

/// `GET /session` or `/auth/session`
///
/// The shipped adapters do not know the tokens of their e-mail sessions here; this server does,
/// so that there is a session to show.
pub fn session(app: &App, ask: &Ask) -> Outcome {
    let none = || Problem::text(401, "Not authenticated");
    let token = ask.bearer.as_deref().ok_or_else(none)?;
    let found = app
        .store
        .lock()
        .query_row(
            "SELECT s.id, s.user_id, s.expires_at, s.created_at, u.email, u.name
             FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = ?1 AND s.expires_at > ?2",
            params![token_hash(token), clock::now()],
            |row| {
                let session =
                    Session { id: row.get(0)?, user_id: row.get(1)?, expires_at: row.get(2)?, created_at: row.get(3)? };
                Ok((session, row.get::<_, String>(4)?, row.get::<_, Option<String>>(5)?))
            },
        )
        .optional()?;
    let (session, email, name) = found.ok_or_else(none)?;
    Ok(Answer::Bare(
        200,
        match app.options.dialect {
            Dialect::Sdk => session.shown(token),
            Dialect::Adapter => json!({
                "user": { "id": session.user_id, "email": email, "name": name },
                "session": { "id": session.id, "expiresAt": clock::iso_seconds(session.expires_at) },
            }),
        },
    ))
}

fn start_session(app: &App, user_id: &str) -> Result<(Session, String), Problem> {
    let now = clock::now();
    let token = session_token();
    let session = Session {
        id: uuid::Uuid::new_v4().to_string(),
        user_id: user_id.to_owned(),
        expires_at: now + app.options.session_seconds * 1000,
        created_at: now,
    };
    app.store.lock().execute(
        "INSERT INTO sessions (id, user_id, token_hash, expires_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![session.id, user_id, token_hash(&token), session.expires_at, now],
    )?;
    Ok((session, token))
}

/// A sign-in form. What cannot be read is empty: the real server does not complain about the form itself.
struct Form {
    email: String,
    password: String,
    name: Option<String>,
}

impl Form {
    fn read(ask: &Ask) -> Self {
        let body: Map<String, Value> = serde_json::from_slice(&ask.body).unwrap_or_default();
        let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
        Self {
            email: text("email").unwrap_or_default(),
            password: text("password").unwrap_or_default(),
            name: text("name"),
        }
    }
}

/// Whether that is an e-mail address to the real server: a name, `@`, and a host with a dot within.
///
/// It changes nothing about an address, so that `Ann@example.com` and `ann@example.com` are two accounts.
fn is_address(email: &str) -> bool {
    let is_space = |c: char| c == '\u{feff}' || c.is_whitespace() && c != '\u{85}'; // As JavaScript's \s has it.
    email.split_once('@').is_some_and(|(name, host)| {
        let dot_within = host.char_indices().any(|(at, c)| c == '.' && at > 0 && at + 1 < host.len());
        !name.is_empty() && dot_within && !host.contains('@') && !email.contains(is_space)
    })
}

fn limit_rate(app: &App) -> Result<(), Problem> {
    let Some(limit) = app.options.auth_rate_limit else { return Ok(()) };
    let now = clock::now();
    let mut attempts = app.attempts.lock().unwrap_or_else(PoisonError::into_inner);
    attempts.retain(|at| *at > now - MINUTE);
    if attempts.len() >= limit as usize {
        return Err(Problem::text(429, "Rate limit exceeded"));
    }
    attempts.push(now);
    Ok(())
}
