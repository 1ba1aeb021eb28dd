//! The options of webhooks.

use std::str::FromStr;

/// Where events are sent, and how they are signed.
#[derive(Clone, Debug, Default)]
pub struct WebhookOptions {
    /// The URL, if events are sent at all.
    pub url: Option<String>,
    /// What is signed with.
    pub secret: Option<String>,
    /// The scheme of headers and bodies.
    pub scheme: Scheme,
}

/// A scheme of webhooks: which headers there are, and what is in the body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// That of `createKavach({ webhooks })`.
    #[default]
    A,
    /// The newest, which the package does not export.
    C,
}

impl FromStr for Scheme {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "A" => Ok(Self::A),
            "C" => Ok(Self::C),
            _ => Err("there are the schemes A and C"),
        }
    }
}

impl WebhookOptions {
    /// Reads one option, with its value if it has one. `false` if it is not one of these.
    pub fn read(&mut self, name: &str, arguments: &mut lexopt::Parser) -> Result<bool, lexopt::Error> {
        use lexopt::prelude::ValueExt;
        match name {
            "webhook" => self.url = Some(arguments.value()?.parse_with(url)?),
            "webhook-secret" => self.secret = Some(arguments.value()?.parse()?),
            "webhook-scheme" => self.scheme = arguments.value()?.parse()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// A sentence that says what is missing, if anything is.
    pub fn problem(&self) -> Option<&'static str> {
        match (&self.url, &self.secret) {
            (Some(_), None) => Some("--webhook needs --webhook-secret"),
            (None, Some(_)) => Some("--webhook-secret needs --webhook"),
            _ => None,
        }
    }
}

fn url(text: &str) -> Result<String, &'static str> {
    let is_http = text.strip_prefix("http://").is_some_and(|rest| !rest.is_empty() && !rest.contains([' ', '#']));
    is_http.then(|| text.to_owned()).ok_or("it is not an http URL; this server sends no webhooks over https")
}
