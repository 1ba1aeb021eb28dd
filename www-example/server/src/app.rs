//! The state that handlers share.

pub use crate::ask::Ask;
use crate::clock;
use crate::events::Webhooks;
#[cfg(feature = "native")]
use crate::native::Streams;
use crate::options::Options;
use crate::people::{self, Limits};
use crate::reply::Dialect;
use crate::store::Store;
use std::error::Error;
use std::sync::{Mutex, OnceLock};

/// The running server.
pub struct App {
    pub(crate) store: Store,
    pub(crate) options: Options,
    pub(crate) attempts: Mutex<Vec<i64>>,
    pub(crate) limits: Limits,
    pub(crate) session_secret: String,
    pub(crate) mcp_secret: String,
    /// Where events go, once the server runs.
    pub(crate) webhooks: OnceLock<Webhooks>,
    /// Who listens to the event stream.
    #[cfg(feature = "native")]
    pub(crate) streams: Streams,
}

impl App {
    /// Opens the database: a file or SQLite in memory, or the engine that needs no SQLite.
    ///
    /// # Errors
    /// If the file cannot be made private, or SQLite cannot use it.
    #[cfg(feature = "native")]
    pub fn open(options: Options) -> Result<Self, Box<dyn Error>> {
        let store = match options.in_memory {
            true => Store::in_memory()?,
            false => Store::open(options.database.as_deref())?,
        };
        Self::new(options, store)
    }

    /// A server with everything in memory, beginning with the data of another.
    ///
    /// # Errors
    /// If the data cannot be read, or the first users contradict each other.
    #[cfg(not(feature = "native"))]
    pub fn open_with(options: Options, data: Option<&serde_json::Value>) -> Result<Self, Box<dyn Error>> {
        let store = Store::in_memory()?;
        if data.is_some_and(|data| !store.lock().database().restore(data)) {
            return Err("the data cannot be read: it is not of this version of the server".into());
        }
        Self::new(options, store)
    }

    fn new(options: Options, store: Store) -> Result<Self, Box<dyn Error>> {
        let secret = |given: &Option<String>, name| given.clone().map_or_else(|| store.secret(name), Ok);
        let app = Self {
            session_secret: secret(&options.people.session_secret, "session-secret")?,
            mcp_secret: secret(&options.mcp.secret, "mcp-secret")?,
            store,
            options,
            attempts: Mutex::default(),
            limits: Limits::default(),
            webhooks: OnceLock::new(),
            #[cfg(feature = "native")]
            streams: Streams::default(),
        };
        // The owners that the documentation uses in its examples.
        for id in ["user-123", "user-456"] {
            people::ensure_user(&app, id)?;
        }
        for user in &app.options.people.users {
            people::add(&app.store.lock(), &user.id, &user.email, user.name.as_deref(), None, clock::now())?;
        }
        Ok(app)
    }

    /// The path that everything is under, without a slash at its end.
    pub fn base_path(&self) -> &'static str {
        match self.options.dialect {
            Dialect::Sdk => "/api/kavach",
            Dialect::Adapter => self.options.people.mount.base_path(),
        }
    }

    /// The URL of the base path, as the client knows it.
    pub(crate) fn base_url(&self, ask: &Ask) -> String {
        let given = self.options.people.public_url.clone();
        given.unwrap_or_else(|| format!("http://{}{}", ask.host(), self.base_path()))
    }

    /// Where links in mails lead.
    pub(crate) fn link_base(&self, ask: &Ask) -> String {
        self.options.people.app_url.clone().unwrap_or_else(|| self.base_url(ask))
    }
}
