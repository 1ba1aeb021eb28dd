//! What a guard asks about a request.

use crate::guard::TOKEN_ONLY;
use crate::rust_client::AuthorizeRequest;
use crate::rust_client::future::{BoxFuture, MaybeSend};
use crate::schema::JsonObject;
use ::http::Response;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;

/// What a guard asks about a request: an action on a resource, or only whether the token is valid.
///
/// ```
/// use kavachos_wasm::rust_client::Rule;
///
/// let rule = Rule::new("execute", "tool:deploy").arguments([("branch", "main")]);
/// assert_eq!(format!("{rule:?}"), "Rule(\"execute\", \"tool:deploy\")");
/// ```
pub struct Rule(Kind);

enum Kind {
    Known(Asked),
    Later(BoxFuture<'static, Result<Rule, RuleError>>),
}

/// What is asked.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub request: AuthorizeRequest,
    pub is_token_only: bool,
}

impl Rule {
    /// The holder of the token must be allowed this action on this resource.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::Rule;
    /// assert_eq!(format!("{:?}", Rule::new("read", "mcp:github:repos")), "Rule(\"read\", \"mcp:github:repos\")");
    /// ```
    pub fn new(action: impl Into<String>, resource: impl Into<String>) -> Self {
        let request = AuthorizeRequest::new(action.into(), resource.into());
        Self(Kind::Known(Asked { request, is_token_only: false }))
    }

    /// The token must be valid. The server has no route for that, so it is asked for an action that no permission grants: it writes an
    /// audit entry, and its denial because no permission matches shows that the token is valid.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::Rule;
    /// assert_eq!(format!("{:?}", Rule::token_only()), "Rule(\"validate\", \"kavachos:token\")");
    /// ```
    pub fn token_only() -> Self {
        let (action, resource) = TOKEN_ONLY;
        Self(Kind::Known(Asked { request: AuthorizeRequest::new(action, resource), is_token_only: true }))
    }

    /// A rule that is found out from the request, for example from its body. The future runs only if the request has a bearer token.
    /// What it fails with is answered as [`RuleError`] says.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # let kavach = script.client();
    /// use http::HeaderMap;
    /// use kavachos_wasm::rust_client::{JsonObject, Rule};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("authorization", "Bearer kv_agent".parse().unwrap());
    /// let body = br#"{"tool": "deploy""#;
    ///
    /// let rule = Rule::from_future(async move {
    ///     let call: JsonObject = serde_json::from_slice(body)?; // Answered 400 if it is not JSON.
    ///     Ok(Rule::new("execute", "mcp:tools").arguments(call))
    /// });
    /// # pollster::block_on(async {
    /// let refusal = kavach.guard(&headers, rule).await.unwrap_err();
    /// assert_eq!((refusal.status(), refusal.reason()), (400, "invalid_request"));
    /// # });
    /// ```
    pub fn from_future(rule: impl Future<Output = Result<Self, RuleError>> + MaybeSend + 'static) -> Self {
        Self(Kind::Later(BoxFuture::new(rule)))
    }

    /// The arguments of the action. Top-level strings are matched against `allowedArgPatterns`; all are recorded in the audit log.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::Rule;
    ///
    /// # let mut headers = http::HeaderMap::new();
    /// # headers.insert("authorization", "Bearer kv_agent".parse().unwrap());
    /// # pollster::block_on(async {
    /// let rule = Rule::new("execute", "tool:deploy").arguments([("branch", "main")]);
    /// kavach.guard(&headers, rule).await.unwrap();
    /// # });
    /// # assert!(script.requests()[0].body.as_ref().unwrap().contains(r#""arguments":{"branch":"main"}"#));
    /// ```
    pub fn arguments(self, arguments: impl Into<JsonObject>) -> Self {
        let arguments = arguments.into();
        match self.0 {
            Kind::Known(Asked { request, is_token_only }) => {
                Self(Kind::Known(Asked { request: request.arguments(arguments), is_token_only }))
            }
            later => Self::from_future(async move { Ok(Self(later).found().await?.arguments(arguments)) }),
        }
    }

    /// What is asked, if that is known before the future has run.
    pub(super) fn known(&self) -> Option<&Asked> {
        match &self.0 {
            Kind::Known(asked) if !asked.is_token_only => Some(asked),
            _ => None,
        }
    }

    async fn found(self) -> Result<Self, RuleError> {
        match self.0 {
            Kind::Later(rule) => rule.await,
            known => Ok(Self(known)),
        }
    }

    /// Finds out what is asked.
    pub(super) async fn asked(mut self) -> Result<Asked, RuleError> {
        loop {
            match self.0 {
                Kind::Known(asked) => return Ok(asked),
                Kind::Later(rule) => self = rule.await?,
            }
        }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Known(Asked { request, .. }) => {
                formatter.debug_tuple("Rule").field(&request.action.as_str()).field(&request.resource.as_str()).finish()
            }
            Kind::Later(_) => formatter.write_str("Rule(..)"),
        }
    }
}

/// Why a [`Rule::from_future`] has no rule. `?` makes one of a JSON error.
///
/// ```
/// use kavachos_wasm::rust_client::RuleError;
///
/// let error = RuleError::from(serde_json::from_str::<u32>("x").unwrap_err());
/// assert_eq!(format!("{error:?}"), "InvalidRequest");
/// ```
pub struct RuleError(pub(super) RuleErrorKind);

pub(super) enum RuleErrorKind {
    InvalidRequest(Box<dyn StdError + Send + Sync>),
    Failed(Box<dyn StdError + Send + Sync>),
    Refused(Response<String>),
}

impl RuleError {
    /// The request cannot be read: it is answered 400 `invalid_request`. The error goes to your log alone.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::RuleError;
    /// assert_eq!(format!("{:?}", RuleError::invalid_request("no body")), "InvalidRequest");
    /// ```
    pub fn invalid_request(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(RuleErrorKind::InvalidRequest(error.into()))
    }

    /// The rule itself failed: the request is answered 503. The error goes to your log alone.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::RuleError;
    /// assert_eq!(format!("{:?}", RuleError::failed("the database is unreachable")), "Failed");
    /// ```
    pub fn failed(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(RuleErrorKind::Failed(error.into()))
    }

    /// Refuses the request with this response.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::RuleError;
    /// let response = http::Response::builder().status(404).body(String::new()).unwrap();
    /// assert_eq!(format!("{:?}", RuleError::refused(response)), "Refused");
    /// ```
    pub const fn refused(response: Response<String>) -> Self {
        Self(RuleErrorKind::Refused(response))
    }
}

impl From<serde_json::Error> for RuleError {
    fn from(error: serde_json::Error) -> Self {
        Self::invalid_request(error)
    }
}

/// Does not show the error: it may quote the request.
impl fmt::Debug for RuleError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.0 {
            RuleErrorKind::InvalidRequest(_) => "InvalidRequest",
            RuleErrorKind::Failed(_) => "Failed",
            RuleErrorKind::Refused(_) => "Refused",
        })
    }
}
