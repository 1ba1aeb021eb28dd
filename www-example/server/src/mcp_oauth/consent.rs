//! The page that asks people whether a client may act for them, which a host would have.

use super::authorize::Request;
use super::check_configured;
use crate::app::{App, Ask};
use crate::pages::{check_own_page, escape, fields, hidden, page};
use crate::people::signed_in;
use crate::reply::{Answer, Outcome, Problem};

/// `GET /__consent`
pub fn show(app: &App, ask: &Ask) -> Outcome {
    check_configured(app)?;
    let connection = app.store.lock();
    let account = signed_in(app, &connection, ask)?.ok_or_else(|| Problem::text(401, "Authentication required"))?;
    let request = match Request::read(app, &connection, &ask.query) {
        Ok(request) => request,
        Err(refusal) => return Ok(refusal.answer()),
    };
    let kept: String = request.parameters().iter().map(|(name, value)| hidden(name, value)).collect();
    let scopes: String = request.scope.split(' ').map(|scope| format!("<li>{}</li>", escape(scope))).collect();
    let form = format!(
        "<p><b>{}</b> wants to act for {}{}:</p>\n<ul>{scopes}</ul>\n<form method=\"post\" action=\"/__consent\">{kept}\
         <button name=\"decision\" value=\"allow\">Allow</button> <button name=\"decision\" value=\"deny\">Deny</button></form>",
        escape(request.client.name.as_deref().unwrap_or(&request.client.id)),
        escape(&account.email),
        request.resource.as_deref().map(|resource| format!(" at {}", escape(resource))).unwrap_or_default(),
    );
    Ok(Answer::Html(200, page("Allow access?", &form)))
}

/// `POST /__consent`
pub fn decide(app: &App, ask: &Ask) -> Outcome {
    check_configured(app)?;
    check_own_page(ask)?;
    let fields = fields(ask);
    let connection = app.store.lock();
    let account = signed_in(app, &connection, ask)?.ok_or_else(|| Problem::text(401, "Authentication required"))?;
    let request = match Request::read(app, &connection, &fields) {
        Ok(request) => request,
        Err(refusal) => return Ok(refusal.answer()),
    };
    let is_allowed = fields.get("decision").is_some_and(|decision| decision == "allow");
    Ok(Answer::Redirect(if is_allowed { request.grant(&connection, &account.id)? } else { request.deny() }))
}
