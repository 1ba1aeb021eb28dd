//! A provider of identities for the redirect flow: a page that asks who one is, and whether the server may know.

use super::oauth::callback_url;
use super::tickets;
use crate::app::{App, Ask};
use crate::db::{self, Connection};
use crate::pages::{check_own_page, escape, fields, hidden, page, with_query};
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets::random_hex;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// What this server is called at the provider.
pub const CLIENT_ID: &str = "kavachos-local-server";
const CODE: &str = "provider-code";
const LASTS: i64 = 60 * 1000;
const KEPT: [&str; 4] = ["client_id", "redirect_uri", "state", "code_challenge"];

/// Who somebody is.
pub struct Profile {
    pub email: String,
    pub name: Option<String>,
}

/// `GET /__provider`
pub fn show(app: &App, ask: &Ask) -> Outcome {
    check(app, ask, &ask.query)?;
    let kept: String = KEPT.iter().filter_map(|name| Some(hidden(name, ask.query.get(*name)?))).collect();
    let form = format!(
        "<p>The KavachOS server at <b>{}</b> wants to know who you are.</p>\n<form method=\"post\" action=\"/__provider\">{kept}\
         <label>E-mail <input type=\"email\" name=\"email\" value=\"person@example.com\"></label>\n\
         <label>Name <input name=\"name\"></label>\n\
         <button name=\"decision\" value=\"allow\">Allow</button> <button name=\"decision\" value=\"deny\">Deny</button></form>",
        escape(ask.host()),
    );
    Ok(Answer::Html(200, page("Local identity provider", &form)))
}

/// `POST /__provider`
pub fn decide(app: &App, ask: &Ask) -> Outcome {
    check_own_page(ask)?;
    let fields = fields(ask);
    check(app, ask, &fields)?;
    let get = |name: &str| fields.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    let (redirect_uri, state) = (get("redirect_uri").unwrap_or_default(), get("state").unwrap_or_default());
    if get("decision") != Some("allow") {
        return Ok(Answer::Redirect(with_query(redirect_uri, &[("error", "access_denied"), ("state", state)])));
    }
    let email = get("email").filter(|email| email.contains('@'));
    let email = email.ok_or_else(|| Problem::text(400, "Missing required field: email"))?;
    let code = random_hex::<16>();
    let data = json!({ "name": get("name"), "challenge": get("code_challenge"), "redirectUri": redirect_uri });
    tickets::issue(&app.store.lock(), CODE, &code, email, &data, LASTS)?;
    Ok(Answer::Redirect(with_query(redirect_uri, &[("code", &code), ("state", state)])))
}

/// Exchanges a code, as the token endpoint and the user endpoint of a provider do together.
pub fn exchange(
    connection: &Connection,
    code: &str,
    verifier: &str,
    redirect_uri: &str,
) -> db::Result<Option<Profile>> {
    let ticket = tickets::take(connection, CODE, code)?.filter(|ticket| !ticket.is_expired());
    let Some(ticket) = ticket else { return Ok(None) };
    let text = |key: &str| ticket.data.get(key).and_then(Value::as_str);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let is_right = text("challenge") == Some(&challenge) && text("redirectUri") == Some(redirect_uri);
    Ok(is_right.then(|| Profile { email: ticket.subject.clone(), name: text("name").map(str::to_owned) }))
}

/// Sends browsers to callbacks of this server and nowhere else.
fn check(app: &App, ask: &Ask, parameters: &HashMap<String, String>) -> Result<(), Problem> {
    let redirect_uri = parameters.get("redirect_uri").map(String::as_str).unwrap_or_default();
    let mut providers = app.options.people.oauth_providers.iter();
    let is_callback = providers.any(|(id, _)| callback_url(app, ask, id) == redirect_uri);
    let is_client = parameters.get("client_id").is_some_and(|id| id == CLIENT_ID);
    (is_callback && is_client).then_some(()).ok_or_else(|| Problem::text(400, "Unknown client or redirect URI"))
}
