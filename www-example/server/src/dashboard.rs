//! Statistics for dashboards, which adapters serve.

use crate::app::{App, Ask};
use crate::clock;
use crate::db::params;
use crate::reply::{Answer, Outcome};
use serde_json::json;

const DAY: i64 = 24 * 60 * 60; // Seconds.
const MOST_ENTRIES: u32 = 1000;

/// `GET /dashboard/stats`
pub fn stats(app: &App, _: &Ask) -> Outcome {
    let connection = app.store.lock();
    let agents = connection.query_row(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE status = 'active'), COUNT(*) FILTER (WHERE status = 'revoked'),
                COUNT(*) FILTER (WHERE status = 'expired'), COUNT(DISTINCT owner_id)
         FROM agents",
        [],
        |row| {
            let (total, active, revoked, expired) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(([total, active, revoked, expired], row.get::<i64>(4)?))
        },
    )?;
    let ([total, active, revoked, expired], owners): ([i64; 4], i64) = agents;
    // The newest entries of the day are counted, and no more: the real server reads a page.
    let (entries, allowed): (i64, i64) = connection.query_row(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE result = 'allowed')
         FROM (SELECT result FROM audit WHERE second >= ?1 ORDER BY second DESC, position LIMIT ?2)",
        params![clock::now().div_euclid(1000) - DAY, MOST_ENTRIES],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Answer::Value(
        200,
        json!({
            "agents": { "total": total, "active": active, "revoked": revoked, "expired": expired },
            "users": { "total": owners },
            // A call over its limit is recorded as denied: the number of those that were limited is always 0.
            "audit": { "last24h": entries, "allowed": allowed, "denied": entries - allowed, "rateLimited": 0 },
        }),
    ))
}
