//! Builds a client.

use super::client::{Client, Inner};
use super::error::Error;
use super::future::SingleThread;
use super::hooks::Hooks;
use super::insecure::warn_if_insecure;
use super::mutations::Mutations;
use super::options::{CallOptions, Settings, setters};
use super::transport::Transport;
use super::url::base_url;
use crate::client::{Bases, Server};
use crate::http::{Dialect, Memory};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

/// Builds a [`Client`].
///
/// ```
/// # use kavachos_wasm::rust_client::testing::Script;
/// use kavachos_wasm::Client;
/// use kavachos_wasm::rust_client::Dialect;
/// use std::time::Duration;
///
/// let kavach = Client::builder("https://your-app.com/api/kavach")
///     .token("kv_service")
///     .timeout(Duration::from_secs(10))
///     .max_retries(3)
///     .dialect(Dialect::Adapter)
/// #   .transport(Script::new())
///     .build()?;
/// assert_eq!(kavach.base_url(), "https://your-app.com/api/kavach");
///
/// let error = Client::builder("your-app.com").transport(Script::new()).build().unwrap_err();
/// assert!(error.is_invalid_argument());
/// # Ok::<(), kavachos_wasm::Error>(())
/// ```
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    base_url: String,
    auth_url: Option<String>,
    dialect: Option<Dialect>,
    options: CallOptions,
    hooks: Option<SingleThread<Arc<dyn Hooks>>>,
    transport: Option<SingleThread<Arc<dyn Transport>>>,
    share_token: bool,
    allow_insecure: bool,
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}

impl ClientBuilder {
    pub(super) fn new(base_url: &str) -> Self {
        let options = CallOptions::default();
        let base_url = base_url.to_owned();
        let (share_token, allow_insecure) = (false, false);
        Self {
            base_url,
            auth_url: None,
            dialect: None,
            options,
            hooks: None,
            transport: None,
            share_token,
            allow_insecure,
        }
    }

    setters!(options);

    /// The base URL of the e-mail routes (`auth().sign_up()`, `sign_in`, `sign_out`, `get_session`), if it is not that of the API.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// # let script = Script::new();
    /// # script.answer(401, "");
    /// use kavachos_wasm::Client;
    ///
    /// let kavach = Client::builder("https://app.example/api/kavach").auth_url("https://app.example/auth");
    /// # let kavach = kavach.transport(script.clone()).build().unwrap();
    /// # pollster::block_on(async {
    /// assert_eq!(kavach.auth().get_session().await.unwrap(), None);
    /// # });
    /// # assert_eq!(script.requests()[0].url, "https://app.example/auth/session");
    /// ```
    pub fn auth_url(mut self, auth_url: &str) -> Self {
        self.auth_url = Some(auth_url.to_owned());
        self
    }

    /// The dialect of the server. Without it the client finds out.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// use kavachos_wasm::Client;
    /// use kavachos_wasm::rust_client::Dialect;
    ///
    /// let kavach = Client::builder("https://app.example").dialect(Dialect::Sdk).transport(Script::new()).build().unwrap();
    /// assert_eq!(kavach.dialect(), Some(Dialect::Sdk));
    /// ```
    pub fn dialect(mut self, dialect: impl Into<Option<Dialect>>) -> Self {
        self.dialect = dialect.into();
        self
    }

    /// Whether concurrent calls share one pending call of a token function; they do not by default.
    ///
    /// One user per client: if the token function depends on the request, a shared token sends calls as another user. In Workers,
    /// where requests cannot share what they wait for, the option has no effect.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// # let script = Script::new();
    /// # script.answer(200, "[]").answer(200, "[]");
    /// use kavachos_wasm::Client;
    /// use kavachos_wasm::rust_client::Token;
    /// use std::sync::atomic::{AtomicU32, Ordering};
    ///
    /// static CALLS: AtomicU32 = AtomicU32::new(0);
    /// let token = Token::provider(|_| async {
    ///     CALLS.fetch_add(1, Ordering::Relaxed);
    ///     Ok::<_, std::io::Error>(Some("kv_1".to_owned()))
    /// });
    /// let kavach = Client::builder("https://app.example").token(token).share_token(true);
    /// # let kavach = kavach.transport(script).build().unwrap();
    /// # pollster::block_on(kavach.agents().list().into_future()).unwrap();
    /// assert_eq!(CALLS.load(Ordering::Relaxed), 1);
    /// ```
    pub fn share_token(mut self, share_token: bool) -> Self {
        self.share_token = share_token;
        self
    }

    /// Whether tokens may be sent unencrypted to a base URL with `http:`. Otherwise the client warns of it, by
    /// [`Hooks::on_warning`].
    ///
    /// ```
    /// use kavachos_wasm::Client;
    /// # use kavachos_wasm::rust_client::testing::Script;
    ///
    /// let kavach = Client::builder("http://10.0.0.7/api/kavach").allow_insecure(true).transport(Script::new()).build();
    /// assert!(kavach.is_ok());
    /// ```
    pub fn allow_insecure(mut self, allow_insecure: bool) -> Self {
        self.allow_insecure = allow_insecure;
        self
    }

    /// Who gets to know of every attempt.
    ///
    /// ```
    /// # use kavachos_wasm::rust_client::testing::Script;
    /// # let script = Script::new();
    /// # script.answer(200, "[]");
    /// use kavachos_wasm::Client;
    /// use kavachos_wasm::rust_client::{Hooks, ResponseEvent};
    ///
    /// struct Log;
    /// impl Hooks for Log {
    ///     fn on_response(&self, event: &ResponseEvent<'_>) {
    ///         assert_eq!((event.request.operation, event.status), ("agents.list", Some(200)));
    ///     }
    /// }
    /// let kavach = Client::builder("https://app.example").hooks(Log);
    /// # let kavach = kavach.transport(script).build().unwrap();
    /// # pollster::block_on(kavach.agents().list().into_future()).unwrap();
    /// ```
    pub fn hooks(mut self, hooks: impl Hooks) -> Self {
        self.hooks = Some(SingleThread(Arc::new(hooks)));
        self
    }

    /// The platform that sends requests. By default it is that of the target: `fetch` in browsers and Workers, reqwest elsewhere with
    /// the feature `native`.
    ///
    /// ```
    /// use kavachos_wasm::Client;
    /// use kavachos_wasm::rust_client::testing::Script;
    ///
    /// let script = Script::new();
    /// script.answer(200, "[]");
    /// let kavach = Client::builder("https://app.example").transport(script.clone()).build().unwrap();
    /// # pollster::block_on(kavach.agents().list().into_future()).unwrap();
    /// assert_eq!(script.requests().len(), 1);
    /// ```
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(SingleThread(Arc::new(transport)));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` names the option that cannot be used.
    ///
    /// ```
    /// use kavachos_wasm::Client;
    /// # use kavachos_wasm::rust_client::testing::Script;
    ///
    /// let error = Client::builder("https://app.example?key=1").transport(Script::new()).build().unwrap_err();
    /// assert_eq!(error.code(), "INVALID_ARGUMENT");
    /// ```
    pub fn build(self) -> Result<Client, Error> {
        let invalid = |name: &str, expected: &str| Error::invalid("Client", &[name, " must be ", expected].concat());
        let api = base_url(&self.base_url).map_err(|expected| invalid("options.baseUrl", expected))?;
        let auth = self.auth_url.as_deref().map(base_url).transpose();
        let auth = auth.map_err(|expected| invalid("options.authUrl", expected))?;
        let settings = Settings::default().with(&self.options).map_err(|problem| Error::invalid("Client", problem))?;
        let settings = Settings { share_token: self.share_token, ..settings };
        let missing = || Error::invalid("Client", "transport must be given: this build has no default");
        let transport = match self.transport {
            Some(transport) => transport,
            None => super::default_transport()?.ok_or_else(missing)?,
        };
        if !self.allow_insecure && transport.is_network() {
            let hooks = self.hooks.as_ref().map(|hooks| &***hooks);
            [Some(&api), auth.as_ref()].into_iter().flatten().for_each(|url| warn_if_insecure(url, hooks));
        }
        let mutations = Mutations::of(&api);
        let memory = Memory::new(self.dialect, auth.is_some());
        let server = Arc::new(Server::new(Bases { api, auth }, memory));
        let calls = AtomicU32::new(0);
        Ok(Client(Arc::new(Inner { server, settings, transport, hooks: self.hooks, calls, mutations })))
    }
}
