//! The options of sign-in, of MCP's OAuth server and of webhooks.

use crate::access;
use crate::mount::Mount;
use std::str::FromStr;

/// How people sign in, and what of it works.
#[derive(Clone, Debug)]
pub struct PeopleOptions {
    /// How the host mounts the adapter.
    pub mount: Mount,
    /// The URL of the server's base path, as clients know it; the host that a client asked, if not given.
    pub public_url: Option<String>,
    /// Where links in mails lead; the server itself, if not given.
    pub app_url: Option<String>,
    /// The path of magic links below that.
    pub magic_link_path: String,
    /// What session tokens are signed with; a random secret in the database, if not given.
    pub session_secret: Option<String>,
    /// What the tokens of password sign-ins open.
    pub password_sessions: PasswordSessions,
    /// Whether an address has to be verified before a password signs in.
    pub require_verified_email: bool,
    /// Whether the core module that resets passwords is configured.
    pub password_reset: bool,
    /// Whether the sign-in routes have the real server's rate limits.
    pub rate_limits: bool,
    /// Whether pages of other origins may read what all routes answer, as a host's own middleware allows it.
    pub cors: bool,
    /// Users that there are from the start.
    pub users: Vec<FirstUser>,
    /// The ids or addresses of administrators.
    pub admins: Vec<String>,
    /// Whether mails are printed.
    pub print_mail: bool,
    /// The domain that passkeys belong to.
    pub rp_id: String,
    /// The origins that may use passkeys; those that are allowed and belong to that domain, if none is given.
    pub passkey_origins: Vec<String>,
    /// The ids and names that the provider of identities goes by.
    pub oauth_providers: Vec<(String, String)>,
    /// Where the redirect flow ends; at the base URL, if not given.
    pub oauth_return_url: Option<String>,
}

/// A user that there is from the start.
#[derive(Clone, Debug)]
pub struct FirstUser {
    pub id: String,
    pub email: String,
    pub name: Option<String>,
}

/// What the token of a password sign-in opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordSessions {
    /// Nothing, as on the real server.
    Refused,
    /// `GET /auth/session` alone, as a bearer.
    Session,
    /// All that other session tokens open.
    Everywhere,
}

impl FromStr for PasswordSessions {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "refused" => Ok(Self::Refused),
            "session" => Ok(Self::Session),
            "everywhere" => Ok(Self::Everywhere),
            _ => Err("there are refused, session and everywhere"),
        }
    }
}

impl Default for PeopleOptions {
    fn default() -> Self {
        Self {
            mount: Mount::Rewritten,
            public_url: None,
            app_url: None,
            magic_link_path: "/auth/magic-link/verify".to_owned(),
            session_secret: None,
            password_sessions: PasswordSessions::Session,
            require_verified_email: false,
            password_reset: true,
            rate_limits: false,
            cors: true,
            users: Vec::new(),
            admins: Vec::new(),
            print_mail: false,
            rp_id: "localhost".to_owned(),
            passkey_origins: Vec::new(),
            oauth_providers: vec![("local".to_owned(), "Local".to_owned())],
            oauth_return_url: None,
        }
    }
}

impl PeopleOptions {
    /// Reads one option, with its value if it has one. `false` if it is not one of these.
    pub fn read(&mut self, name: &str, arguments: &mut lexopt::Parser) -> Result<bool, lexopt::Error> {
        use lexopt::prelude::ValueExt;
        match name {
            "mount" => self.mount = arguments.value()?.parse()?,
            "public-url" => self.public_url = Some(arguments.value()?.parse_with(url)?),
            "app-url" => self.app_url = Some(arguments.value()?.parse_with(url)?),
            "magic-link-path" => self.magic_link_path = arguments.value()?.parse_with(path)?,
            "session-secret" => self.session_secret = Some(arguments.value()?.parse_with(secret)?),
            "password-sessions" => self.password_sessions = arguments.value()?.parse()?,
            "verify-email" => self.require_verified_email = true,
            "no-password-reset" => self.password_reset = false,
            "rate-limits" => self.rate_limits = true,
            "no-cors" => self.cors = false,
            "user" => self.users.push(arguments.value()?.parse_with(user)?),
            "admin" => self.admins.push(arguments.value()?.parse()?),
            "print-mail" => self.print_mail = true,
            "rp-id" => self.rp_id = arguments.value()?.parse_with(access::host)?,
            "oauth-provider" => self.oauth_providers.push(arguments.value()?.parse_with(provider)?),
            "oauth-return-url" => self.oauth_return_url = Some(arguments.value()?.parse_with(url)?),
            "passkey-origin" => self.passkey_origins.push(arguments.value()?.parse_with(access::origin)?),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// The OAuth server for MCP clients.
#[derive(Clone, Debug)]
pub struct McpOptions {
    /// Whether there is one.
    pub enabled: bool,
    /// What access tokens are signed with; a random secret in the database, if not given.
    pub secret: Option<String>,
    /// The issuer; the origin of the public URL, if not given.
    pub issuer: Option<String>,
    /// The scopes beside those of OpenID Connect.
    pub scopes: Vec<String>,
    /// The resources that tokens may be for; any, if none is given.
    pub resources: Vec<String>,
    /// Where those go who are not signed in; a page of this server, if not given.
    pub login_page: Option<String>,
    /// Whether people are asked for their consent.
    pub consent: bool,
    /// How long an access token lasts, in seconds.
    pub token_seconds: i64,
}

impl Default for McpOptions {
    fn default() -> Self {
        Self {
            enabled: true,
            secret: None,
            issuer: None,
            scopes: Vec::new(),
            resources: Vec::new(),
            login_page: None,
            consent: false,
            token_seconds: 3600,
        }
    }
}

impl McpOptions {
    /// Reads one option, with its value if it has one. `false` if it is not one of these.
    pub fn read(&mut self, name: &str, arguments: &mut lexopt::Parser) -> Result<bool, lexopt::Error> {
        use lexopt::prelude::ValueExt;
        match name {
            "no-mcp" => self.enabled = false,
            "mcp-secret" => self.secret = Some(arguments.value()?.parse_with(secret)?),
            "mcp-issuer" => self.issuer = Some(arguments.value()?.parse_with(url)?),
            "mcp-scope" => self.scopes.push(arguments.value()?.parse()?),
            "mcp-resource" => self.resources.push(arguments.value()?.parse_with(url)?),
            "mcp-token-ttl" => self.token_seconds = arguments.value()?.parse()?,
            "mcp-consent" => self.consent = true,
            "login-page" => self.login_page = Some(arguments.value()?.parse_with(url)?),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn url(text: &str) -> Result<String, &'static str> {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let is_url = rest.is_some_and(|rest| !rest.is_empty() && !rest.contains([' ', '#', '?']));
    is_url.then(|| text.trim_end_matches('/').to_owned()).ok_or("it is not a URL such as https://app.example/path")
}

fn user(text: &str) -> Result<FirstUser, &'static str> {
    let mut parts = text.splitn(3, '=').map(str::to_owned);
    let (Some(id), Some(email), name) = (parts.next(), parts.next(), parts.next()) else {
        return Err("it is not ID=EMAIL or ID=EMAIL=NAME");
    };
    if id.is_empty() || !email.contains('@') {
        return Err("it is not ID=EMAIL or ID=EMAIL=NAME");
    }
    Ok(FirstUser { id, email, name })
}

fn provider(text: &str) -> Result<(String, String), &'static str> {
    let is_id = |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    let (id, name) =
        text.split_once('=').filter(|(id, _)| is_id(id)).ok_or("it is not ID=NAME such as github=GitHub")?;
    Ok((id.to_owned(), name.to_owned()))
}

fn path(text: &str) -> Result<String, &'static str> {
    let is_path = text.starts_with('/') && !text.contains([' ', '#', '?']);
    is_path.then(|| text.to_owned()).ok_or("it is not a path such as /sign-in/link")
}

fn secret(text: &str) -> Result<String, &'static str> {
    (text.len() >= 32).then(|| text.to_owned()).ok_or("it is shorter than 32 bytes")
}
