//! The state that handlers share.

pub use crate::ask::Ask;
use crate::clock;
use crate::events::{Listeners, Webhooks};
use crate::options::Options;
use crate::people::{self, Limits};
use crate::reply::Dialect;
use crate::store::Store;
use std::error::Error;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::available_parallelism;
use tokio::sync::{Semaphore, watch};

const MOST_HASHES: usize = 4;

/// The running server.
pub struct App {
    pub(crate) store: Store,
    pub(crate) options: Options,
    pub(crate) attempts: Mutex<Vec<i64>>,
    pub(crate) limits: Limits,
    /// A permit for each password that may be hashed at the same time: every hash takes 19 MiB and a core.
    pub(crate) hashing: Arc<Semaphore>,
    pub(crate) session_secret: String,
    pub(crate) mcp_secret: String,
    /// Where events go, once the server runs.
    pub(crate) webhooks: OnceLock<Webhooks>,
    pub(crate) listeners: Listeners,
    /// How many listen to the event stream.
    pub(crate) listening: AtomicUsize,
    /// Whether the server is about to stop, which ends all streams.
    pub(crate) stopping: watch::Sender<bool>,
}

impl App {
    /// Opens the database.
    ///
    /// # Errors
    /// If the file cannot be made private, or SQLite cannot use it.
    pub fn open(options: Options) -> Result<Self, Box<dyn Error>> {
        let cores = available_parallelism().map_or(1, usize::from);
        let store = Store::open(options.database.as_deref())?;
        let secret = |given: &Option<String>, name| given.clone().map_or_else(|| store.secret(name), Ok);
        let app = Self {
            session_secret: secret(&options.people.session_secret, "session-secret")?,
            mcp_secret: secret(&options.mcp.secret, "mcp-secret")?,
            store,
            options,
            attempts: Mutex::default(),
            limits: Limits::default(),
            webhooks: OnceLock::new(),
            listeners: Listeners::default(),
            listening: AtomicUsize::new(0),
            stopping: watch::Sender::new(false),
            hashing: Arc::new(Semaphore::new(cores.min(MOST_HASHES))),
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
