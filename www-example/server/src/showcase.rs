//! A showcase for an empty database: the agents of a small company, what they delegate to each other, and their week.
//!
//! It is the same every time, but for ids of entries, tokens, and the day: everything lies as long ago as it does in
//! `company/`, and keeps the hours of this machine.

mod company;
mod log;
mod past;
mod week;

use crate::agents::{self, Agent};
use crate::app::App;
use crate::clock::{self, Millis};
use crate::db::{self, Connection};
use crate::delegations::{self, Link};
use crate::people;
use crate::secrets::{self, agent_token, password_hash};
use company::Company;
use fastrand::Rng;
use kavachos_wasm::schema::Permission;
use std::collections::HashMap;
use week::{DAY, HOUR};

/// Fills the database, unless it holds agents already: with the company and its `rows` audit entries, and with `more`
/// agents that have done nothing yet.
///
/// # Errors
/// What the database says.
pub fn showcase(app: &App, rows: u32, more: u32) -> db::Result<()> {
    let mut connection = app.store.lock();
    let held: i64 = connection.query_row("SELECT count(*) FROM agents", [], |row| row.get(0))?;
    if held > 0 {
        return Ok(());
    }
    let company = Company::read();
    let now = clock::now();
    let transaction = connection.transaction()?;
    for owner in &company.owners {
        let hash = owner.password.as_deref().map(password_hash);
        people::add(&transaction, &owner.id, &owner.email, Some(&owner.name), hash.as_deref(), now - 430 * DAY)?;
    }
    let mut cast = hire(&transaction, &company, now)?;
    lend(&transaction, &company, &mut cast, now)?;
    add_more(&transaction, &company, more, now)?;
    log::write(&transaction, &cast, &company.incident, rows as usize, now)?;
    transaction.commit()
}

/// An agent of the company, and what there is of it beyond its description.
struct Cast<'a> {
    described: &'a company::Agent,
    owner: &'a str,
    id: String,
    /// The time in which it calls: since it was made, until it was revoked or expired.
    from: Millis,
    until: Millis,
    lent: Vec<Lent>,
}

struct Lent {
    from: Millis,
    until: Millis,
    permissions: Vec<Permission>,
}

impl Cast<'_> {
    /// What is delegated to it at that moment.
    fn lent_at(&self, moment: Millis) -> Vec<Permission> {
        let lent = self.lent.iter().filter(|lent| (lent.from..lent.until).contains(&moment));
        lent.flat_map(|lent| lent.permissions.clone()).collect()
    }
}

/// Makes the agents.
fn hire<'a>(connection: &Connection, company: &'a Company, now: Millis) -> db::Result<Vec<Cast<'a>>> {
    let random = &mut Rng::with_seed(1);
    let mut cast = Vec::new();
    for (owner, one) in company.agents() {
        let expires_at = now + hours(one.expires_in_hours);
        let revoked_at = one.revoked_hours_ago.map(|ago| now - hours(ago));
        let created_at = now - hours(one.age_days * 24.0);
        let status = match revoked_at {
            Some(_) => "revoked",
            None if one.noticed => "expired",
            None => "active",
        };
        let agent = Agent {
            id: id(random),
            owner_id: owner.to_owned(),
            name: one.name.clone(),
            kind: one.kind.clone(),
            permissions: one.permissions.clone(),
            status: status.to_owned(),
            expires_at,
            metadata: one.metadata.clone().map(|metadata| serde_json::Value::Object(metadata).to_string()),
            created_at,
            updated_at: revoked_at.or(one.noticed.then_some(expires_at)).unwrap_or(created_at),
        };
        agents::insert(connection, &agent, &agent_token())?;
        let until = revoked_at.unwrap_or(Millis::MAX).min(expires_at);
        cast.push(Cast { described: one, owner, id: agent.id, from: created_at, until, lent: Vec::new() });
    }
    Ok(cast)
}

/// Makes the delegations, and then revokes what has been revoked, with all that hangs on it.
fn lend(connection: &Connection, company: &Company, cast: &mut [Cast<'_>], now: Millis) -> db::Result<()> {
    let random = &mut Rng::with_seed(3);
    let named: HashMap<&str, usize> =
        cast.iter().enumerate().map(|(number, member)| (member.described.name.as_str(), number)).collect();
    let mut revoked: Vec<(String, usize, Millis)> = Vec::new();
    for loan in &company.delegations {
        let (from, to) = (named[loan.from.as_str()], named[loan.to.as_str()]);
        let link = Link {
            id: id(random),
            from: &cast[from].id,
            to: &cast[to].id,
            permissions: &loan.permissions,
            depth: delegations::depth_of(connection, &cast[from].id)? + 1,
            created_at: now - hours(loan.age_hours),
            expires_at: now + hours(loan.expires_in_hours),
        };
        let permissions = delegations::insert(connection, &link)?;
        let (created_at, expires_at) = (link.created_at, link.expires_at);
        // Revoking reaches on from the receiving agent, as far as it has delegated itself.
        let cut = revoked.iter().find(|(_, borrower, _)| *borrower == from).map(|(_, _, at)| *at);
        let own = loan.revoked_hours_ago.map(|ago| now - hours(ago));
        if let Some(at) = own.or(cut) {
            revoked.push((link.id, to, at));
        }
        let until = own.or(cut).unwrap_or(Millis::MAX).min(expires_at);
        cast[to].lent.push(Lent { from: created_at, until, permissions });
    }
    for (id, ..) in &revoked {
        delegations::end(connection, id)?;
    }
    Ok(())
}

/// Adds agents for the sake of their number, spread over the owners, kinds and states.
fn add_more(connection: &Connection, company: &Company, more: u32, now: Millis) -> db::Result<()> {
    let random = &mut Rng::with_seed(4);
    for number in 1..=more {
        let pick = |list: &[&'static str], step: u32| list[(number / step) as usize % list.len()];
        let owner = &company.owners[number as usize % company.owners.len()];
        let service = pick(&["queue", "report", "index", "cache", "import", "alert", "mail"], 1);
        let action = pick(&["read", "write", "execute"], 7);
        let created_at = now - hours(random.f64() * 300.0 * 24.0) - HOUR;
        let status = match number % 25 {
            7 | 19 => "revoked",
            13 => "expired",
            _ => "active",
        };
        // Who has expired did so in the time since it was made.
        let life = random.f64();
        let expires_at = match status {
            "expired" => created_at + (life * (now - created_at) as f64) as Millis,
            _ => now + hours(life * 2000.0 + 0.5),
        };
        let agent = Agent {
            id: id(random),
            owner_id: owner.id.clone(),
            name: format!("{service}-worker-{number:05}"),
            kind: pick(&["autonomous", "delegated", "service"], 21).to_owned(),
            permissions: vec![Permission {
                resource: format!("mcp:{service}:*"),
                actions: vec![action.to_owned()],
                constraints: None,
            }],
            status: status.to_owned(),
            expires_at,
            metadata: None,
            created_at,
            updated_at: if status == "expired" { expires_at } else { created_at },
        };
        agents::insert(connection, &agent, &agent_token())?;
    }
    Ok(())
}

/// The same ids every time, so that links to them last.
fn id(random: &mut Rng) -> String {
    secrets::uuid_of(random.u128(..).to_be_bytes())
}

fn hours(hours: f64) -> Millis {
    (hours * HOUR as f64) as Millis
}
