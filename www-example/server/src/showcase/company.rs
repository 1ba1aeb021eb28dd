//! The company of the showcase, as data: who owns which agents, what those may do, and what they are used to doing.

use kavachos_wasm::schema::Permission;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

const OWNERS: [&str; 4] = [
    include_str!("company/demo.json"),
    include_str!("company/maya.json"),
    include_str!("company/jonas.json"),
    include_str!("company/priya.json"),
];

/// The company.
pub struct Company {
    pub owners: Vec<Owner>,
    /// In the order in which they were made: an agent that delegates further comes later.
    pub delegations: Vec<Loan>,
    pub incident: Incident,
}

/// A person. Only who has a password can sign in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Owner {
    pub id: String,
    pub email: String,
    pub name: String,
    pub password: Option<String>,
    pub agents: Vec<Agent>,
}

/// An agent, and its habits.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Agent {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub metadata: Option<Map<String, Value>>,
    pub permissions: Vec<Permission>,
    pub age_days: f64,
    /// Negative if that was in the past.
    pub expires_in_hours: f64,
    /// Whether the server has seen that it has expired: it looks only where an agent asks with its token.
    #[serde(default)]
    pub noticed: bool,
    pub revoked_hours_ago: Option<f64>,
    pub hours: Hours,
    /// How much of the traffic is its, against the others of the same hours.
    pub share: f64,
    /// How long half of its decisions take at most.
    pub latency_ms: f64,
    pub calls: Vec<Habit>,
}

/// When an agent works.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum Hours {
    /// With the people.
    Office,
    /// At any hour, and more when people work.
    Always,
    /// While people sleep.
    Nights,
    /// With the people, in the first minutes of each hour.
    Batches,
}

/// A call that an agent makes again and again.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Habit {
    /// How often, against its other calls.
    pub often: f64,
    pub action: String,
    /// One, or several of which each call takes one. So it is with each argument; `{number}` in it is another each time.
    pub resource: Value,
    #[serde(default)]
    pub arguments: Map<String, Value>,
    /// The addresses it comes from; unknown if there is none.
    #[serde(default)]
    pub from: Vec<String>,
}

/// A delegation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Loan {
    pub from: String,
    pub to: String,
    pub permissions: Vec<Permission>,
    pub age_hours: f64,
    pub expires_in_hours: f64,
    pub revoked_hours_ago: Option<f64>,
}

/// An agent that does for some minutes, on the last morning, nothing but what it may not.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Incident {
    pub agent: String,
    pub minutes: i64,
    /// How much of the whole log that makes.
    pub percent: usize,
    pub latency_ms: f64,
    pub call: Habit,
}

impl Company {
    /// The company as the files in `company/` describe it.
    pub fn read() -> Self {
        Self {
            owners: OWNERS.map(described).into(),
            delegations: described(include_str!("company/delegations.json")),
            incident: described(include_str!("company/incident.json")),
        }
    }

    /// The agents of all owners, each with its own id.
    pub fn agents(&self) -> impl Iterator<Item = (&str, &Agent)> {
        self.owners.iter().flat_map(|owner| owner.agents.iter().map(|agent| (owner.id.as_str(), agent)))
    }
}

fn described<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("every test of the showcase reads these files")
}
