//! What a handler gets to see of a request.

use bytes::Bytes;
use http::{HeaderMap, Uri, header};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::net::SocketAddr;

/// A request, read.
#[derive(Default)]
pub struct Ask {
    /// The first id in the path, if there is one.
    pub id: String,
    /// The second id in the path, if there is one.
    pub second_id: String,
    /// The query. Of a parameter that is repeated the last value counts.
    pub query: HashMap<String, String>,
    /// The `Authorization` header's bearer token.
    pub bearer: Option<String>,
    /// The headers.
    pub headers: HeaderMap,
    /// The path and query that were asked for.
    pub uri: Uri,
    /// The body.
    pub body: Bytes,
    /// Where the request comes from, if that is known.
    pub peer: Option<SocketAddr>,
}

impl Ask {
    /// The session token: the bearer, else the cookie. A bearer that is invalid hides a cookie that is valid.
    pub fn session_token(&self) -> Option<&str> {
        self.bearer.as_deref().or_else(|| self.cookie("kavach_session"))
    }

    /// The value of a cookie, unless it is empty.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let cookies = self.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(found, value)| *found == name && !value.is_empty())
            .map(|(_, value)| value)
    }

    /// The value of a header, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The host that the client asked, with its port.
    pub fn host(&self) -> &str {
        self.uri.authority().map(|authority| authority.as_str()).or_else(|| self.header("host")).unwrap_or("localhost")
    }

    /// The address that rate limits count by. Like the real server this believes the headers of proxies.
    pub fn client_address(&self) -> &str {
        let forwarded = self.header("x-forwarded-for").and_then(|list| list.split(',').next()).map(str::trim);
        forwarded.or_else(|| self.header("x-real-ip")).filter(|address| !address.is_empty()).unwrap_or("unknown")
    }

    /// The body as a JSON object. Any other body reads as an empty object.
    pub fn form(&self) -> Form {
        Form(serde_json::from_slice(&self.body).unwrap_or_default())
    }

    /// The body as a JSON object, if it is one.
    pub fn strict_form(&self) -> Option<Form> {
        serde_json::from_slice(&self.body).ok().map(Form)
    }
}

/// The members of a JSON body. Members of another type than expected count as missing.
pub struct Form(pub Map<String, Value>);

impl Form {
    /// A string that is not empty, without the spaces around it.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.raw_text(key).map(str::trim).filter(|text| !text.is_empty())
    }

    /// A string, as it was sent.
    pub fn raw_text(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.as_str()
    }

    /// A flag.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.0.get(key)?.as_bool()
    }

    /// An address in lower case.
    pub fn email(&self) -> Option<String> {
        self.text("email").map(str::to_lowercase)
    }
}
