//! Passkeys: registering them, signing in with them, and the list of one's own.

use super::accounts::Account;
use super::webauthn::{self, AuthenticatorData, ClientData};
use super::{cose, sessions, tickets};
use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::db::{self, Connection, OptionalExtension, Row, params};
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets::{random_base64, random_hex};
use http::header;
use serde_json::{Value, json};

const REGISTRATION: &str = "passkey-registration";
const AUTHENTICATION: &str = "passkey-authentication";
const TIMEOUT: Millis = 60_000;

struct Passkey {
    id: String,
    credential_id: String,
    user_id: String,
    public_key: String,
    counter: u32,
    device_name: Option<String>,
    transports: Option<Value>,
    created_at: Millis,
    last_used_at: Millis,
}

const COLUMNS: &str =
    "id, credential_id, user_id, public_key, counter, device_name, transports, created_at, last_used_at";

impl Passkey {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        let transports: Option<String> = row.get(6)?;
        Ok(Self {
            id: row.get(0)?,
            credential_id: row.get(1)?,
            user_id: row.get(2)?,
            public_key: row.get(3)?,
            counter: row.get(4)?,
            device_name: row.get(5)?,
            transports: transports.and_then(|transports| serde_json::from_str(&transports).ok()),
            created_at: row.get(7)?,
            last_used_at: row.get(8)?,
        })
    }

    fn of_user(connection: &Connection, user_id: &str) -> db::Result<Vec<Self>> {
        let sql = format!("SELECT {COLUMNS} FROM passkeys WHERE user_id = ?1 ORDER BY rowid");
        connection.query(&sql, [user_id], Self::from_row)
    }

    fn find(connection: &Connection, credential_id: &str) -> db::Result<Option<Self>> {
        let sql = format!("SELECT {COLUMNS} FROM passkeys WHERE credential_id = ?1");
        connection.query_row(&sql, [credential_id], Self::from_row).optional()
    }

    fn shown(&self, created_at: String, last_used_at: String) -> Value {
        let mut shown = json!({
            "id": self.id,
            "credentialId": self.credential_id,
            "publicKey": self.public_key,
            "counter": self.counter,
            "userId": self.user_id,
        });
        if let Some(name) = &self.device_name {
            shown["deviceName"] = json!(name);
        }
        if let Some(transports) = &self.transports {
            shown["transports"] = transports.clone();
        }
        shown["createdAt"] = json!(created_at);
        shown["lastUsedAt"] = json!(last_used_at);
        shown
    }

    /// The passkey in a list of those that a browser may, or may not, use.
    fn descriptor(&self) -> Value {
        let mut descriptor = json!({ "id": self.credential_id, "type": "public-key" });
        if let Some(transports) = &self.transports {
            descriptor["transports"] = transports.clone();
        }
        descriptor
    }
}

/// `POST /auth/passkey/register/options`
pub fn register_options(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let form = ask.form();
    let name = form.raw_text("userName").unwrap_or(&account.email);
    let challenge = random_base64::<32>();
    tickets::issue(&connection, REGISTRATION, &challenge, &account.id, &Value::Null, TIMEOUT)?;
    let parameters = [-7, -257, -8].map(|number| json!({ "type": "public-key", "alg": number }));
    let known: Vec<Value> = Passkey::of_user(&connection, &account.id)?.iter().map(Passkey::descriptor).collect();
    Ok(Answer::Bare(
        200,
        json!({
            "challenge": challenge,
            "rp": { "name": "KavachOS", "id": app.options.people.rp_id },
            "user": { "id": account.id, "name": name, "displayName": name },
            "pubKeyCredParams": parameters,
            "timeout": TIMEOUT,
            "attestation": "none",
            "authenticatorSelection": {
                "userVerification": "preferred",
                "residentKey": "preferred",
                "requireResidentKey": false,
            },
            "excludeCredentials": known,
        }),
    ))
}

/// `POST /auth/passkey/register/verify`
pub fn register_verify(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let response = response(ask)?;
    let passkey = registered(app, &connection, &account, &response).map_err(|message| Problem::text(400, message))?;
    insert(&connection, &passkey)?;
    let moment = clock::iso(passkey.created_at);
    Ok(Answer::Bare(200, json!({ "credential": passkey.shown(moment.clone(), moment) })))
}

fn registered(app: &App, connection: &Connection, account: &Account, response: &Value) -> Result<Passkey, String> {
    let data = client_data(app, response, "webauthn.create")?;
    redeem(connection, REGISTRATION, &data.challenge, Some(&account.id))?;
    let bytes = webauthn::authenticator_data(member(response, "attestationObject"))?;
    let read = AuthenticatorData::read(&bytes, &app.options.people.rp_id)?;
    let (id, key) = read.credential.ok_or("No attested credential data in authData")?;
    // A key that can verify nothing is refused now and not at the first sign-in.
    cose::verify(&key, b"", b"")?;
    let credential_id = webauthn::encode(&id);
    if Passkey::find(connection, &credential_id).map_err(|error| error.to_string())?.is_some() {
        return Err("Credential already registered".to_owned());
    }
    let now = clock::now();
    Ok(Passkey {
        id: random_hex::<16>(),
        credential_id,
        user_id: account.id.clone(),
        public_key: webauthn::encode(&key),
        counter: read.counter,
        device_name: response.get("deviceName").and_then(Value::as_str).map(str::to_owned),
        transports: response.get("transports").filter(|transports| transports.is_array()).cloned(),
        created_at: now,
        last_used_at: now,
    })
}

/// `POST /auth/passkey/authenticate/options`
pub fn authenticate_options(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let form = ask.form();
    let user_id = form.raw_text("userId").unwrap_or_default();
    let challenge = random_base64::<32>();
    tickets::issue(&connection, AUTHENTICATION, &challenge, user_id, &Value::Null, TIMEOUT)?;
    let allowed: Vec<Value> = Passkey::of_user(&connection, user_id)?.iter().map(Passkey::descriptor).collect();
    Ok(Answer::Bare(
        200,
        json!({
            "challenge": challenge,
            "rpId": app.options.people.rp_id,
            "timeout": TIMEOUT,
            "userVerification": "preferred",
            "allowCredentials": allowed,
        }),
    ))
}

/// `POST /auth/passkey/authenticate/verify`
pub fn authenticate_verify(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let response = response(ask)?;
    let mut passkey = asserted(app, &connection, &response).map_err(|message| Problem::text(401, message))?;
    passkey.last_used_at = clock::now();
    let sql = "UPDATE passkeys SET counter = ?2, last_used_at = ?3 WHERE id = ?1";
    connection.execute(sql, params![passkey.id, passkey.counter, passkey.last_used_at])?;
    let session = sessions::start(app, &connection, &passkey.user_id)?;
    let shown = passkey.shown(clock::iso_seconds(passkey.created_at), clock::iso(passkey.last_used_at));
    let body = json!({ "user": { "id": passkey.user_id }, "session": session.brief(), "credential": shown });
    Ok(Answer::Bare(200, body).with(header::SET_COOKIE, session.cookie(app)))
}

fn asserted(app: &App, connection: &Connection, response: &Value) -> Result<Passkey, String> {
    let data = client_data(app, response, "webauthn.get")?;
    redeem(connection, AUTHENTICATION, &data.challenge, None)?;
    let id = response.get("id").and_then(Value::as_str).unwrap_or_default();
    let found = Passkey::find(connection, id).map_err(|error| error.to_string())?;
    let mut passkey = found.ok_or("Credential not found")?;
    let bytes = webauthn::decode(member(response, "authenticatorData")).ok_or("authData too short")?;
    let read = AuthenticatorData::read(&bytes, &app.options.people.rp_id)?;
    let signed = [bytes.as_slice(), &data.digest].concat();
    let signature = webauthn::decode(member(response, "signature")).unwrap_or_default();
    let key = webauthn::decode(&passkey.public_key).unwrap_or_default();
    if !cose::verify(&key, &signed, &signature)? {
        return Err("Signature verification failed".to_owned());
    }
    // An authenticator that counts never counts backwards, unless there are two of it.
    if passkey.counter > 0 && read.counter <= passkey.counter {
        let (stored, received) = (passkey.counter, read.counter);
        return Err(format!("Sign count rollback detected: stored={stored}, received={received}"));
    }
    passkey.counter = read.counter;
    Ok(passkey)
}

/// `GET /auth/passkey/credentials`
pub fn list(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let shown = |passkey: &Passkey| {
        passkey.shown(clock::iso_seconds(passkey.created_at), clock::iso_seconds(passkey.last_used_at))
    };
    let passkeys: Vec<Value> = Passkey::of_user(&connection, &account.id)?.iter().map(shown).collect();
    Ok(Answer::Bare(200, json!({ "credentials": passkeys })))
}

/// `DELETE /auth/passkey/credentials/:credentialId`: it always says that it removed something.
pub fn remove(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    connection.execute("DELETE FROM passkeys WHERE credential_id = ?1 AND user_id = ?2", [&ask.id, &account.id])?;
    Ok(Answer::Bare(200, json!({ "removed": true })))
}

fn insert(connection: &Connection, passkey: &Passkey) -> db::Result<usize> {
    connection.execute(
        "INSERT INTO passkeys (id, credential_id, user_id, public_key, counter, device_name, transports, created_at, last_used_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            passkey.id,
            passkey.credential_id,
            passkey.user_id,
            passkey.public_key,
            passkey.counter,
            passkey.device_name,
            passkey.transports.as_ref().map(Value::to_string),
            passkey.created_at,
            passkey.last_used_at
        ],
    )
}

fn response(ask: &Ask) -> Result<Value, Problem> {
    let response = ask.form().0.remove("response").filter(Value::is_object);
    response.ok_or_else(|| Problem::text(400, "Missing required field: response"))
}

/// A text within the authenticator's response.
fn member<'r>(response: &'r Value, key: &str) -> &'r str {
    response.get("response").and_then(|inner| inner.get(key)).and_then(Value::as_str).unwrap_or_default()
}

fn client_data(app: &App, response: &Value, kind: &str) -> Result<ClientData, String> {
    let data = ClientData::read(member(response, "clientDataJSON"))?;
    if data.is_cross_origin {
        return Err("Cross-origin WebAuthn requests are not allowed".to_owned());
    }
    if data.kind != kind {
        return Err(format!("Expected type \"{kind}\", got \"{}\"", data.kind));
    }
    let people = &app.options.people;
    let is_allowed = match people.passkey_origins.as_slice() {
        [] => app.options.access.allows_origin_of(&data.origin, &people.rp_id),
        given => given.contains(&data.origin),
    };
    if !is_allowed {
        return Err(format!("Origin mismatch: got \"{}\"", data.origin));
    }
    Ok(data)
}

/// Uses up a challenge. It was made for that user, if one is given.
fn redeem(connection: &Connection, kind: &str, challenge: &str, user_id: Option<&str>) -> Result<(), String> {
    let missing = || "Challenge not found or already used".to_owned();
    let text = |error: db::Error| error.to_string();
    let found = tickets::peek(connection, kind, challenge).map_err(text)?.ok_or_else(missing)?;
    if user_id.is_some_and(|user_id| found.subject != user_id) {
        return Err(missing());
    }
    let ticket = tickets::take(connection, kind, challenge).map_err(text)?.ok_or_else(missing)?;
    if ticket.is_expired() { Err("Challenge expired".to_owned()) } else { Ok(()) }
}
