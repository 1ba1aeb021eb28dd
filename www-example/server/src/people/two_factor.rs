//! A second factor: codes of an app, and backup codes. No sign-in asks for it, as on the real server.

use super::{sessions, totp};
use crate::app::{App, Ask};
use crate::clock;
use crate::db::{self, Connection, OptionalExtension, params};
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets::{random, token_hash};
use serde_json::json;

const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

struct SecondFactor {
    secret: String,
    enabled: bool,
    backup_codes: Vec<String>,
}

/// `POST /auth/2fa/enroll`: the second factor is off until a code is verified, also if it was on before.
pub fn enroll(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let secret = totp::encode(&random::<20>());
    let codes = backup_codes();
    let sql = "INSERT OR REPLACE INTO second_factors (user_id, secret, enabled, backup_codes) VALUES (?1, ?2, 0, ?3)";
    connection.execute(sql, params![account.id, secret, hashes(&codes)])?;
    let uri = format!(
        "otpauth://totp/KavachOS:{}?secret={secret}&issuer=KavachOS&algorithm=SHA1&digits=6&period=30",
        account.id
    );
    Ok(Answer::Bare(200, json!({ "secret": secret, "uri": uri, "backupCodes": codes })))
}

/// `POST /auth/2fa/verify`: the first code turns the second factor on.
pub fn verify(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let (user_id, code) = read(app, &connection, ask)?;
    let Some(factor) = find(&connection, &user_id)? else { return Err(wrong()) };
    let is_code = totp::is_code(&factor.secret, &code, now());
    if !factor.enabled {
        if !is_code {
            return Err(wrong());
        }
        connection.execute("UPDATE second_factors SET enabled = 1 WHERE user_id = ?1", [&user_id])?;
        return Ok(Answer::Bare(200, json!({ "valid": true, "activated": true })));
    }
    if is_code {
        return Ok(Answer::Bare(200, json!({ "valid": true })));
    }
    let used = use_backup_code(&connection, &user_id, &factor, &code)?;
    let answer = if used { json!({ "valid": true, "usedBackupCode": true }) } else { json!({ "valid": false }) };
    Ok(Answer::Bare(200, answer))
}

/// `POST /auth/2fa/disable`
pub fn disable(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let (user_id, code) = read(app, &connection, ask)?;
    let factor = find(&connection, &user_id)?.filter(|factor| factor.enabled).ok_or_else(wrong)?;
    if !totp::is_code(&factor.secret, &code, now()) && !use_backup_code(&connection, &user_id, &factor, &code)? {
        return Err(wrong());
    }
    connection.execute("DELETE FROM second_factors WHERE user_id = ?1", [&user_id])?;
    Ok(Answer::Bare(200, json!({ "disabled": true })))
}

/// `GET /auth/2fa/status`
pub fn status(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let enabled = find(&connection, &account.id)?.is_some_and(|factor| factor.enabled);
    Ok(Answer::Bare(200, json!({ "enabled": enabled })))
}

/// `POST /auth/2fa/backup-codes`: new ones in the place of the old.
pub fn regenerate(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let (user_id, code) = read(app, &connection, ask)?;
    let is_right = find(&connection, &user_id)?
        .is_some_and(|factor| factor.enabled && totp::is_code(&factor.secret, &code, now()));
    if !is_right {
        return Err(Problem::text(400, "Invalid TOTP code — cannot regenerate backup codes"));
    }
    let codes = backup_codes();
    let sql = "UPDATE second_factors SET backup_codes = ?2 WHERE user_id = ?1";
    connection.execute(sql, [&user_id, &hashes(&codes)])?;
    Ok(Answer::Bare(200, json!({ "backupCodes": codes })))
}

fn read(app: &App, connection: &Connection, ask: &Ask) -> Result<(String, String), Problem> {
    let account = sessions::caller(app, connection, ask)?;
    let form = ask.form();
    let code = form.raw_text("code").filter(|code| !code.is_empty());
    let code = code.ok_or_else(|| Problem::text(400, "Missing required field: code"))?;
    Ok((account.id, code.to_owned()))
}

fn wrong() -> Problem {
    Problem::text(400, "Invalid TOTP code")
}

fn now() -> i64 {
    clock::now().div_euclid(1000)
}

fn find(connection: &Connection, user_id: &str) -> db::Result<Option<SecondFactor>> {
    let sql = "SELECT secret, enabled, backup_codes FROM second_factors WHERE user_id = ?1";
    let found = connection.query_row(sql, [user_id], |row| {
        let codes: String = row.get(2)?;
        let backup_codes = serde_json::from_str(&codes).unwrap_or_default();
        Ok(SecondFactor { secret: row.get(0)?, enabled: row.get(1)?, backup_codes })
    });
    found.optional()
}

/// Takes a backup code out, if it is one.
fn use_backup_code(connection: &Connection, user_id: &str, factor: &SecondFactor, code: &str) -> db::Result<bool> {
    let hash = token_hash(&code.to_uppercase());
    let left: Vec<&String> = factor.backup_codes.iter().filter(|kept| **kept != hash).collect();
    if left.len() == factor.backup_codes.len() {
        return Ok(false);
    }
    let sql = "UPDATE second_factors SET backup_codes = ?2 WHERE user_id = ?1";
    connection.execute(sql, [user_id, &json!(left).to_string()])?;
    Ok(true)
}

fn backup_codes() -> Vec<String> {
    let code = || random::<8>().iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect();
    (0..10).map(|_| code()).collect()
}

fn hashes(codes: &[String]) -> String {
    json!(codes.iter().map(|code| token_hash(code)).collect::<Vec<_>>()).to_string()
}
