//! The engine and SQLite, statement by statement: they return the same rows, change as many, and refuse the same.

use super::Memory;
use crate::db::sqlite::Sqlite;
use crate::db::{Database, Error, Ran, Value};

const TABLES: [&str; 2] = [include_str!("../../store.sql"), include_str!("../../store_people.sql")];

fn both() -> (Memory, Sqlite) {
    (Memory::new(&TABLES).unwrap(), Sqlite::open(None, &TABLES).unwrap())
}

fn told(ran: Result<Ran, Error>) -> Result<(Vec<Vec<Value>>, usize), String> {
    ran.map(|Ran { rows, changed, .. }| {
        // SQLite does not say how many rows a statement changed that returns some.
        let changed = if rows.is_empty() { changed } else { 0 };
        (rows, changed)
    })
    .map_err(|error| match error {
        Error::Constraint(message) => message,
        _ => "failed".to_owned(),
    })
}

fn agree(databases: &(Memory, Sqlite), sql: &str, parameters: &[Value]) {
    // SQLite refuses parameters that a statement does not use.
    let used = (1..=parameters.len()).rev().find(|number| sql.contains(&format!("?{number}"))).unwrap_or(0);
    let (memory, sqlite) = (databases.0.run(sql, parameters), databases.1.run(sql, &parameters[..used]));
    let (mut memory, mut sqlite) = (told(memory), told(sqlite));
    if ["BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"].iter().any(|word| sql.starts_with(word)) {
        // These change no rows, and SQLite counts those of the statement before.
        memory = memory.map(|(rows, _)| (rows, 0));
        sqlite = sqlite.map(|(rows, _)| (rows, 0));
    }
    assert_eq!(memory, sqlite, "{sql} {parameters:?}");
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn filled() -> (Memory, Sqlite) {
    let databases = both();
    for (id, email, name) in [("u1", "Ann@x.test", "Ann"), ("u2", "bob@x.test", "Bob"), ("u3", "c_%@y.test", "C")] {
        let sql = "INSERT INTO users (id, email, name, created_at) VALUES (?1, ?2, ?3, 1)";
        agree(&databases, sql, &[text(id), text(email), text(name)]);
    }
    for number in 0..12_i64 {
        let (owner, status) = ([text("u1"), text("u2")][number as usize % 2].clone(), ["active", "revoked", "expired"]);
        agree(
            &databases,
            "INSERT INTO agents (id, owner_id, name, type, token_hash, permissions, status, expires_at, metadata, created_at, updated_at)
             VALUES (?1, ?2, 'n', 'service', ?1, '[]', ?3, ?4, NULL, ?5, 0)",
            &[
                text(&format!("a{number}")),
                owner,
                text(status[number as usize % 3]),
                Value::Integer(number * 1000),
                Value::Integer(number / 4),
            ],
        );
        agree(
            &databases,
            "INSERT INTO audit (id, agent_id, user_id, action, resource, parameters, result, reason, duration_ms, tokens_cost, second)
             VALUES (?1, ?2, 'u1', ?3, 'r', '{}', 'allowed', ?4, ?5, ?6, ?7)",
            &[
                text(&format!("e{number}")),
                text(&format!("a{}", number % 3)),
                text(["read", "write"][number as usize % 2]),
                if number % 4 == 0 { Value::Null } else { text("because") },
                Value::Integer(number),
                if number % 2 == 0 { Value::Integer(number) } else { Value::Real(number as f64 / 8.0) },
                Value::Integer(number / 3),
            ],
        );
    }
    databases
}

#[test]
fn queries_return_the_same_rows() {
    let databases = filled();
    let parameters = [text("u1"), Value::Null, Value::Integer(3), Value::Integer(2)];
    for sql in [
        "SELECT * FROM nothing",
        "SELECT id, tokens_cost, reason FROM audit ORDER BY second DESC, position",
        "SELECT id FROM audit WHERE agent_id = 'a1' AND second >= 1 ORDER BY second DESC, position LIMIT ?3 OFFSET 1",
        "SELECT id FROM audit WHERE action IN ('read', 'x') ORDER BY position LIMIT -1 OFFSET ?4",
        "SELECT id FROM agents WHERE (?1 IS NULL OR owner_id = ?1) AND (?2 IS NULL OR status = ?2) ORDER BY created_at, rowid",
        "SELECT id FROM agents WHERE status <> 'active' OR metadata = 'x' ORDER BY rowid",
        "SELECT id FROM agents WHERE metadata IS NOT NULL OR expires_at / 2000 = 2 ORDER BY rowid",
        "SELECT id FROM agents WHERE id = 'a4'",
        "SELECT id FROM agents WHERE id = ?2",
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE status = 'active'), COUNT(DISTINCT owner_id), count(metadata) FROM agents",
        "SELECT coalesce(sum(duration_ms), 0), coalesce(max(second), -1) FROM audit WHERE agent_id = 'a2'",
        "SELECT coalesce(sum(duration_ms), 0), max(second) FROM audit WHERE agent_id = 'none'",
        "SELECT COUNT(*) FROM (SELECT result FROM audit WHERE second >= 2 ORDER BY second DESC, position LIMIT 4)",
        "SELECT u.id, (SELECT count(*) FROM agents a WHERE a.owner_id = u.id) FROM users u WHERE u.email LIKE '%X.TEST' ORDER BY u.rowid",
        "SELECT id FROM users WHERE email LIKE 'a__@%' OR email LIKE '%y.tes_' ORDER BY rowid",
        "SELECT a.id, u.name FROM agents a JOIN users u ON u.id = a.owner_id WHERE u.name = 'Bob' ORDER BY a.rowid",
        "SELECT id FROM agents WHERE owner_id IN (SELECT id FROM users WHERE name = 'Ann') ORDER BY rowid DESC",
        "SELECT id FROM users WHERE email = (SELECT email FROM users WHERE id = 'u2')",
        "SELECT id FROM audit WHERE second + 1 > 2 AND duration_ms - 1 < 10 * 1 ORDER BY position",
        "SELECT missing FROM users",
        "SELECT id FROM users WHERE",
    ] {
        agree(&databases, sql, &parameters);
    }
}

#[test]
fn changes_and_refusals_are_the_same() {
    let databases = filled();
    for (sql, parameters) in [
        ("INSERT INTO users (id, email, created_at) VALUES ('u1', 'new@x.test', 1)", vec![]),
        ("INSERT INTO users (id, email, created_at) VALUES ('u9', 'bob@x.test', 1)", vec![]),
        ("INSERT INTO users (id, email, created_at) VALUES ('u9', 'bob@x.test', 1) ON CONFLICT DO NOTHING", vec![]),
        ("INSERT INTO users (id, email) VALUES ('u9', 'nine@x.test')", vec![]),
        (
            "INSERT INTO sessions (id, user_id, token_hash, expires_at, created_at) VALUES ('s', 'nobody', 't', 1, 1)",
            vec![],
        ),
        (
            "INSERT INTO sessions (id, user_id, token_hash, expires_at, created_at) VALUES ('s', 'u3', 't', 1, 1)",
            vec![],
        ),
        ("DELETE FROM users WHERE id = 'u3'", vec![]),
        ("DELETE FROM sessions WHERE token_hash = 't' RETURNING user_id", vec![]),
        ("DELETE FROM sessions WHERE token_hash = 't' RETURNING user_id", vec![]),
        ("DELETE FROM users WHERE id = 'u3'", vec![]),
        (
            "INSERT INTO calls (agent_id, resource, bucket, count) VALUES (?1, 'r', 5, 1) ON CONFLICT DO UPDATE SET count = count + 1",
            vec![text("a1")],
        ),
        (
            "INSERT INTO calls (agent_id, resource, bucket, count) VALUES (?1, 'r', 5, 1) ON CONFLICT DO UPDATE SET count = count + 1",
            vec![text("a1")],
        ),
        (
            "INSERT OR REPLACE INTO tickets (kind, hash, subject, data, tries, expires_at) VALUES ('k', 'h', 'one', '', 0, 1)",
            vec![],
        ),
        (
            "INSERT OR REPLACE INTO tickets (kind, hash, subject, data, tries, expires_at) VALUES ('k', 'h', 'two', '', 0, 1)",
            vec![],
        ),
        ("UPDATE tickets SET tries = tries + 1 WHERE kind = 'k' AND hash = 'h' RETURNING subject, tries", vec![]),
        (
            "UPDATE users SET email = 'bob@x.test', name = coalesce(?2, name) WHERE id = ?1",
            vec![text("u1"), Value::Null],
        ),
        (
            "UPDATE users SET email = 'ann@x.test', name = coalesce(?2, name) WHERE id = ?1",
            vec![text("u1"), Value::Null],
        ),
        ("UPDATE agents SET owner_id = 'nobody' WHERE id = 'a1'", vec![]),
        ("UPDATE agents SET status = 'revoked', updated_at = 7 WHERE owner_id = 'u1' AND status <> 'revoked'", vec![]),
        (
            "INSERT INTO organizations (id, name, slug, owner_id, created_at, updated_at) VALUES ('o', 'O', 'o', 'u1', 1, 1)",
            vec![],
        ),
        (
            "INSERT INTO members (id, organization_id, user_id, role, joined_at) VALUES ('m', 'o', 'u1', 'owner', 1)",
            vec![],
        ),
        (
            "INSERT INTO members (id, organization_id, user_id, role, joined_at) VALUES ('n', 'o', 'u1', 'owner', 1)",
            vec![],
        ),
        ("DELETE FROM organizations WHERE id = 'o'", vec![]),
        ("PRAGMA foreign_keys = OFF", vec![]),
        ("DELETE FROM users WHERE id = 'u1'", vec![]),
        ("PRAGMA foreign_keys = ON", vec![]),
        ("BEGIN", vec![]),
        ("DELETE FROM agents", vec![]),
        ("ROLLBACK", vec![]),
        ("BEGIN", vec![]),
        ("DELETE FROM audit WHERE second > 1", vec![]),
        ("COMMIT", vec![]),
    ] {
        agree(&databases, sql, &parameters);
        for table in ["users", "sessions", "calls", "tickets", "agents", "organizations", "members", "audit"] {
            agree(&databases, &format!("SELECT count(*) FROM {table}"), &[]);
        }
    }
    for sql in [
        "SELECT id, email, name, email_verified, ban_reason FROM users ORDER BY id",
        "SELECT id, owner_id, status, updated_at FROM agents ORDER BY id",
        "SELECT agent_id, resource, bucket, count FROM calls",
        "SELECT kind, hash, subject, tries FROM tickets",
        "SELECT id, second, tokens_cost FROM audit ORDER BY position",
    ] {
        agree(&databases, sql, &[]);
    }
}

#[test]
fn a_dump_brings_everything_back() {
    let (memory, _) = filled();
    let dump = serde_json::from_str(&memory.dump().unwrap().to_string()).unwrap();
    let restored = Memory::new(&TABLES).unwrap();
    assert!(restored.restore(&dump));
    let sql = "SELECT position, id, tokens_cost, second FROM audit ORDER BY position";
    assert_eq!(told(restored.run(sql, &[])), told(memory.run(sql, &[])));
    // Its indexes are there too.
    let again = restored.run("INSERT INTO users (id, email, created_at) VALUES ('u1', 'z@x.test', 1)", &[]);
    assert!(matches!(again, Err(Error::Constraint(_))));
    let cut = serde_json::json!({ "users": [[1, ["u1"]]] });
    assert!(!restored.restore(&cut));
    assert_eq!(told(restored.run("SELECT count(*) FROM users", &[])), Ok((vec![vec![Value::Integer(3)]], 0)));
}
