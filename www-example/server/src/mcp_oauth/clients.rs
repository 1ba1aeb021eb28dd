//! Clients, which register themselves (RFC 7591).

use super::{Refusal, check_configured, open, strings, unstored};
use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::db::{self, Connection, OptionalExtension, params};
use crate::reply::{Answer, Outcome};
use crate::secrets::{self, random_base64, token_hash};
use http::Uri;
use serde_json::{Map, Value, json};

/// A registered client.
pub struct Client {
    pub id: String,
    pub name: Option<String>,
    pub redirect_uris: Vec<String>,
    secret_hash: Option<String>,
}

impl Client {
    /// The client of that id.
    pub fn find(connection: &Connection, id: &str) -> db::Result<Option<Self>> {
        let sql = "SELECT id, name, redirect_uris, secret_hash FROM mcp_clients WHERE id = ?1";
        let found = connection.query_row(sql, [id], |row| {
            let uris: String = row.get(2)?;
            let redirect_uris = serde_json::from_str(&uris).unwrap_or_default();
            Ok(Self { id: row.get(0)?, name: row.get(1)?, redirect_uris, secret_hash: row.get(3)? })
        });
        found.optional()
    }

    /// Whether that is the client's secret; public clients need none.
    pub fn admits(&self, secret: Option<&str>) -> bool {
        match &self.secret_hash {
            Some(hash) => secret.is_some_and(|secret| token_hash(secret) == *hash),
            None => true,
        }
    }
}

/// `POST /mcp/register`
pub fn register(app: &App, ask: &Ask) -> Outcome {
    check_configured(app)?;
    let Ok(body) = serde_json::from_slice::<Value>(&ask.body) else {
        return Ok(Refusal::new(400, "invalid_request", "Invalid JSON body").answer());
    };
    let registered = read(&body).and_then(|metadata| Ok(keep(&app.store.lock(), &metadata)?));
    Ok(match registered {
        Ok(answer) => unstored(open(Answer::Bare(201, answer))),
        Err(refusal) => refusal.answer(),
    })
}

/// What a client says about itself.
struct Metadata {
    redirect_uris: Vec<String>,
    auth_method: String,
    grant_types: Vec<String>,
    response_types: Vec<String>,
    more: Map<String, Value>,
}

fn invalid(description: impl Into<String>) -> Refusal {
    Refusal::new(400, "invalid_client_metadata", description)
}

fn read(body: &Value) -> Result<Metadata, Refusal> {
    let unreadable = || invalid("Invalid client registration request");
    let list = |key: &str, usual: &str| match body.get(key) {
        None => Ok(vec![usual.to_owned()]),
        Some(value) => strings(value).ok_or_else(unreadable),
    };
    let redirect_uris = body.get("redirect_uris").and_then(strings).ok_or_else(unreadable)?;
    let auth_method = body.get("token_endpoint_auth_method").map_or(Some("client_secret_basic"), Value::as_str);
    let auth_method =
        auth_method.filter(|method| ["client_secret_basic", "client_secret_post", "none"].contains(method));
    let metadata = Metadata {
        auth_method: auth_method.ok_or_else(unreadable)?.to_owned(),
        grant_types: list("grant_types", "authorization_code")?,
        response_types: list("response_types", "code")?,
        redirect_uris,
        more: [
            "client_name",
            "client_uri",
            "logo_uri",
            "scope",
            "contacts",
            "tos_uri",
            "policy_uri",
            "software_id",
            "software_version",
        ]
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), body.get(key).filter(|value| !value.is_null())?.clone())))
        .collect(),
    };
    if metadata.redirect_uris.is_empty() {
        return Err(invalid("redirect_uris are required when grant_types includes authorization_code"));
    }
    for uri in &metadata.redirect_uris {
        check_redirect(uri)?;
    }
    Ok(metadata)
}

fn check_redirect(uri: &str) -> Result<(), Refusal> {
    let (without_fragment, fragment) = uri.split_once('#').map_or((uri, ""), |(uri, fragment)| (uri, fragment));
    let Ok(parsed) = without_fragment.parse::<Uri>() else {
        return Err(invalid(format!("redirect_uri is not a valid URL: {uri}")));
    };
    let is_local = matches!(parsed.host(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if parsed.scheme_str() != Some("https") && !is_local {
        return Err(invalid(format!("redirect_uri must use HTTPS (or localhost for development): {uri}")));
    }
    if !fragment.is_empty() {
        return Err(invalid(format!("redirect_uri must not contain a fragment: {uri}")));
    }
    Ok(())
}

fn keep(connection: &Connection, metadata: &Metadata) -> db::Result<Value> {
    let now: Millis = clock::now();
    let id = secrets::uuid();
    let secret = (metadata.auth_method != "none").then(random_base64::<48>);
    connection.execute(
        "INSERT INTO mcp_clients (id, secret_hash, redirect_uris, name, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            id,
            secret.as_deref().map(token_hash),
            json!(metadata.redirect_uris).to_string(),
            metadata.more.get("client_name").and_then(Value::as_str),
            now
        ],
    )?;
    let mut answer = json!({
        "client_id": id,
        "client_id_issued_at": now.div_euclid(1000),
        "redirect_uris": metadata.redirect_uris,
        "token_endpoint_auth_method": metadata.auth_method,
        "grant_types": metadata.grant_types,
        "response_types": metadata.response_types,
    });
    for (key, value) in &metadata.more {
        answer[key] = value.clone();
    }
    if let Some(secret) = secret {
        answer["client_secret"] = json!(secret);
        answer["client_secret_expires_at"] = json!(0);
    }
    Ok(answer)
}
