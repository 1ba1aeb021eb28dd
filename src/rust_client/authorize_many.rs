//! Many decisions about one agent, a few at a time.

use super::AuthorizeRequest;
use super::error::Error;
use super::future::{BoxFuture, run_all};
use super::guard::{Authorizer, GuardDecision};
use super::options::{CallOptions, setters};
use crate::schema::Secret;
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;
use std::future::IntoFuture;

/// Whom a decision is about.
///
/// ```
/// # use kavachos_wasm::rust_client::Subject;
/// assert_ne!(Subject::agent("x"), Subject::token("x"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Subject {
    /// The agent with this id. The client's token asks.
    Agent(String),
    /// The agent that holds this token, which asks for itself.
    Token(Secret),
}

impl Subject {
    /// The agent with this id.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::Subject;
    /// assert_eq!(Subject::agent("agent-1"), Subject::Agent("agent-1".to_owned()));
    /// ```
    pub fn agent(id: impl Into<String>) -> Self {
        Self::Agent(id.into())
    }

    /// The agent that holds this token.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::Subject;
    /// assert_eq!(format!("{:?}", Subject::token("kv_1")), "Token([redacted])");
    /// ```
    pub fn token(token: impl Into<Secret>) -> Self {
        Self::Token(token.into())
    }
}

/// Decisions that are ready to be asked for: see [`Client::authorize_many`](super::Client::authorize_many).
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
/// # let kavach = script.client();
/// use kavachos_wasm::rust_client::{AuthorizeRequest, Subject};
///
/// # pollster::block_on(async {
/// let decisions = kavach.authorize_many(Subject::agent("agent-1"), [AuthorizeRequest::new("read", "files")]).await;
/// assert!(decisions[0].as_ref().unwrap().allowed);
/// # });
/// ```
#[must_use = "nothing is asked until it is awaited"]
pub struct AuthorizeMany {
    authorizer: Authorizer,
    subject: Subject,
    requests: Vec<AuthorizeRequest>,
    concurrency: usize,
    dedupe: bool,
    options: CallOptions,
}

impl AuthorizeMany {
    pub(super) fn new(authorizer: Authorizer, subject: Subject, requests: Vec<AuthorizeRequest>) -> Self {
        Self { authorizer, subject, requests, concurrency: 6, dedupe: true, options: CallOptions::default() }
    }

    setters!(options);

    /// How many requests are in flight at most; 6 by default.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "a"}"#).answer(200, r#"{"allowed": true, "auditId": "b"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{AuthorizeRequest, Subject};
    ///
    /// # pollster::block_on(async {
    /// let requests = [AuthorizeRequest::new("read", "files"), AuthorizeRequest::new("read", "files")];
    /// let decisions = kavach.authorize_many(Subject::agent("agent-1"), requests).concurrency(1).await;
    /// assert_eq!(decisions.len(), 2);
    /// # });
    /// assert_eq!(script.requests().len(), 1);
    /// ```
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// Whether equal requests share one decision, and one audit entry; they do by default.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "a"}"#).answer(200, r#"{"allowed": true, "auditId": "b"}"#);
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{AuthorizeRequest, Subject};
    ///
    /// # pollster::block_on(async {
    /// let requests = [AuthorizeRequest::new("read", "files"), AuthorizeRequest::new("read", "files")];
    /// let decisions = kavach.authorize_many(Subject::agent("agent-1"), requests).dedupe(false).await;
    /// assert_eq!(decisions.len(), 2);
    /// # });
    /// assert_eq!(script.requests().len(), 2);
    /// ```
    pub fn dedupe(mut self, dedupe: bool) -> Self {
        self.dedupe = dedupe;
        self
    }
}

impl IntoFuture for AuthorizeMany {
    type Output = Vec<Result<GuardDecision, Error>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        BoxFuture::new(async move {
            let mut known: HashMap<String, usize> = HashMap::new();
            // For each request, the question that it shares.
            let mut places = Vec::with_capacity(self.requests.len());
            let mut questions = Vec::new();
            for request in &self.requests {
                let text = if self.dedupe { canonical(&super::call::argument(request)) } else { String::new() };
                let next = questions.len();
                let place = if self.dedupe { *known.entry(text).or_insert(next) } else { next };
                if place == next {
                    questions.push(request);
                }
                places.push(place);
            }
            let mut answers: Vec<Option<Result<GuardDecision, Error>>> = vec![None; questions.len()];
            let calls =
                questions.iter().map(|request| self.authorizer.decide(&self.subject, request, self.options.clone()));
            run_all(calls, self.concurrency, |place, answer| {
                if let Some(slot) = answers.get_mut(place) {
                    *slot = Some(answer);
                }
            })
            .await;
            let unanswered = || Err(Error::invalid("authorize", "the request was not asked"));
            let answer = |place: usize| answers.get(place).cloned().flatten();
            places.into_iter().map(|place| answer(place).unwrap_or_else(unanswered)).collect()
        })
    }
}

/// Text that is the same for the same request, in whatever order its members stand.
pub(super) fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .map(|(name, member)| [&Value::from(name.as_str()).to_string(), ":", &canonical(member)].concat())
                .collect();
            members.sort();
            ["{", &members.join(","), "}"].concat()
        }
        Value::Array(items) => ["[", &items.iter().map(canonical).collect::<Vec<_>>().join(","), "]"].concat(),
        other => other.to_string(),
    }
}

impl fmt::Debug for AuthorizeMany {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AuthorizeMany").field("requests", &self.requests.len()).finish_non_exhaustive()
    }
}
