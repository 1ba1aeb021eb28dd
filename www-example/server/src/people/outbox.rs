//! Mails are not sent but kept: `GET /__outbox` returns them.

use crate::app::{App, Ask};
use crate::clock;
use crate::db::{self, Connection, params};
use crate::reply::{Answer, Outcome};
use serde_json::{Value, json};
use std::io::Write;

const MOST_MAILS: u32 = 1000;

/// A mail.
pub struct Mail<'m> {
    /// What it is about: `magic-link`, `email-otp`, `verify-email`, `reset-password`, `invitation`.
    pub kind: &'static str,
    /// The address.
    pub to: &'m str,
    /// The subject.
    pub subject: &'static str,
    /// Where it asks to go.
    pub url: Option<String>,
    /// The secret that it carries, with its name.
    pub secret: Option<(&'static str, &'m str)>,
}

/// Keeps a mail, and prints it if it should.
pub fn send(app: &App, connection: &Connection, mail: &Mail<'_>) -> db::Result<()> {
    let mut kept = json!({
        "kind": mail.kind,
        "to": mail.to,
        "subject": mail.subject,
        "sentAt": clock::iso(clock::now()),
    });
    if let Some(url) = &mail.url {
        kept["url"] = json!(url);
    }
    if let Some((name, secret)) = mail.secret {
        kept[name] = json!(secret);
    }
    let sql = "INSERT INTO outbox (kind, recipient, mail) VALUES (?1, ?2, ?3)";
    let last = connection.insert(sql, params![mail.kind, mail.to, kept.to_string()])?;
    connection.execute("DELETE FROM outbox WHERE position <= ?1", [last - i64::from(MOST_MAILS)])?;
    if app.options.people.print_mail {
        let secret = mail.url.as_deref().or(mail.secret.map(|(_, secret)| secret)).unwrap_or_default();
        // Nobody may be reading: that is not the sender's problem.
        drop(writeln!(std::io::stdout(), "mail to {}: {} {secret}", mail.to, mail.subject));
    }
    Ok(())
}

/// `GET /__outbox?to&kind`: the mails, the oldest first.
pub fn list(app: &App, ask: &Ask) -> Outcome {
    let filter = |name: &str| ask.query.get(name);
    let connection = app.store.lock();
    let sql =
        "SELECT mail FROM outbox WHERE (?1 IS NULL OR recipient = ?1) AND (?2 IS NULL OR kind = ?2) ORDER BY position";
    let mails = connection.query(sql, params![filter("to"), filter("kind")], |row| {
        Ok(serde_json::from_str::<Value>(&row.get::<String>(0)?).unwrap_or_default())
    })?;
    Ok(Answer::Bare(200, json!({ "mails": mails })))
}

/// `DELETE /__outbox`: forgets them.
pub fn clear(app: &App, _: &Ask) -> Outcome {
    app.store.lock().execute("DELETE FROM outbox", [])?;
    Ok(Answer::None)
}
