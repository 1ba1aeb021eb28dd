//! The options of a client and of a call.

use super::token::Token;
use crate::http::is_token;
use ::http::{HeaderMap, HeaderName, HeaderValue};
use std::time::Duration;

/// The options of a single call. Each option overrides that of the client.
///
/// ```
/// # use kavachos_wasm::Client;
/// # use kavachos_wasm::rust_client::testing::Script;
/// # let script = Script::new();
/// # script.answer(200, "[]");
/// # let kavach = Client::builder("https://app.example").transport(script.clone()).build().unwrap();
/// use kavachos_wasm::rust_client::CallOptions;
/// use std::time::Duration;
///
/// # pollster::block_on(async {
/// let options = CallOptions::default().timeout(Duration::from_secs(5)).header("x-tenant", "acme");
/// kavach.agents().list().options(options).await.unwrap();
/// # });
/// # assert_eq!(script.requests()[0].headers["x-tenant"], "acme");
/// ```
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    token: Option<Token>,
    headers: HeaderMap,
    timeout: Option<Option<Duration>>,
    deadline: Option<Option<Duration>>,
    max_retries: Option<u32>,
    max_response_bytes: Option<usize>,
    allow_unknown: Option<AllowUnknown>,
    problem: Option<&'static str>,
}

/// Declares the setters of call options on a type that holds them.
macro_rules! setters {
    ($($member:ident)?) => {
        /// The bearer token, or a function that returns it.
        ///
        /// ```
        /// # let script = kavachos_wasm::rust_client::testing::Script::new();
        /// # script.answer(200, "[]");
        /// # let kavach = script.client();
        /// # pollster::block_on(async {
        /// kavach.agents().list().token("kv_call").await.unwrap();
        /// # });
        /// assert_eq!(script.requests()[0].headers["authorization"], "Bearer kv_call");
        /// ```
        pub fn token(mut self, token: impl Into<$crate::rust_client::Token>) -> Self {
            self$(.$member)?.set_token(token.into());
            self
        }

        /// A header to send. The token overrides an `Authorization` header.
        ///
        /// ```
        /// # let script = kavachos_wasm::rust_client::testing::Script::new();
        /// # script.answer(200, "[]");
        /// # let kavach = script.client();
        /// # pollster::block_on(async {
        /// kavach.agents().list().header("x-tenant", "acme").await.unwrap();
        /// # });
        /// assert_eq!(script.requests()[0].headers["x-tenant"], "acme");
        /// ```
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self$(.$member)?.set_header(name, value);
            self
        }

        /// The time limit of one attempt, until the whole body has arrived; `None` for no limit, 30 seconds by default. An attempt that
        /// exceeds it fails with `TIMEOUT`, and can be retried.
        ///
        /// ```
        /// # let script = kavachos_wasm::rust_client::testing::Script::new();
        /// # script.hang();
        /// # let kavach = script.client();
        /// use std::time::Duration;
        ///
        /// # pollster::block_on(async {
        /// let error = kavach.agents().list().timeout(Duration::from_secs(5)).max_retries(0).await.unwrap_err();
        /// assert_eq!((error.code(), script.elapsed()), ("TIMEOUT", Duration::from_secs(5)));
        /// # });
        /// ```
        pub fn timeout(mut self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
            self$(.$member)?.set_timeout(timeout.into());
            self
        }

        /// The time limit of the whole call, with all its attempts and the backoff between them; none by default. A call that
        /// exceeds it fails with `DEADLINE_EXCEEDED`.
        ///
        /// ```
        /// # let script = kavachos_wasm::rust_client::testing::Script::new();
        /// # script.hang();
        /// # let kavach = script.client();
        /// use std::time::Duration;
        ///
        /// # pollster::block_on(async {
        /// let error = kavach.agents().list().deadline(Duration::from_secs(5)).await.unwrap_err();
        /// assert_eq!((error.code(), script.elapsed()), ("DEADLINE_EXCEEDED", Duration::from_secs(5)));
        /// # });
        /// ```
        pub fn deadline(mut self, deadline: impl Into<Option<::std::time::Duration>>) -> Self {
            self$(.$member)?.set_deadline(deadline.into());
            self
        }

        /// The maximum number of retries after transient failures; 2 by default. Requests that are not idempotent are retried only if
        /// the server says that it did not execute them.
        ///
        /// ```
        /// # let script = kavachos_wasm::rust_client::testing::Script::new();
        /// # script.answer(503, "");
        /// # let kavach = script.client();
        /// # pollster::block_on(async {
        /// assert!(kavach.agents().list().max_retries(0).await.unwrap_err().is_server());
        /// # });
        /// assert_eq!(script.requests().len(), 1);
        /// ```
        pub fn max_retries(mut self, max_retries: u32) -> Self {
            self$(.$member)?.set_max_retries(max_retries);
            self
        }

        /// The maximum size of a response, in bytes; 64 MiB by default. A larger one fails with `RESPONSE_TOO_LARGE`. Streams have
        /// no limit.
        ///
        /// ```
        /// # let script = kavachos_wasm::rust_client::testing::Script::new();
        /// # script.answer(200, "[1, 2, 3]");
        /// # let kavach = script.client();
        /// # pollster::block_on(async {
        /// let error = kavach.agents().list().max_response_bytes(5).await.unwrap_err();
        /// assert_eq!(error.code(), "RESPONSE_TOO_LARGE");
        /// # });
        /// ```
        pub fn max_response_bytes(mut self, max_response_bytes: usize) -> Self {
            self$(.$member)?.set_max_response_bytes(max_response_bytes);
            self
        }

        /// Names of members that are sent although this version does not know them, for newer servers; none by default.
        /// [`Call::amend`](crate::rust_client::Call::amend) adds such members.
        ///
        /// ```
        /// # let script = kavachos_wasm::rust_client::testing::Script::new();
        /// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1"}"#);
        /// # let kavach = script.client();
        /// use kavachos_wasm::rust_client::AuthorizeRequest;
        ///
        /// # pollster::block_on(async {
        /// let call = kavach.authorize("agent-1", AuthorizeRequest::new("read", "files"));
        /// let call = call.amend(|request| request["priority"] = 1.into()).allow_unknown(["priority"]);
        /// assert!(call.await.unwrap().allowed);
        /// # });
        /// assert!(script.requests()[0].body.as_ref().unwrap().contains(r#""priority":1"#));
        /// ```
        pub fn allow_unknown(mut self, allow_unknown: impl Into<$crate::rust_client::AllowUnknown>) -> Self {
            self$(.$member)?.set_allow_unknown(allow_unknown.into());
            self
        }
    };
}

pub(super) use setters;

impl CallOptions {
    setters!();

    pub(super) fn set_token(&mut self, token: Token) {
        if matches!(&token, Token::Fixed(token) if !is_token(token)) {
            self.problem = Some(
                "options.token must be a bearer token (visible ASCII characters only) or a function that returns one",
            );
        }
        self.token = Some(token);
    }

    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        // More would be valid, but hosts disagree about what.
        let is_plain = value.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~'));
        let value = if is_plain { HeaderValue::from_str(value).ok() } else { None };
        match (HeaderName::try_from(name), value) {
            (Ok(name), Some(value)) => drop(self.headers.insert(name, value)),
            (Err(_), _) => self.problem = Some("options.headers must have header names for keys"),
            (_, None) => self.problem = Some("options.headers must have values of visible ASCII characters only"),
        }
    }

    pub(super) fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.check("options.timeout must be positive", timeout);
        self.timeout = Some(timeout);
    }

    pub(super) fn set_deadline(&mut self, deadline: Option<Duration>) {
        self.check("options.deadline must be positive", deadline);
        self.deadline = Some(deadline);
    }

    pub(super) fn set_max_retries(&mut self, max_retries: u32) {
        self.max_retries = Some(max_retries);
    }

    pub(super) fn set_max_response_bytes(&mut self, max_response_bytes: usize) {
        self.max_response_bytes = Some(max_response_bytes);
    }

    pub(super) fn set_allow_unknown(&mut self, allow_unknown: AllowUnknown) {
        self.allow_unknown = Some(allow_unknown);
    }

    /// Whether these options may change the response: a decision that was made with them is not kept.
    pub(super) fn are_neutral(&self) -> bool {
        self.headers.is_empty() && self.max_response_bytes.is_none() && self.allow_unknown.is_none()
    }

    /// The call's own token, if it has one.
    pub(super) const fn own_token(&self) -> Option<&Token> {
        self.token.as_ref()
    }

    /// The call's own time limit, if it has one.
    pub(super) fn own_deadline(&self) -> Option<Duration> {
        self.deadline.flatten()
    }

    fn check(&mut self, problem: &'static str, duration: Option<Duration>) {
        if duration == Some(Duration::ZERO) {
            self.problem = Some(problem);
        }
    }
}

/// Which names of members are sent although this version does not know them. Misspelt names are refused by default: ignoring a
/// misspelt `requireApproval` would open a door.
///
/// ```
/// use kavachos_wasm::rust_client::AllowUnknown;
///
/// assert_eq!(AllowUnknown::from(false), AllowUnknown::None);
/// assert_eq!(AllowUnknown::from(["region"]), AllowUnknown::These(vec!["region".to_owned()]));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AllowUnknown {
    /// None.
    #[default]
    None,
    /// These.
    These(Vec<String>),
    /// All.
    All,
}

impl AllowUnknown {
    pub(super) fn allows(&self, name: &str) -> bool {
        match self {
            Self::None => false,
            Self::These(names) => names.iter().any(|known| known == name),
            Self::All => true,
        }
    }
}

impl From<bool> for AllowUnknown {
    fn from(all: bool) -> Self {
        if all { Self::All } else { Self::None }
    }
}

impl<T: Into<String>, const N: usize> From<[T; N]> for AllowUnknown {
    fn from(names: [T; N]) -> Self {
        Self::These(names.into_iter().map(Into::into).collect())
    }
}

impl From<Vec<String>> for AllowUnknown {
    fn from(names: Vec<String>) -> Self {
        Self::These(names)
    }
}

/// What a call goes by.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub token: Option<Token>,
    pub headers: HeaderMap,
    pub timeout: Option<Duration>,
    pub deadline: Option<Duration>,
    pub max_retries: u32,
    pub max_response_bytes: usize,
    pub allow_unknown: AllowUnknown,
    pub share_token: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token: None,
            headers: HeaderMap::new(),
            timeout: Some(Duration::from_secs(30)),
            deadline: None,
            max_retries: 2,
            max_response_bytes: 64 << 20,
            allow_unknown: AllowUnknown::None,
            share_token: false,
        }
    }
}

impl Settings {
    /// These settings with options over them.
    ///
    /// # Errors
    /// Says which option cannot be used.
    pub fn with(&self, options: &CallOptions) -> Result<Self, &'static str> {
        if let Some(problem) = options.problem {
            return Err(problem);
        }
        let mut settings = self.clone();
        for (name, value) in &options.headers {
            settings.headers.insert(name, value.clone());
        }
        settings.token = options.token.clone().or(settings.token);
        settings.timeout = options.timeout.unwrap_or(settings.timeout);
        settings.deadline = options.deadline.unwrap_or(settings.deadline);
        settings.max_retries = options.max_retries.unwrap_or(settings.max_retries);
        settings.max_response_bytes = options.max_response_bytes.unwrap_or(settings.max_response_bytes);
        settings.allow_unknown = options.allow_unknown.clone().unwrap_or(settings.allow_unknown);
        Ok(settings)
    }
}
