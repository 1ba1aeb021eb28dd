//! A page to sign in on, which a host would have: by a code in a mail.

use super::pages_origin;
use crate::app::{App, Ask};
use crate::pages::{check_own_page, escape, fields, hidden, page};
use crate::people::{redeem_code, send_code};
use crate::reply::{Answer, Outcome, Problem};
use http::header;

/// `GET /__login?returnTo`
pub fn show(_: &App, ask: &Ask) -> Outcome {
    let return_to = return_to(ask, ask.query.get("returnTo"));
    let form = format!(
        "<form method=\"post\" action=\"/__login/code\">{}<label>E-mail <input type=\"email\" name=\"email\" required autofocus></label>\n\
         <button>Send a code</button></form>",
        hidden("returnTo", &return_to)
    );
    Ok(Answer::Html(200, page("Sign in", &form)))
}

/// `POST /__login/code`
pub fn send_code_to(app: &App, ask: &Ask) -> Outcome {
    check_own_page(ask)?;
    let fields = fields(ask);
    let email = fields.get("email").map(|email| email.trim().to_lowercase()).filter(|email| email.contains('@'));
    let email = email.ok_or_else(|| Problem::text(400, "Missing required field: email"))?;
    send_code(app, &email)?;
    Ok(Answer::Html(200, code_page(&email, &return_to(ask, fields.get("returnTo")), "")))
}

/// `POST /__login`
pub fn sign_in(app: &App, ask: &Ask) -> Outcome {
    check_own_page(ask)?;
    let fields = fields(ask);
    let get = |name: &str| fields.get(name).map(|value| value.trim()).unwrap_or_default();
    let return_to = return_to(ask, fields.get("returnTo"));
    match redeem_code(app, get("email"), get("code")) {
        Ok((_, session)) => Ok(Answer::Redirect(return_to).with(header::SET_COOKIE, session.cookie(app))),
        Err(problem) => Ok(Answer::Html(problem.status, code_page(get("email"), &return_to, &problem.message))),
    }
}

fn code_page(email: &str, return_to: &str, problem: &str) -> String {
    let form = format!(
        "<p role=\"alert\">{}</p>\n<form method=\"post\" action=\"/__login\">{}{}\
         <p>A code is in the outbox of {}.</p>\n\
         <label>Code <input name=\"code\" inputmode=\"numeric\" autocomplete=\"one-time-code\" required autofocus></label>\n\
         <button>Sign in</button></form>",
        escape(problem),
        hidden("returnTo", return_to),
        hidden("email", email),
        escape(email)
    );
    page("Sign in", &form)
}

/// Where to go afterwards: to this server, and nowhere else.
fn return_to(ask: &Ask, wanted: Option<&String>) -> String {
    let own = format!("{}/", pages_origin(ask));
    wanted.filter(|url| url.starts_with(&own)).cloned().unwrap_or_else(|| format!("{own}__login"))
}
