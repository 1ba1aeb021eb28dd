//! Signing in at another provider: the browser goes there, and comes back with a code.
//!
//! The provider is this server too, on the pages of `provider.rs`.

use super::accounts::Account;
use super::{provider, sessions, tickets};
use crate::app::{App, Ask};
use crate::pages::with_query;
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets::{self, random_base64};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header;
use serde_json::json;
use sha2::{Digest, Sha256};

const STATE: &str = "oauth-state";
const LASTS: i64 = 10 * 60 * 1000;

/// `GET /auth/oauth/providers`
pub fn providers(app: &App, _: &Ask) -> Outcome {
    let providers = app.options.people.oauth_providers.iter().map(|(id, name)| json!({ "id": id, "name": name }));
    Ok(Answer::Bare(200, json!({ "providers": providers.collect::<Vec<_>>() })))
}

/// `GET /auth/oauth/authorize/:provider`: the state and the verifier stay here, and are not bound to the browser.
pub fn authorize(app: &App, ask: &Ask) -> Outcome {
    check_provider(app, &ask.id)?;
    let state = secrets::uuid();
    let verifier = random_base64::<32>();
    tickets::issue(&app.store.lock(), STATE, &state, &ask.id, &json!(verifier), LASTS)?;
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
    let parameters = [
        ("client_id", provider::CLIENT_ID),
        ("redirect_uri", &callback_url(app, ask, &ask.id)),
        ("scope", "email"),
        ("state", &state),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    Ok(Answer::Redirect(with_query(&format!("http://{}/__provider", ask.host()), &parameters)))
}

/// `GET /auth/oauth/callback/:provider?code&state`
pub fn callback(app: &App, ask: &Ask) -> Outcome {
    let get = |name: &str| ask.query.get(name).filter(|value| !value.is_empty());
    let (Some(code), Some(state)) = (get("code"), get("state")) else {
        return Err(Problem::text(400, "Missing code or state query parameter"));
    };
    check_provider(app, &ask.id)?;
    let connection = app.store.lock();
    let ticket = tickets::take(&connection, STATE, state)?;
    let ticket = ticket.filter(|ticket| !ticket.is_expired() && ticket.subject == ask.id);
    let ticket = ticket.ok_or_else(|| Problem::text(400, "OAuth callback: unknown or already-used state value."))?;
    let verifier = ticket.data.as_str().unwrap_or_default();
    let profile = provider::exchange(&connection, code, verifier, &callback_url(app, ask, &ask.id))?;
    let profile = profile.ok_or_else(|| Problem::text(400, "exchange failed"))?;
    let account = Account::find_or_add(app, &connection, &profile.email, profile.name.as_deref())?;
    let session = sessions::start(app, &connection, &account.id)?;
    let user = json!({ "id": account.id, "email": account.email }).to_string();
    let landing = app.options.people.oauth_return_url.clone().unwrap_or_else(|| app.base_url(ask));
    let landing = with_query(&format!("{landing}/"), &[("auth_user", &user)]);
    Ok(Answer::Redirect(landing).with(header::SET_COOKIE, session.cookie(app)))
}

/// Where the provider sends the browser back to.
pub fn callback_url(app: &App, ask: &Ask, provider: &str) -> String {
    format!("{}/auth/oauth/callback/{provider}", app.base_url(ask))
}

fn check_provider(app: &App, id: &str) -> Result<(), Problem> {
    let is_known = app.options.people.oauth_providers.iter().any(|(known, _)| known == id);
    let unknown = || Problem::text(400, format!("OAuth provider \"{id}\" is not configured."));
    is_known.then_some(()).ok_or_else(unknown)
}
