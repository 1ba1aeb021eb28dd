//! A call that is ready to be made.

use super::client::Client;
use super::error::Error;
use super::future::{BoxFuture, MaybeSend};
use super::options::{AllowUnknown, CallOptions, setters};
use super::run::{Outcome, run};
use crate::client::{InvalidArgument, Operation};
use crate::endpoints::{Argument, Endpoint};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt;
use std::future::IntoFuture;

/// A call that is ready to be made: `.await` makes it, its methods set its own options.
///
/// Nothing is sent before the call is awaited. Dropping its future aborts it.
///
/// ```
/// # use kavachos_wasm::Client;
/// # use kavachos_wasm::rust_client::testing::Script;
/// # let script = Script::new();
/// # script.answer(503, "").answer(200, "[]");
/// # let kavach = Client::builder("https://app.example").transport(script.clone()).build().unwrap();
/// use std::time::Duration;
///
/// # pollster::block_on(async {
/// let error = kavach.agents().list().timeout(Duration::from_secs(5)).max_retries(0).await.unwrap_err();
/// assert!(error.is_server());
/// assert!(kavach.agents().list().await.unwrap().is_empty());
/// # });
/// ```
#[must_use = "a call is not made until it is awaited"]
pub struct Call<T> {
    client: Client,
    asked: Asked,
    name: &'static str,
    options: CallOptions,
    read: fn(Outcome) -> Result<T, Error>,
}

/// What a call asks.
enum Asked {
    /// A method, with its arguments.
    Method(&'static Endpoint, Vec<Value>),
    /// A route of the host's own, or what is wrong with it.
    Route(Box<Result<Operation<Value>, String>>),
}

impl Asked {
    fn operation(self, allow_unknown: &AllowUnknown) -> Result<Operation<Value>, String> {
        match self {
            Self::Method(endpoint, arguments) => {
                let operation = Operation::with(endpoint, &arguments, &|name| allow_unknown.allows(name));
                operation.map_err(|InvalidArgument(problem)| problem)
            }
            Self::Route(operation) => *operation,
        }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Call").field("operation", &self.name).finish_non_exhaustive()
    }
}

impl<T> Call<T> {
    pub(super) fn new(
        client: &Client,
        endpoint: &'static Endpoint,
        arguments: &[Value],
        read: fn(Outcome) -> Result<T, Error>,
    ) -> Self {
        let asked = Asked::Method(endpoint, arguments.to_vec());
        Self { client: client.clone(), asked, name: endpoint.name, options: CallOptions::default(), read }
    }

    pub(super) fn route(
        client: &Client,
        operation: Result<Operation<Value>, String>,
        read: fn(Outcome) -> Result<T, Error>,
    ) -> Self {
        let asked = Asked::Route(Box::new(operation));
        Self { client: client.clone(), asked, name: "request", options: CallOptions::default(), read }
    }

    setters!(options);

    /// All options at once, in place of those that were set before.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, "[]");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::CallOptions;
    ///
    /// # pollster::block_on(async {
    /// let options = CallOptions::default().header("x-tenant", "acme");
    /// kavach.agents().list().header("x-other", "1").options(options).await.unwrap();
    /// # });
    /// let headers = &script.requests()[0].headers;
    /// assert!(headers.contains_key("x-tenant") && !headers.contains_key("x-other"));
    /// ```
    pub fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Changes the input of the call as JSON, before it is checked: to add members that a newer server knows, with
    /// [`allow_unknown`](Self::allow_unknown). A call without an input stays as it is.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(500, "");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::{CreateAgentInput, KnownAgentType, Permission};
    ///
    /// # pollster::block_on(async {
    /// let input = CreateAgentInput::new("user-1", "reader", KnownAgentType::Service, [Permission::read("files:*")]);
    /// let call = kavach.agents().create(input);
    /// let call = call.amend(|input| input["permissions"][0]["region"] = "eu".into());
    /// let error = call.await.unwrap_err();
    /// assert!(error.is_invalid_argument() && error.to_string().contains("input.permissions[0].region"));
    /// # });
    /// ```
    pub fn amend(mut self, change: impl FnOnce(&mut Value)) -> Self {
        if let Asked::Method(endpoint, arguments) = &mut self.asked {
            let is_input = |argument: &Argument| matches!(argument, Argument::Body(..) | Argument::Query(..));
            let place = endpoint.arguments.iter().position(is_input);
            if let Some(input) = place.and_then(|place| arguments.get_mut(place)).filter(|input| input.is_object()) {
                change(input);
            }
        }
        self
    }

    /// The value as the server sends it, with members that this version does not know.
    ///
    /// ```
    /// # use kavachos_wasm::Client;
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// # let script = Script::new();
    /// # script.answer(200, r#"{"allowed": true, "auditId": "audit-1", "policy": "p-7"}"#);
    /// # let kavach = Client::builder("https://app.example").transport(script.clone()).build().unwrap();
    /// # use kavachos_wasm::rust_client::AuthorizeRequest;
    /// # pollster::block_on(async {
    /// let raw = kavach.authorize("agent-1", AuthorizeRequest::new("read", "files")).raw().await.unwrap();
    /// assert_eq!(raw["policy"], "p-7");
    /// # });
    /// ```
    pub fn raw(self) -> Call<Value> {
        let Self { client, asked, name, options, .. } = self;
        Call { client, asked, name, options, read: |outcome| Ok(outcome.value) }
    }
}

impl<T: MaybeSend + 'static> IntoFuture for Call<T> {
    type Output = Result<T, Error>;
    type IntoFuture = BoxFuture<'static, Result<T, Error>>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { client, asked, name, options, read } = self;
        BoxFuture::new(async move {
            let settings = client.0.settings.with(&options).map_err(|problem| Error::invalid(name, problem))?;
            let operation = asked.operation(&settings.allow_unknown);
            let operation = operation.map_err(|problem| Error::invalid(name, &problem))?;
            read(run(client.0, operation, settings).await?)
        })
    }
}

/// Reads the value of a call as a type.
pub(super) fn typed<T: DeserializeOwned>(outcome: Outcome) -> Result<T, Error> {
    let read = |value: &Value| T::deserialize(value).ok();
    // JSON knows no integers: servers may write 5 as 5.0.
    let found = read(&outcome.value).or_else(|| read(&integral(outcome.value.clone())));
    found.ok_or_else(|| outcome.mismatch())
}

fn integral(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0 => Value::from(float as i64),
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(integral).collect(),
        Value::Object(members) => members.into_iter().map(|(name, member)| (name, integral(member))).collect(),
        other => other,
    }
}

/// An argument as JSON. What cannot be written as JSON is refused as a missing argument.
pub(super) fn argument(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
