//! Examples for an empty database: agents of two owners, a delegation, and a day of audit entries.

use crate::app::{App, Ask};
use crate::audit::{Entry, record};
use crate::clock;
use crate::db;
use crate::reply::{Answer, Problem};
use crate::showcase::showcase;
use crate::{agents, delegations};
use bytes::Bytes;
use serde_json::{Value, json};

const HOURS: i64 = 60 * 60 * 1000;
const ENTRIES: i64 = 200;

/// Fills an empty database with what the options ask for.
///
/// # Errors
/// A sentence that says what cannot be written.
pub fn fill(app: &App) -> Result<(), String> {
    let options = &app.options;
    if options.seed {
        seed(app).map_err(|error| format!("the examples cannot be written: {error}"))?;
    }
    if options.showcase {
        showcase(app, options.showcase_rows, options.showcase_agents)
            .map_err(|error| format!("the showcase cannot be written: {error}"))?;
    }
    if options.audit_rows > 0 {
        fill_audit_log(app, options.audit_rows, options.audit_row_bytes)
            .map_err(|error| format!("the audit log cannot be filled: {error}"))?;
    }
    Ok(())
}

/// Fills the database, unless it holds agents already.
fn seed(app: &App) -> Result<(), String> {
    let held: i64 = app
        .store
        .lock()
        .query_row("SELECT count(*) FROM agents", [], |row| row.get(0))
        .map_err(|error| error.to_string())?;
    if held > 0 {
        return Ok(());
    }
    let ids = [
        ("user-123", "github-reader", "autonomous", json!([{ "resource": "mcp:github:*", "actions": ["read"] }])),
        (
            "user-123",
            "deployer",
            "service",
            json!([
                { "resource": "mcp:deploy:staging", "actions": ["execute"] },
                { "resource": "mcp:deploy:production", "actions": ["execute"], "constraints": { "requireApproval": true } },
            ]),
        ),
        (
            "user-456",
            "note-taker",
            "delegated",
            json!([{ "resource": "mcp:notes:*", "actions": ["read", "write"], "constraints": { "maxCallsPerHour": 100 } }]),
        ),
    ]
    .map(|(owner, name, kind, permissions)| {
        let input = json!({ "ownerId": owner, "name": name, "type": kind, "permissions": permissions });
        made(agents::create(app, &asking(&input))).map(|id| (id, owner))
    });
    let ids = ids.into_iter().collect::<Result<Vec<_>, _>>()?;
    let [reader, deployer, notes] = ids.as_slice() else { return Ok(()) };
    let lend = json!({
        "fromAgent": reader.0,
        "toAgent": notes.0,
        "permissions": [{ "resource": "mcp:github:repos", "actions": ["read"] }],
        "expiresAt": clock::iso(clock::now() + 30 * 24 * HOURS),
    });
    made(delegations::create(app, &asking(&lend)))?;

    let connection = app.store.lock();
    let samples = [
        (reader, "read", "mcp:github:repos", None),
        (reader, "read", "mcp:github:issues", None),
        (
            reader,
            "write",
            "mcp:github:issues",
            Some("No permission grants agent \"github-reader\" access to \"write\" on \"mcp:github:issues\""),
        ),
        (deployer, "execute", "mcp:deploy:staging", None),
        (deployer, "execute", "mcp:deploy:production", Some("This action requires human approval before execution")),
        (notes, "write", "mcp:notes:today", None),
        (notes, "read", "mcp:notes:today", None),
    ];
    // From the oldest to the newest, as they would have been written.
    for (number, (agent, action, resource, reason)) in (0..ENTRIES).zip(samples.iter().cycle()) {
        let entry = Entry {
            agent_id: &agent.0,
            user_id: agent.1,
            action,
            resource,
            parameters: json!({ "example": number }),
            reason: *reason,
            duration_ms: number % 7,
            tokens_cost: None,
            at: clock::now() - (ENTRIES - number) * 24 * HOURS / ENTRIES,
        };
        record(&connection, &entry).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Fills an empty audit log with `rows` entries of made-up agents, some of them in the same second, each with parameters of
/// about `bytes` bytes. The same call writes the same entries, but for their ids and the day.
fn fill_audit_log(app: &App, rows: u32, bytes: usize) -> db::Result<()> {
    const ACTIONS: [&str; 5] = ["read", "read", "write", "execute", "delete"];
    const PER_SECOND: i64 = 7;
    let mut connection = app.store.lock();
    let held: i64 = connection.query_row("SELECT count(*) FROM audit", [], |row| row.get(0))?;
    if held > 0 {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    let newest = clock::now() - 60 * 1000;
    let rows = i64::from(rows);
    let note = "x".repeat(bytes);
    for number in 0..rows {
        // Steps that share no factor with the lists make every combination.
        let action = ACTIONS[(number * 3 % 5) as usize];
        let resource = format!("mcp:service-{}:repos", number * 7 % 23);
        let reason = (number % 11 == 0).then(|| match number % 3 {
            0 => "This action requires human approval before execution".to_owned(),
            1 => format!("No permission grants agent \"bot, the first\" access to \"{action}\" on \"{resource}\""),
            _ => format!("Argument \"note\" value \"two\nlines, {number}\" does not match pattern \"^\"a\",\""),
        });
        let entry = Entry {
            agent_id: &format!("agent-{}", number * 5 % 13),
            user_id: &format!("user-{}", number % 3),
            action,
            resource: &resource,
            parameters: json!({ "number": number, "note": note }),
            reason: reason.as_deref(),
            duration_ms: number * number % 97,
            tokens_cost: (number % 4 == 3).then_some((number * number % 97) as f64 / 4.0),
            at: newest - (rows - number) / PER_SECOND * 1000,
        };
        record(&transaction, &entry)?;
    }
    transaction.commit()
}

fn asking(input: &Value) -> Ask {
    Ask { body: Bytes::from(input.to_string()), ..Ask::default() }
}

fn made(outcome: Result<Answer, Problem>) -> Result<String, String> {
    match outcome {
        Ok(Answer::Value(_, value)) => Ok(value["id"].as_str().unwrap_or_default().to_owned()),
        Ok(_) => Err("nothing was made".to_owned()),
        Err(problem) => Err(problem.message),
    }
}
