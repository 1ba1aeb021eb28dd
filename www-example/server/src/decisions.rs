//! Authorizing: the permission engine, the hourly counters, and the audit entry of every decision.

use crate::agents::{Agent, set_status};
use crate::app::{App, Ask};
use crate::audit::{Entry, record};
use crate::clock;
use crate::db::{self, params};
use crate::delegations;
use crate::events::{Kind, announce};
use crate::input::Input;
use crate::patterns::Patterns;
use crate::reply::{Answer, Dialect, Outcome, Problem};
use crate::store::Store;
use kavachos_wasm::permissions::pattern::PatternError;
use kavachos_wasm::permissions::{Call, Host, InvalidPattern, Verdict, evaluate};
use kavachos_wasm::schema::Permission;
use serde_json::{Value, json};

/// How finely calls are counted.
pub const BUCKET: i64 = 5 * 60 * 1000;
const HOUR: i64 = 60 * 60 * 1000;

struct Question {
    action: String,
    resource: String,
    arguments: Option<Value>,
}

impl Question {
    fn read(input: &mut Input) -> Self {
        Self {
            action: input.text("action"),
            resource: input.text("resource"),
            arguments: input.optional_object("arguments"),
        }
    }
}

/// `POST /agents/:id/authorize`
pub fn by_path(app: &App, ask: &Ask) -> Outcome {
    let mut input = Input::read(&ask.body)?;
    let question = Question::read(&mut input);
    input.finish()?;
    by_id(app, ask, &ask.id, &question)
}

/// `POST /authorize` with the id in the body
pub fn by_body(app: &App, ask: &Ask) -> Outcome {
    let mut input = Input::read(&ask.body)?;
    let id = input.text("agentId");
    let question = Question::read(&mut input);
    input.finish()?;
    by_id(app, ask, &id, &question)
}

/// `POST /authorize` or `/authorize/token` with the agent's own token. Delegated permissions do not count here.
pub fn by_token(app: &App, ask: &Ask) -> Outcome {
    let Some(token) = &ask.bearer else {
        return Err(Problem::new(401, "UNAUTHORIZED", "Missing or invalid Authorization header"));
    };
    let mut input = Input::read(&ask.body)?;
    let question = Question::read(&mut input);
    input.finish()?;
    match holder(app, token)? {
        Some(agent) => Ok(Answer::Decision(decide(app, ask, &agent, &question, &[])?)),
        None => Ok(unrecorded("Invalid or expired agent token".to_owned())),
    }
}

/// The active agent that holds that token. Only here is the expiry of an agent looked at, and noted.
fn holder(app: &App, token: &str) -> db::Result<Option<Agent>> {
    let connection = app.store.lock();
    let Some(agent) = Agent::find_by_token(&connection, token)?.filter(|agent| agent.status == "active") else {
        return Ok(None);
    };
    if agent.expires_at > clock::now() {
        return Ok(Some(agent));
    }
    set_status(&connection, &agent.id, "expired")?;
    Ok(None)
}

fn by_id(app: &App, ask: &Ask, id: &str, question: &Question) -> Outcome {
    let (agent, delegated) = {
        let connection = app.store.lock();
        (Agent::find(&connection, id)?, delegations::active_permissions(&connection, id)?)
    };
    let Some(agent) = agent else {
        return Ok(unrecorded(format!("Agent \"{id}\" not found")));
    };
    if agent.status != "active" {
        return Ok(unrecorded(format!("Agent \"{}\" is {}", agent.name, agent.status)));
    }
    Ok(Answer::Decision(decide(app, ask, &agent, question, &delegated)?))
}

/// A denial that no agent can be held to, so it is not in the log.
fn unrecorded(reason: String) -> Answer {
    Answer::Decision(json!({ "allowed": false, "reason": reason, "auditId": "" }))
}

/// Decides without holding the database: the patterns of a permission take time, and the others must not wait for them.
fn decide(
    app: &App,
    ask: &Ask,
    agent: &Agent,
    question: &Question,
    delegated: &[Permission],
) -> Result<Value, Problem> {
    // Adapters never tell the engine where a call comes from.
    let address = match app.options.dialect {
        Dialect::Sdk => ask.peer.map(|peer| peer.ip().to_string()),
        Dialect::Adapter => None,
    };
    let mut host = Surroundings { store: &app.store, agent: &agent.id, address, patterns: Patterns::default() };
    let mut decision = ask_engine(&mut host, agent, question, &agent.permissions, None)?;
    // What was delegated is tried second, as a separate decision; if it denies too, the first reason stands.
    if decision["allowed"] == false && !delegated.is_empty() {
        let first = decision["reason"].as_str().map(str::to_owned);
        decision = ask_engine(&mut host, agent, question, delegated, first)?;
    }
    // Deciding does not wait for the database once more, unless there is a stream.
    if app.options.events {
        let told = json!({
            "agentId": agent.id,
            "userId": agent.owner_id,
            "action": question.action,
            "resource": question.resource,
            "result": if decision["allowed"] == true { "allowed" } else { "denied" },
            "auditId": decision["auditId"],
        });
        announce(app, &app.store.lock(), Kind::Audit, told)?;
    }
    Ok(decision)
}

fn ask_engine(
    host: &mut Surroundings<'_>,
    agent: &Agent,
    question: &Question,
    permissions: &[Permission],
    first_reason: Option<String>,
) -> Result<Value, Problem> {
    let started = clock::Stopwatch::start();
    let texts: Option<Vec<(&str, &str)>> =
        question.arguments.as_ref().and_then(Value::as_object).map(|arguments| {
            arguments.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect()
        });
    let call = Call {
        agent: &agent.name,
        action: &question.action,
        resource: &question.resource,
        arguments: texts.as_deref(),
    };
    let verdict: Verdict = evaluate(permissions, &call, host)
        .map_err(|InvalidPattern(message)| Problem::new(500, "INTERNAL_ERROR", message))?;
    let reason = verdict.err().map(|reason| first_reason.unwrap_or(reason));
    let entry = Entry {
        agent_id: &agent.id,
        user_id: &agent.owner_id,
        action: &question.action,
        resource: &question.resource,
        parameters: question.arguments.clone().unwrap_or_else(|| json!({})),
        reason: reason.as_deref(),
        duration_ms: started.elapsed(),
        tokens_cost: None,
        at: clock::now(),
    };
    let audit_id = record(&host.store.lock(), &entry)?;
    Ok(match reason {
        None => json!({ "allowed": true, "auditId": audit_id }),
        Some(reason) => json!({ "allowed": false, "reason": reason, "auditId": audit_id }),
    })
}

/// What the engine asks for.
struct Surroundings<'a> {
    store: &'a Store,
    agent: &'a str,
    address: Option<String>,
    /// One budget for all that one request asks.
    patterns: Patterns,
}

impl Host for Surroundings<'_> {
    fn count(&mut self, resource: &str, limit: u32) -> Option<u32> {
        let now = clock::now();
        let connection = self.store.lock();
        let counted: db::Result<u32> = connection.query_row(
            "SELECT coalesce(sum(count), 0) FROM calls WHERE agent_id = ?1 AND resource = ?2 AND bucket >= ?3",
            params![self.agent, resource, now - HOUR],
            |row| row.get(0),
        );
        // A counter that cannot be read counts as used up: an outage never widens a permission.
        let counted = counted.unwrap_or(limit);
        if counted >= limit {
            return Some(counted);
        }
        let added = connection.execute(
            "INSERT INTO calls (agent_id, resource, bucket, count) VALUES (?1, ?2, ?3, 1)
             ON CONFLICT DO UPDATE SET count = count + 1",
            params![self.agent, resource, now.div_euclid(BUCKET) * BUCKET],
        );
        added.err().map(|_| limit)
    }

    fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, PatternError> {
        self.patterns.matches(pattern, text)
    }

    fn time_of_day(&mut self) -> String {
        clock::time_of_day(clock::now())
    }

    fn address(&mut self) -> Option<String> {
        self.address.clone()
    }
}
