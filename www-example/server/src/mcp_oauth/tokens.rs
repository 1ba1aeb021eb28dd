//! The token endpoint: codes and refresh tokens are exchanged for access tokens.

use super::authorize::CODE;
use super::clients::Client;
use super::{Refusal, check_configured, issuer, open, unstored};
use crate::app::{App, Ask};
use crate::body::is_form;
use crate::clock::{self, Millis};
use crate::db::{self, Connection, OptionalExtension, params};
use crate::jwt;
use crate::mount::Mount;
use crate::pages;
use crate::people::take_ticket;
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets::{self, random_base64, token_hash};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

const REFRESH_LASTS: Millis = 7 * 24 * 60 * 60 * 1000;

type Parameters = HashMap<String, String>;

/// `POST /mcp/token`
pub fn token(app: &App, ask: &Ask) -> Outcome {
    if app.options.people.mount == Mount::Fastify && is_form(&ask.headers) {
        let kind = ask.header("content-type").unwrap_or_default();
        return Err(Problem::body(
            415,
            json!({
                "statusCode": 415,
                "code": "FST_ERR_CTP_INVALID_MEDIA_TYPE",
                "error": "Unsupported Media Type",
                "message": format!("Unsupported Media Type: {kind}"),
            }),
        ));
    }
    check_configured(app)?;
    let answer = match exchange(app, ask) {
        Ok(tokens) => open(Answer::Bare(200, tokens)),
        Err(refusal) => refusal.answer(),
    };
    Ok(unstored(answer))
}

fn exchange(app: &App, ask: &Ask) -> Result<Value, Refusal> {
    let parameters = read(ask);
    let get = |name: &str| parameters.get(name).filter(|value| !value.is_empty());
    let basic = basic_credentials(ask);
    let (client_id, secret) = match &basic {
        Some((id, secret)) => (Some(id), Some(secret)),
        None => (get("client_id"), get("client_secret")),
    };
    let client_id = client_id.ok_or_else(|| Refusal::new(401, "invalid_client", "client_id is required"))?;
    let needed: &[&str] = match get("grant_type").map(String::as_str) {
        Some("authorization_code") => &["code", "redirect_uri", "code_verifier"],
        Some("refresh_token") => &["refresh_token"],
        _ => &["grant_type of another kind"],
    };
    let has_length = |verifier: &String| (43..=128).contains(&verifier.len());
    if needed.iter().any(|name| get(name).is_none()) || get("code_verifier").is_some_and(|text| !has_length(text)) {
        return Err(Refusal::new(400, "invalid_request", "Invalid token request"));
    }
    let connection = app.store.lock();
    let unknown = || Refusal::new(401, "invalid_client", "Unknown client_id");
    let client = Client::find(&connection, client_id)?.ok_or_else(unknown)?;
    if !client.admits(secret.map(String::as_str)) {
        return Err(Refusal::new(401, "invalid_client", "Invalid client_secret"));
    }
    if needed.len() == 1 {
        refresh(app, ask, &connection, &client, &parameters)
    } else {
        redeem(app, ask, &connection, &client, &parameters)
    }
}

/// The parameters, from a form or from JSON. What JSON has beside strings is ignored.
fn read(ask: &Ask) -> Parameters {
    if is_form(&ask.headers) {
        return pages::fields(ask);
    }
    let text = |value: Value| value.as_str().map(str::to_owned);
    ask.form().0.into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect()
}

fn basic_credentials(ask: &Ask) -> Option<(String, String)> {
    let encoded = ask.header("authorization")?.strip_prefix("Basic ")?;
    let decoded = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    (!id.is_empty() && !secret.is_empty()).then(|| (id.to_owned(), secret.to_owned()))
}

/// What a token is for.
struct Grant {
    user_id: String,
    scope: String,
    resource: Option<String>,
}

fn redeem(
    app: &App,
    ask: &Ask,
    connection: &Connection,
    client: &Client,
    parameters: &Parameters,
) -> Result<Value, Refusal> {
    let invalid = |description| Refusal::new(400, "invalid_grant", description);
    let get = |name: &str| parameters.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let code = take_ticket(connection, CODE, get("code").unwrap_or_default())?;
    let code = code.ok_or_else(|| invalid("Invalid or expired authorization code"))?;
    if code.is_expired() {
        return Err(invalid("Authorization code has expired"));
    }
    let kept = |name: &str| code.data.get(name).and_then(Value::as_str);
    if kept("clientId") != Some(&client.id) {
        return Err(invalid("client_id does not match authorization code"));
    }
    if kept("redirectUri") != get("redirect_uri") {
        return Err(invalid("redirect_uri does not match authorization code"));
    }
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(get("code_verifier").unwrap_or_default()));
    if kept("codeChallenge") != Some(&challenge) {
        return Err(invalid("PKCE code_verifier verification failed"));
    }
    let resource = match (get("resource"), kept("resource")) {
        (Some(asked), Some(kept)) if asked != kept => {
            let description = "resource parameter does not match authorization code";
            return Err(Refusal::new(400, "invalid_target", description));
        }
        (asked, kept) => asked.or(kept).map(str::to_owned),
    };
    let grant = Grant { user_id: code.subject.clone(), scope: kept("scope").unwrap_or_default().to_owned(), resource };
    let mut answer = json!({
        "access_token": access_token(app, ask, client, &grant),
        "token_type": "Bearer",
        "expires_in": app.options.mcp.token_seconds,
        "scope": grant.scope,
    });
    if grant.scope.split(' ').any(|scope| scope == "offline_access") {
        answer["refresh_token"] = json!(refresh_token(connection, client, &grant)?);
    }
    Ok(answer)
}

fn refresh(
    app: &App,
    ask: &Ask,
    connection: &Connection,
    client: &Client,
    parameters: &Parameters,
) -> Result<Value, Refusal> {
    let invalid = |description| Refusal::new(400, "invalid_grant", description);
    let get = |name: &str| parameters.get(name).filter(|value| !value.is_empty());
    let hash = token_hash(get("refresh_token").map(String::as_str).unwrap_or_default());
    let sql = "SELECT client_id, user_id, scope, resource, created_at FROM mcp_refresh_tokens WHERE token_hash = ?1";
    let found = connection.query_row(sql, [&hash], |row| {
        let grant = Grant { user_id: row.get(1)?, scope: row.get(2)?, resource: row.get(3)? };
        Ok((row.get::<String>(0)?, grant, row.get::<Millis>(4)?))
    });
    let (owner, mut grant, created_at) = found.optional()?.ok_or_else(|| invalid("Invalid refresh token"))?;
    if owner != client.id {
        return Err(invalid("client_id does not match refresh token"));
    }
    if created_at + REFRESH_LASTS < clock::now() {
        return Err(invalid("Refresh token has expired"));
    }
    if let Some(asked) = get("scope") {
        let held: Vec<&str> = grant.scope.split(' ').collect();
        // Scopes that were not granted are left out without a word.
        grant.scope = asked.split(' ').filter(|scope| held.contains(scope)).collect::<Vec<_>>().join(" ");
    }
    // The real server does not check it here, either.
    grant.resource = get("resource").cloned().or(grant.resource);
    connection.execute("DELETE FROM mcp_refresh_tokens WHERE token_hash = ?1", [&hash])?;
    Ok(json!({
        "access_token": access_token(app, ask, client, &grant),
        "token_type": "Bearer",
        "expires_in": app.options.mcp.token_seconds,
        "refresh_token": refresh_token(connection, client, &grant)?,
        "scope": grant.scope,
    }))
}

fn access_token(app: &App, ask: &Ask, client: &Client, grant: &Grant) -> String {
    let issuer = issuer(app, ask);
    let now = clock::now().div_euclid(1000);
    let claims = json!({
        "sub": grant.user_id,
        "client_id": client.id,
        "scope": grant.scope,
        "jti": secrets::uuid(),
        "iss": issuer,
        "aud": grant.resource.as_ref().unwrap_or(&issuer),
        "iat": now,
        "exp": now + app.options.mcp.token_seconds,
    });
    jwt::sign(&json!({ "alg": "HS256", "typ": "at+jwt" }), &claims, app.mcp_secret.as_bytes())
}

fn refresh_token(connection: &Connection, client: &Client, grant: &Grant) -> db::Result<String> {
    let token = random_base64::<48>();
    connection.execute(
        "INSERT INTO mcp_refresh_tokens (token_hash, client_id, user_id, scope, resource, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![token_hash(&token), client.id, grant.user_id, grant.scope, grant.resource, clock::now()],
    )?;
    Ok(token)
}
