//! Builds a client.

use super::client::{Client, Inner};
use super::error::Error;
use super::future::SingleThread;
use super::hooks::Hooks;
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
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}

impl ClientBuilder {
    pub(super) fn new(base_url: &str) -> Self {
        let options = CallOptions::default();
        Self { base_url: base_url.to_owned(), auth_url: None, dialect: None, options, hooks: None, transport: None }
    }

    setters!(options);

    /// The base URL of the e-mail routes (`auth().sign_up()`, `sign_in`, `sign_out`, `session`), if it is not that of the API.
    pub fn auth_url(mut self, auth_url: &str) -> Self {
        self.auth_url = Some(auth_url.to_owned());
        self
    }

    /// The dialect of the server. Without it the client finds out.
    pub fn dialect(mut self, dialect: impl Into<Option<Dialect>>) -> Self {
        self.dialect = dialect.into();
        self
    }

    /// Who gets to know of every attempt.
    pub fn hooks(mut self, hooks: impl Hooks) -> Self {
        self.hooks = Some(SingleThread(Arc::new(hooks)));
        self
    }

    /// The platform that sends requests. By default it is that of the target: `fetch` in browsers and Workers, reqwest elsewhere with
    /// the feature `native`.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(SingleThread(Arc::new(transport)));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` names the option that cannot be used.
    pub fn build(self) -> Result<Client, Error> {
        let invalid = |name: &str, expected: &str| Error::invalid("Client", &[name, " must be ", expected].concat());
        let api = base_url(&self.base_url).map_err(|expected| invalid("options.baseUrl", expected))?;
        let auth = self.auth_url.as_deref().map(base_url).transpose();
        let auth = auth.map_err(|expected| invalid("options.authUrl", expected))?;
        let settings = Settings::default().with(&self.options).map_err(|problem| Error::invalid("Client", problem))?;
        let missing = || Error::invalid("Client", "transport must be given: this build has no default");
        let transport = match self.transport {
            Some(transport) => transport,
            None => super::default_transport()?.ok_or_else(missing)?,
        };
        let memory = Memory::new(self.dialect, auth.is_some());
        let server = Arc::new(Server::new(Bases { api, auth }, memory));
        let calls = AtomicU32::new(0);
        Ok(Client(Arc::new(Inner { server, settings, transport, hooks: self.hooks, calls })))
    }
}
