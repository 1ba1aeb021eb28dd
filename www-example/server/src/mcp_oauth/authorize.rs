//! The authorization endpoint: who is signed in gets a code for a client.

use super::clients::Client;
use super::{Refusal, check_configured, pages_origin, scopes};
use crate::app::{App, Ask};
use crate::db::{self, Connection};
use crate::pages::with_query;
use crate::people::{issue_ticket, signed_in};
use crate::reply::{Answer, Outcome};
use crate::secrets;
use serde_json::json;
use std::collections::HashMap;

/// The kind of ticket that an authorization code is.
pub const CODE: &str = "mcp-code";
const CODE_LASTS: i64 = 10 * 60 * 1000;

/// A request for a code, checked.
pub struct Request {
    pub client: Client,
    pub redirect_uri: String,
    pub scope: String,
    pub state: Option<String>,
    pub resource: Option<String>,
    code_challenge: String,
}

/// `GET /mcp/authorize`
///
/// What is wrong is answered and never sent to the client, as on the real server.
pub fn authorize(app: &App, ask: &Ask) -> Outcome {
    check_configured(app)?;
    if ask.query.get("response_type").is_none_or(|kind| kind != "code") {
        return Ok(unreadable().answer());
    }
    let connection = app.store.lock();
    let request = match Request::read(app, &connection, &ask.query) {
        Ok(request) => request,
        Err(refusal) => return Ok(refusal.answer()),
    };
    let Some(account) = signed_in(app, &connection, ask)? else {
        let page = app.options.mcp.login_page.clone().unwrap_or_else(|| format!("{}/__login", pages_origin(ask)));
        let wanted = format!("{}{}", pages_origin(ask), ask.uri);
        return Ok(Answer::Redirect(with_query(&page, &[("returnTo", &wanted)])));
    };
    if app.options.mcp.consent {
        return Ok(Answer::Redirect(request.consent_page(&pages_origin(ask))));
    }
    Ok(Answer::Redirect(request.grant(&connection, &account.id)?))
}

fn unreadable() -> Refusal {
    Refusal::new(400, "invalid_request", "Invalid authorization request parameters")
}

impl Request {
    /// Reads the parameters of the endpoint, or of the page that asks for consent.
    pub fn read(app: &App, connection: &Connection, parameters: &HashMap<String, String>) -> Result<Self, Refusal> {
        let get = |name: &str| parameters.get(name).filter(|value| !value.is_empty()).cloned();
        let is_url =
            |text: &String| text.split_once("://").is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty());
        let (Some(client_id), Some(redirect_uri), Some(code_challenge)) =
            (get("client_id"), get("redirect_uri").filter(is_url), get("code_challenge"))
        else {
            return Err(unreadable());
        };
        let resource = get("resource");
        let is_s256 = get("code_challenge_method").is_some_and(|method| method == "S256");
        if !(43..=128).contains(&code_challenge.len()) || !is_s256 || resource.as_ref().is_some_and(|url| !is_url(url))
        {
            return Err(unreadable());
        }
        let unknown = || Refusal::new(400, "invalid_client", format!("Unknown client_id: {client_id}"));
        let client = Client::find(connection, &client_id)?.ok_or_else(unknown)?;
        if !client.redirect_uris.contains(&redirect_uri) {
            let description = "redirect_uri does not match any registered redirect URI";
            return Err(Refusal::new(400, "invalid_redirect_uri", description));
        }
        let known = &app.options.mcp.resources;
        if let Some(resource) = resource.as_ref().filter(|resource| !known.is_empty() && !known.contains(resource)) {
            let description = format!("Resource '{resource}' is not a recognized MCP server");
            return Err(Refusal::new(400, "invalid_target", description));
        }
        let scope = get("scope").unwrap_or_default();
        let mut wanted: Vec<&str> = scope.split(' ').filter(|scope| !scope.is_empty()).collect();
        if let Some(scope) = wanted.iter().find(|scope| !scopes(app).contains(scope)) {
            return Err(Refusal::new(400, "invalid_scope", format!("Unsupported scope: {scope}")));
        }
        if wanted.is_empty() {
            wanted.push("openid");
        }
        let scope = wanted.join(" ");
        Ok(Self { client, redirect_uri, scope, state: get("state"), resource, code_challenge })
    }

    /// Gives a code to the client: where the browser has to go with it.
    pub fn grant(&self, connection: &Connection, user_id: &str) -> db::Result<String> {
        let code = secrets::uuid();
        let data = json!({
            "clientId": self.client.id,
            "redirectUri": self.redirect_uri,
            "scope": self.scope,
            "codeChallenge": self.code_challenge,
            "resource": self.resource,
        });
        issue_ticket(connection, CODE, &code, user_id, &data, CODE_LASTS)?;
        Ok(self.back_to_client("code", &code))
    }

    /// Where the browser has to go if the answer is no.
    pub fn deny(&self) -> String {
        self.back_to_client("error", "access_denied")
    }

    fn back_to_client(&self, name: &str, value: &str) -> String {
        let mut parameters = vec![(name, value)];
        parameters.extend(self.state.as_deref().map(|state| ("state", state)));
        with_query(&self.redirect_uri, &parameters)
    }

    /// All that the page needs that asks for consent.
    pub fn parameters(&self) -> Vec<(&'static str, &str)> {
        let mut parameters =
            vec![("client_id", self.client.id.as_str()), ("redirect_uri", &self.redirect_uri), ("scope", &self.scope)];
        parameters.extend(self.state.as_deref().map(|state| ("state", state)));
        parameters.extend([("code_challenge", self.code_challenge.as_str()), ("code_challenge_method", "S256")]);
        parameters.extend(self.resource.as_deref().map(|resource| ("resource", resource)));
        parameters
    }

    fn consent_page(&self, origin: &str) -> String {
        with_query(&format!("{origin}/__consent"), &self.parameters())
    }
}
