//! The audit log: recording, querying, exporting.

use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::db::{self, Connection, Row, Value as Sql, params};
use crate::reply::{Answer, Dialect, Outcome, Problem};
use crate::secrets;
use serde_json::{Value, json};

const MOST_ROWS: u32 = 10_000;

/// A decision to record.
pub struct Entry<'a> {
    pub agent_id: &'a str,
    pub user_id: &'a str,
    pub action: &'a str,
    pub resource: &'a str,
    pub parameters: Value,
    /// Why it was denied; `None` if it was allowed.
    pub reason: Option<&'a str>,
    pub duration_ms: i64,
    pub tokens_cost: Option<f64>,
    pub at: Millis,
}

/// Writes an entry, and returns its id.
pub fn record(connection: &Connection, entry: &Entry<'_>) -> db::Result<String> {
    let id = secrets::uuid();
    // A call over its limit is recorded as denied: the log knows the word `rate_limited`, but it is never written.
    let result = if entry.reason.is_none() { "allowed" } else { "denied" };
    connection.execute(
        "INSERT INTO audit (id, agent_id, user_id, action, resource, parameters, result, reason, duration_ms, tokens_cost,
                            second)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            id,
            entry.agent_id,
            entry.user_id,
            entry.action,
            entry.resource,
            entry.parameters.to_string(),
            result,
            entry.reason,
            entry.duration_ms,
            entry.tokens_cost,
            entry.at.div_euclid(1000),
        ],
    )?;
    Ok(id)
}

/// The filters of a query, as the server reads them: what it cannot read is no filter.
#[derive(Default)]
struct Filters {
    conditions: Vec<String>,
    values: Vec<Sql>,
    actions: Option<Vec<String>>,
}

impl Filters {
    fn read(ask: &Ask, names: &[&str]) -> Self {
        let mut filters = Self::default();
        for name in names {
            let Some(value) = ask.query.get(*name).filter(|value| !value.is_empty()) else { continue };
            let moment = || clock::parse(value).map(|moment| Sql::Integer(moment.div_euclid(1000)));
            let (column, value) = match *name {
                "agentId" => ("agent_id =", Some(Sql::Text(value.clone()))),
                "userId" => ("user_id =", Some(Sql::Text(value.clone()))),
                "result" => ("result =", Some(Sql::Text(value.clone()))),
                "since" => ("second >=", moment()),
                "until" => ("second <=", moment()),
                _ => {
                    filters.actions = Some(value.split(',').map(|action| action.trim().to_owned()).collect());
                    continue;
                }
            };
            if let Some(value) = value {
                filters.values.push(value);
                filters.conditions.push(format!("{column} ?{}", filters.values.len()));
            }
        }
        filters
    }

    fn clause(&self) -> String {
        if self.conditions.is_empty() { String::new() } else { format!("WHERE {}", self.conditions.join(" AND ")) }
    }

    /// The same, with the actions as a condition of the database.
    fn with_actions(mut self) -> Self {
        if let Some(actions) = self.actions.take() {
            let first = self.values.len() + 1;
            let places: Vec<String> = (first..first + actions.len()).map(|place| format!("?{place}")).collect();
            self.values.extend(actions.into_iter().map(Sql::Text));
            self.conditions.push(format!("action IN ({})", places.join(", ")));
        }
        self
    }

    fn keeps(&self, entry: &Value) -> bool {
        let action = entry["action"].as_str().unwrap_or_default();
        self.actions.as_ref().is_none_or(|actions| actions.iter().any(|wanted| wanted == action))
    }
}

const QUERY: [&str; 6] = ["agentId", "userId", "since", "until", "result", "actions"];

/// `GET /audit`
pub fn query(app: &App, ask: &Ask) -> Outcome {
    let filters = Filters::read(ask, &QUERY);
    let number = |name: &str| ask.query.get(name).and_then(|text| leading_number(text)).filter(|number| *number > 0);
    let (limit, offset) = (number("limit"), number("offset").unwrap_or(0));
    let connection = app.store.lock();
    match app.options.dialect {
        // The page is cut first and filtered by action then, so it can come back short.
        Dialect::Adapter => {
            let page = match (limit, offset) {
                (Some(limit), offset) => format!("LIMIT {limit} OFFSET {offset}"),
                (None, 0) => String::new(),
                (None, _) => return Err(Problem::new(500, "INTERNAL_ERROR", "near \"offset\": syntax error")),
            };
            let mut entries = select(&connection, &filters, &page)?;
            entries.retain(|entry| filters.keeps(entry));
            Ok(Answer::Value(200, Value::Array(entries)))
        }
        Dialect::Sdk => {
            let filters = filters.with_actions();
            let total: i64 = connection.query_row(
                &format!("SELECT count(*) FROM audit {}", filters.clause()),
                filters.values.as_slice(),
                |row| row.get(0),
            )?;
            let page = format!("LIMIT {} OFFSET {offset}", limit.unwrap_or(-1));
            let entries = select(&connection, &filters, &page)?;
            Ok(Answer::Value(200, json!({ "entries": entries, "total": total })))
        }
    }
}

/// `GET /audit/export`
pub fn export(app: &App, ask: &Ask) -> Outcome {
    let filters = Filters::read(ask, &["since", "until"]);
    let format = ask.query.get("format").map_or("json", String::as_str);
    if !matches!(format, "json" | "csv") {
        return Err(Problem::new(400, "BAD_REQUEST", "format must be \"json\" or \"csv\""));
    }
    let entries = select(&app.store.lock(), &filters, &format!("LIMIT {MOST_ROWS}"))?;
    let dialect = app.options.dialect;
    if format == "json" {
        let text = match dialect {
            Dialect::Adapter => format!("{:#}", Value::Array(entries)),
            Dialect::Sdk => Value::Array(entries).to_string(),
        };
        return Ok(Answer::File("application/json", "audit-export.json", text));
    }
    const COLUMNS: [&str; 10] =
        ["id", "agentId", "userId", "action", "resource", "result", "reason", "durationMs", "tokensCost", "timestamp"];
    let mut lines = vec![COLUMNS.join(",")];
    for entry in &entries {
        lines.push(COLUMNS.map(|column| csv_field(dialect, column, &entry[column])).join(","));
    }
    Ok(Answer::File("text/csv", "audit-export.csv", lines.join("\n")))
}

/// A field as RFC 4180 has it – or as the adapter does: a reason in quotes, whatever is in it, and all else as it is.
fn csv_field(dialect: Dialect, column: &str, value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if dialect == Dialect::Adapter {
        return if column == "reason" { format!("\"{text}\"") } else { text };
    }
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Newest first; entries of the same second in the order in which they were written.
fn select(connection: &Connection, filters: &Filters, page: &str) -> db::Result<Vec<Value>> {
    let sql = format!(
        "SELECT id, agent_id, user_id, action, resource, parameters, result, reason, duration_ms, tokens_cost, second
         FROM audit {} ORDER BY second DESC, position {page}",
        filters.clause()
    );
    connection.query(&sql, filters.values.as_slice(), shown)
}

fn shown(row: &Row<'_>) -> db::Result<Value> {
    let parameters: String = row.get(5)?;
    let second: i64 = row.get(10)?;
    let mut entry = json!({
        "id": row.get::<String>(0)?,
        "agentId": row.get::<String>(1)?,
        "userId": row.get::<String>(2)?,
        "action": row.get::<String>(3)?,
        "resource": row.get::<String>(4)?,
        "parameters": serde_json::from_str::<Value>(&parameters).unwrap_or_else(|_| json!({})),
        "result": row.get::<String>(6)?,
    });
    if let Some(reason) = row.get::<Option<String>>(7)? {
        entry["reason"] = json!(reason);
    }
    entry["durationMs"] = json!(row.get::<i64>(8)?);
    if let Some(cost) = row.get::<Option<f64>>(9)? {
        entry["tokensCost"] = json!(cost);
    }
    entry["timestamp"] = json!(clock::iso(second * 1000));
    Ok(entry)
}

/// The number that a text begins with, as JavaScript's `parseInt` reads it.
fn leading_number(text: &str) -> Option<i64> {
    let text = text.trim_start();
    let digits = text.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().ok()
}
