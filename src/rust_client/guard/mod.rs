//! The guard: one request, one rule, one answer. Whatever goes wrong, the answer is a refusal.

use super::client::Client;
use super::error::Error;
use super::future::{BoxFuture, within};
use super::options::{CallOptions, setters};
use super::refusal::{Challenge, Problem, Refusal, problem_of_denial};
use super::{AuthorizeRequest, Decision, Subject};
use crate::schema::{JsonObject, Secret};
use ::http::{HeaderMap, header::AUTHORIZATION};
use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

/// What a guard asks about a request: an action on a resource, or only whether the token is valid.
///
/// ```
/// use kavachos_wasm::rust_client::Rule;
///
/// let rule = Rule::new("execute", "tool:deploy").arguments([("branch", "main")]);
/// let any = Rule::token_only();
/// ```
#[derive(Clone, Debug)]
pub struct Rule {
    request: AuthorizeRequest,
    is_token_only: bool,
}

impl Rule {
    /// The holder of the token must be allowed this action on this resource.
    pub fn new(action: &str, resource: &str) -> Self {
        Self { request: AuthorizeRequest::new(action, resource), is_token_only: false }
    }

    /// The token must be valid.
    pub fn token_only() -> Self {
        Self { is_token_only: true, ..Self::new("validate", "kavachos:token") }
    }

    /// The arguments of the action. Top-level strings are matched against `allowedArgPatterns`; all are recorded in the audit log.
    pub fn arguments(self, arguments: impl Into<JsonObject>) -> Self {
        Self { request: self.request.arguments(arguments), ..self }
    }
}

/// What a guard has let through.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Granted {
    /// The decision.
    pub decision: Decision,
    /// The caller's token. `Debug` redacts it.
    pub token: Secret,
}

/// A decision about a request that is ready to be asked for: see [`Client::guard`].
#[must_use = "nothing is asked until it is awaited"]
pub struct Guard {
    client: Client,
    token: Result<Secret, Problem>,
    rule: Rule,
    realm: String,
    resource_metadata: Option<String>,
    scope: Option<String>,
    arguments_limit: usize,
    limit: Duration,
    options: CallOptions,
}

impl fmt::Debug for Guard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Guard").field("rule", &self.rule).finish_non_exhaustive()
    }
}

impl Guard {
    pub(super) fn new(client: Client, headers: &HeaderMap, rule: Rule) -> Self {
        Self {
            client,
            token: bearer_of(headers),
            rule,
            realm: "KavachOS".to_owned(),
            resource_metadata: None,
            scope: None,
            arguments_limit: 65_536,
            limit: Duration::from_secs(60),
            options: CallOptions::default(),
        }
    }

    setters!(options);

    /// The realm of the challenge; `KavachOS` by default.
    pub fn realm(mut self, realm: &str) -> Self {
        self.realm = realm.to_owned();
        self
    }

    /// The URL of the protected resource metadata (RFC 9728), which MCP clients follow from the challenge to sign in.
    pub fn resource_metadata(mut self, url: &str) -> Self {
        self.resource_metadata = Some(url.to_owned());
        self
    }

    /// The scopes that the challenge asks for, separated by single spaces.
    pub fn scope(mut self, scope: &str) -> Self {
        self.scope = Some(scope.to_owned());
        self
    }

    /// The maximum size of the arguments as JSON, in bytes; 65,536 by default. Larger ones are refused with 413.
    pub fn arguments_limit(mut self, bytes: usize) -> Self {
        self.arguments_limit = bytes;
        self
    }

    /// The time limit of the whole decision; 60 seconds by default. After it the request is refused with 503.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    async fn decide(self) -> Result<Granted, Refusal> {
        let Self { client, token, rule, options, limit, .. } = &self;
        let challenge = Challenge::new(&self.realm, self.scope.as_deref(), self.resource_metadata.as_deref());
        let challenge = match challenge {
            Ok(challenge) => challenge,
            Err(problem) => return Err(Refusal::unavailable(Some(Error::invalid("guard", problem)))),
        };
        let token = match token {
            Ok(token) => token,
            Err(problem) => return Err(Refusal::new(*problem, &challenge)),
        };
        let size =
            rule.request.arguments.as_ref().map_or(0, |arguments| super::call::argument(arguments).to_string().len());
        if size > self.arguments_limit {
            return Err(Refusal::new(Problem::RequestTooLarge, &challenge));
        }
        let call = client.decide(&Subject::Token(token.clone()), &rule.request).options(options.clone());
        let timer = client.0.transport.sleep(*limit);
        let decision = match within(call.into_future(), Some(timer)).await {
            Some(Ok(decision)) => decision,
            Some(Err(error)) => return Err(Refusal::failure(error, &challenge)),
            None => return Err(Refusal::unavailable(None)),
        };
        let is_not_granted = problem_of_denial(decision.reason.as_deref()) == Problem::InsufficientScope;
        if rule.is_token_only && (decision.allowed || is_not_granted) {
            let decision = Decision { allowed: true, reason: None, ..decision };
            return Ok(Granted { decision, token: token.clone() });
        }
        if decision.allowed {
            return Ok(Granted { decision, token: token.clone() });
        }
        Err(Refusal::denial(decision, token, &challenge))
    }
}

impl IntoFuture for Guard {
    type Output = Result<Granted, Refusal>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        BoxFuture::new(self.decide())
    }
}

/// The bearer token of a request, as RFC 6750 has it: one, in the header `Authorization` and nowhere else. Credentials of another
/// scheme are as good as none: RFC 6750 (3.1) has them answered without an error code.
fn bearer_of(headers: &HeaderMap) -> Result<Secret, Problem> {
    let mut all = headers.get_all(AUTHORIZATION).iter();
    let Some(first) = all.next() else { return Err(Problem::MissingToken) };
    if all.next().is_some() {
        return Err(Problem::MalformedToken);
    }
    let text = first.to_str().map_err(|_| Problem::MalformedToken)?.trim_matches([' ', '\t']);
    let (scheme, rest) = text.split_at_checked("bearer".len()).unwrap_or((text, ""));
    if !scheme.eq_ignore_ascii_case("bearer") || !(rest.is_empty() || rest.starts_with([' ', '\t', ','])) {
        return Err(Problem::MissingToken);
    }
    let token = rest.trim_start_matches(' ');
    let body = token.trim_end_matches('=');
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.~+/".contains(&byte);
    match token.len() < rest.len() && !body.is_empty() && body.bytes().all(is_part) {
        true => Ok(Secret::from(token)),
        false => Err(Problem::MalformedToken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::http::HeaderValue;

    #[test]
    fn one_bearer_token_and_no_other_credentials() {
        let found = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            bearer_of(&headers).map(|token| token.0)
        };
        for value in ["Bearer kv_1", "bearer   kv_1", "\tBEARER kv_1 "] {
            assert_eq!(found(value).as_deref(), Ok("kv_1"), "{value:?}");
        }
        assert_eq!(found("Bearer a.b~c+/-_==").as_deref(), Ok("a.b~c+/-_=="));
        for value in [
            "Bearer",
            "Bearer ",
            "Bearer a, Bearer b",
            "Bearer a b",
            "Bearer\ta",
            "Bearer =",
            "Bearer a=b",
            "Bearer \u{e9}",
            "Bearer,a",
        ] {
            assert_eq!(found(value), Err(Problem::MalformedToken), "{value:?}");
        }
        for value in ["Basic YTpi", "", "Bearers kv_1", "b"] {
            assert_eq!(found(value), Err(Problem::MissingToken), "{value:?}");
        }
        let mut two = HeaderMap::new();
        two.append(AUTHORIZATION, HeaderValue::from_static("Bearer a"));
        two.append(AUTHORIZATION, HeaderValue::from_static("Bearer a"));
        assert_eq!(bearer_of(&two), Err(Problem::MalformedToken));
    }
}
