//! The command line.

use crate::access::{self, Access};
use crate::clock::{self, Millis};
use crate::reply::Dialect;
use lexopt::prelude::*;
use std::path::PathBuf;
use std::time::Duration;

mod people;
mod webhooks;

pub use people::{McpOptions, PasswordSessions, PeopleOptions};
pub use webhooks::{Scheme, WebhookOptions};

/// The options of the server.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port to listen on; 0 for any free one.
    pub port: u16,
    /// The dialect to speak.
    pub dialect: Dialect,
    /// Who may ask, beyond programs and pages of this machine.
    pub access: Access,
    /// How long a request's headers may take to arrive, and how long its body.
    pub read_timeout: Duration,
    /// The database file; in memory if there is none.
    pub database: Option<PathBuf>,
    /// Whether to do without SQLite, in the memory of the process.
    pub in_memory: bool,
    /// Whether to fill an empty database with examples.
    pub seed: bool,
    /// Whether to fill an empty database with the week of a small company.
    pub showcase: bool,
    /// How many audit entries that week has.
    pub showcase_rows: u32,
    /// How many agents there are beside those of the company.
    pub showcase_agents: u32,
    /// How many audit entries to write into an empty log, beyond the examples.
    pub audit_rows: u32,
    /// How many bytes of parameters each of those has.
    pub audit_row_bytes: usize,
    /// How many agents one owner may have.
    pub max_agents: u32,
    /// How long a session lasts, in seconds.
    pub session_seconds: i64,
    /// How many sign-ins and sign-ups the server takes per minute; unlimited if not given.
    pub auth_rate_limit: Option<u32>,
    /// The moment at which the clock stands still; it runs if not given.
    pub clock: Option<Millis>,
    /// How people sign in.
    pub people: PeopleOptions,
    /// The OAuth server for MCP clients.
    pub mcp: McpOptions,
    /// Whether there is an event stream.
    pub events: bool,
    /// Where events are sent.
    pub webhooks: WebhookOptions,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8787,
            dialect: Dialect::Adapter,
            access: Access::default(),
            read_timeout: Duration::from_secs(10),
            database: None,
            in_memory: false,
            seed: false,
            showcase: false,
            showcase_rows: 50_000,
            showcase_agents: 0,
            audit_rows: 0,
            audit_row_bytes: 40,
            max_agents: 10,
            session_seconds: 7 * 24 * 60 * 60,
            auth_rate_limit: None,
            clock: None,
            people: PeopleOptions::default(),
            mcp: McpOptions::default(),
            events: false,
            webhooks: WebhookOptions::default(),
        }
    }
}

const USAGE: &str = include_str!("usage.txt");

impl Options {
    /// Reads the command line. `Ok(None)` means that help was asked for, and printed.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn from_arguments(mut arguments: lexopt::Parser) -> Result<Option<Self>, lexopt::Error> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("port") => options.port = arguments.value()?.parse()?,
                Long("dialect") => options.dialect = arguments.value()?.parse()?,
                Long("db") => options.database = Some(arguments.value()?.into()),
                Long("memory") => options.in_memory = true,
                Long("seed") => options.seed = true,
                Long("showcase") => options.showcase = true,
                Long("showcase-rows") => options.showcase_rows = arguments.value()?.parse()?,
                Long("showcase-agents") => options.showcase_agents = arguments.value()?.parse_with(some_agents)?,
                Long("audit-rows") => options.audit_rows = arguments.value()?.parse()?,
                Long("audit-row-bytes") => options.audit_row_bytes = arguments.value()?.parse()?,
                Long("max-agents") => options.max_agents = arguments.value()?.parse()?,
                Long("session-ttl") => options.session_seconds = arguments.value()?.parse()?,
                Long("auth-rate-limit") => options.auth_rate_limit = Some(arguments.value()?.parse()?),
                Long("read-timeout") => options.read_timeout = arguments.value()?.parse_with(seconds)?,
                Long("allow-host") => options.access.hosts.push(arguments.value()?.parse_with(access::host)?),
                Long("allow-origin") => options.access.origins.push(arguments.value()?.parse_with(access::origin)?),
                Long("clock") => options.clock = Some(arguments.value()?.parse_with(moment)?),
                Long("events") => options.events = true,
                Long("help") | Short('h') => {
                    print!("{USAGE}");
                    return Ok(None);
                }
                Long(name) => {
                    let name = name.to_owned();
                    let known = options.people.read(&name, &mut arguments)?
                        || options.mcp.read(&name, &mut arguments)?
                        || options.webhooks.read(&name, &mut arguments)?;
                    if !known {
                        return Err(lexopt::Error::UnexpectedOption(format!("--{name}")));
                    }
                }
                _ => return Err(argument.unexpected()),
            }
        }
        if options.seed && options.showcase {
            return Err("--seed and --showcase both fill the database: take one of them".into());
        }
        if options.in_memory && options.database.is_some() {
            return Err("--memory and --db say where everything is kept: take one of them".into());
        }
        if let Some(problem) = options.webhooks.problem() {
            return Err(problem.into());
        }
        Ok(Some(options))
    }
}

fn some_agents(text: &str) -> Result<u32, &'static str> {
    text.parse().ok().filter(|count| *count <= 10_000).ok_or("it is not a number from 0 to 10000")
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds = text.parse().ok().filter(|seconds| (1..=3600).contains(seconds));
    seconds.map(Duration::from_secs).ok_or("it is not a number of seconds from 1 to 3600")
}

fn moment(text: &str) -> Result<Millis, &'static str> {
    clock::parse(text).ok_or("it is not an ISO 8601 moment")
}
