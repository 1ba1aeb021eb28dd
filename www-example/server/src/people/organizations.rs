//! Organizations, their members, and invitations, which no route accepts.

use super::outbox::{self, Mail};
use super::sessions;
use crate::app::{App, Ask};
use crate::clock::{self, Millis};
use crate::db::{self, Connection, OptionalExtension, Row, params};
use crate::events::{Kind, announce};
use crate::reply::{Answer, Outcome, Problem};
use crate::secrets;
use serde_json::{Value, json};

const MOST_OF_ONE_USER: i64 = 5;
const WEEK: Millis = 7 * 24 * 60 * 60 * 1000;
const ROLES: [&str; 4] = ["owner", "admin", "member", "viewer"];

fn id(prefix: &str) -> String {
    format!("{prefix}_{}", secrets::simple_uuid())
}

/// `POST /auth/org/create`
pub fn create(app: &App, ask: &Ask) -> Outcome {
    let mut connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let form = ask.form();
    let (Some(name), Some(slug)) = (form.text("name"), form.text("slug")) else {
        return Err(Problem::text(400, "Missing required fields: name, slug"));
    };
    if !is_slug(slug) {
        let message = format!("Invalid slug \"{slug}\". Use lowercase letters, numbers, and hyphens only.");
        return Err(Problem::text(400, message));
    }
    let count = |sql: &str, value: &str| connection.query_row(sql, [value], |row| row.get::<i64>(0));
    if count("SELECT count(*) FROM organizations WHERE owner_id = ?1", &account.id)? >= MOST_OF_ONE_USER {
        let message = format!("User \"{}\" has reached the maximum of {MOST_OF_ONE_USER} organizations.", account.id);
        return Err(Problem::text(400, message));
    }
    if count("SELECT count(*) FROM organizations WHERE slug = ?1", slug)? > 0 {
        return Err(Problem::text(400, format!("Organization with slug \"{slug}\" already exists.")));
    }
    let metadata = form.0.get("metadata").filter(|metadata| metadata.is_object());
    let (organization, now) = (id("org"), clock::now());
    let transaction = connection.transaction()?;
    transaction.execute(
        "INSERT INTO organizations (id, name, slug, owner_id, metadata, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        params![organization, name, slug, account.id, metadata.map(Value::to_string), now],
    )?;
    transaction.execute(
        "INSERT INTO members (id, organization_id, user_id, role, joined_at) VALUES (?1, ?2, ?3, 'owner', ?4)",
        params![id("mem"), organization, account.id, now],
    )?;
    transaction.commit()?;
    let data = json!({ "organizationId": organization, "userId": account.id, "name": name });
    announce(app, &connection, Kind::OrganizationCreated, data)?;
    let mut shown = json!({ "id": organization, "name": name, "slug": slug, "ownerId": account.id });
    if let Some(metadata) = metadata {
        shown["metadata"] = metadata.clone();
    }
    shown["createdAt"] = json!(clock::iso(now));
    shown["updatedAt"] = json!(clock::iso(now));
    Ok(Answer::Bare(201, shown))
}

/// `GET /auth/org/list`
pub fn list(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    let sql = "SELECT o.id, o.name, o.slug, o.owner_id, o.metadata, o.created_at, o.updated_at
               FROM organizations o JOIN members m ON m.organization_id = o.id WHERE m.user_id = ?1 ORDER BY o.rowid";
    let shown = |row: &Row<'_>| {
        let mut organization = json!({
            "id": row.get::<String>(0)?,
            "name": row.get::<String>(1)?,
            "slug": row.get::<String>(2)?,
            "ownerId": row.get::<String>(3)?,
        });
        if let Some(metadata) = row.get::<Option<String>>(4)? {
            organization["metadata"] = serde_json::from_str(&metadata).unwrap_or_default();
        }
        organization["createdAt"] = json!(clock::iso_seconds(row.get(5)?));
        organization["updatedAt"] = json!(clock::iso_seconds(row.get(6)?));
        Ok(organization)
    };
    let organizations = connection.query(sql, [&account.id], shown)?;
    Ok(Answer::Bare(200, json!({ "organizations": organizations })))
}

/// `POST /auth/org/:id/members`, which lists them
pub fn members(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    if role_of(&connection, &ask.id, &account.id)?.is_none() {
        return Err(Problem::text(403, "You are not a member of this organization"));
    }
    let sql = format!("{MEMBERS} WHERE organization_id = ?1 ORDER BY rowid");
    let members = connection.query(&sql, [&ask.id], member)?;
    Ok(Answer::Bare(200, json!({ "members": members })))
}

/// `POST /auth/org/:id/invite`
pub fn invite(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    check_manager(&connection, &ask.id, &account.id)?;
    let form = ask.form();
    let email = form.email().ok_or_else(|| Problem::text(400, "Missing required field: email"))?;
    let role = form.raw_text("role").unwrap_or("member");
    check_role(&ask.id, role)?;
    let now = clock::now();
    let sql = "SELECT count(*) FROM invitations WHERE organization_id = ?1 AND email = ?2";
    if connection.query_row(sql, [&ask.id, &email], |row| row.get::<i64>(0))? > 0 {
        let message = format!("A pending invitation for \"{email}\" already exists in org \"{}\".", ask.id);
        return Err(Problem::text(400, message));
    }
    let invitation = id("inv");
    connection.execute(
        "INSERT INTO invitations (id, organization_id, email, role, invited_by, expires_at, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![invitation, ask.id, email, role, account.id, now + WEEK, now],
    )?;
    let secret = Some(("invitationId", invitation.as_str()));
    outbox::send(
        app,
        &connection,
        &Mail { kind: "invitation", to: &email, subject: "You are invited", url: None, secret },
    )?;
    Ok(Answer::Bare(
        201,
        json!({
            "id": invitation,
            "orgId": ask.id,
            "email": email,
            "role": role,
            "invitedBy": account.id,
            "status": "pending",
            "expiresAt": clock::iso(now + WEEK),
            "createdAt": clock::iso(now),
        }),
    ))
}

/// `PATCH /auth/org/:id/members/:userId`
pub fn change_role(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    check_manager(&connection, &ask.id, &account.id)?;
    let form = ask.form();
    let role = form.raw_text("role").filter(|role| !role.is_empty());
    let role = role.ok_or_else(|| Problem::text(400, "Missing required field: role"))?;
    check_role(&ask.id, role)?;
    if role != "owner" && is_last_owner(&connection, &ask.id, &ask.second_id)? {
        let message = format!("Cannot demote the last owner of org \"{}\". Transfer ownership first.", ask.id);
        return Err(Problem::text(400, message));
    }
    let sql = "UPDATE members SET role = ?3 WHERE organization_id = ?1 AND user_id = ?2";
    connection.execute(sql, [&ask.id, &ask.second_id, role])?;
    let sql = format!("{MEMBERS} WHERE organization_id = ?1 AND user_id = ?2");
    let changed = connection.query_row(&sql, [&ask.id, &ask.second_id], member).optional()?;
    let missing = || Problem::text(400, format!("Member \"{}\" not found in org \"{}\".", ask.second_id, ask.id));
    Ok(Answer::Bare(200, changed.ok_or_else(missing)?))
}

/// `DELETE /auth/org/:id/members/:userId`
pub fn remove_member(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let account = sessions::caller(app, &connection, ask)?;
    check_manager(&connection, &ask.id, &account.id)?;
    if is_last_owner(&connection, &ask.id, &ask.second_id)? {
        let message = format!("Cannot remove the last owner of org \"{}\". Transfer ownership first.", ask.id);
        return Err(Problem::text(400, message));
    }
    let sql = "DELETE FROM members WHERE organization_id = ?1 AND user_id = ?2";
    connection.execute(sql, [&ask.id, &ask.second_id])?;
    Ok(Answer::Bare(200, json!({ "removed": true })))
}

/// Makes somebody a member. On the real server the host's own code does this, as no route accepts invitations.
pub fn add_member(app: &App, ask: &Ask) -> Outcome {
    let connection = app.store.lock();
    let form = ask.form();
    let (Some(organization), Some(user)) = (form.text("orgId"), form.text("userId")) else {
        return Err(Problem::text(400, "Missing required fields: orgId, userId"));
    };
    let role = form.text("role").unwrap_or("member");
    check_role(organization, role)?;
    connection.execute(
        "INSERT OR REPLACE INTO members (id, organization_id, user_id, role, joined_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id("mem"), organization, user, role, clock::now()],
    )?;
    let data = json!({ "organizationId": organization, "userId": user, "role": role });
    announce(app, &connection, Kind::MemberAdded, data)?;
    let sql = format!("{MEMBERS} WHERE organization_id = ?1 AND user_id = ?2");
    Ok(Answer::Bare(201, connection.query_row(&sql, [organization, user], member)?))
}

const MEMBERS: &str = "SELECT id, organization_id, user_id, role, joined_at FROM members";

fn member(row: &Row<'_>) -> db::Result<Value> {
    Ok(json!({
        "id": row.get::<String>(0)?,
        "orgId": row.get::<String>(1)?,
        "userId": row.get::<String>(2)?,
        "role": row.get::<String>(3)?,
        "joinedAt": clock::iso_seconds(row.get(4)?),
    }))
}

fn role_of(connection: &Connection, organization: &str, user_id: &str) -> db::Result<Option<String>> {
    let sql = "SELECT role FROM members WHERE organization_id = ?1 AND user_id = ?2";
    connection.query_row(sql, [organization, user_id], |row| row.get(0)).optional()
}

fn check_manager(connection: &Connection, organization: &str, user_id: &str) -> Result<(), Problem> {
    let role = role_of(connection, organization, user_id)?;
    let is_manager = role.is_some_and(|role| ["owner", "admin"].contains(&role.as_str()));
    is_manager.then_some(()).ok_or_else(|| Problem::text(403, "Admin or owner role required"))
}

fn check_role(organization: &str, role: &str) -> Result<(), Problem> {
    let unknown = || Problem::text(400, format!("Role \"{role}\" does not exist in org \"{organization}\"."));
    ROLES.contains(&role).then_some(()).ok_or_else(unknown)
}

fn is_last_owner(connection: &Connection, organization: &str, user_id: &str) -> db::Result<bool> {
    if role_of(connection, organization, user_id)?.as_deref() != Some("owner") {
        return Ok(false);
    }
    let sql = "SELECT count(*) FROM members WHERE organization_id = ?1 AND role = 'owner'";
    Ok(connection.query_row(sql, [organization], |row| row.get::<i64>(0))? <= 1)
}

fn is_slug(slug: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    slug.split('-').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::is_slug;

    #[test]
    fn slugs_are_words_with_hyphens_between() {
        assert!(["a", "a-b", "1-2-3"].into_iter().all(is_slug));
        assert!(!["", "-a", "a-", "a--b", "A", "a b", "ä"].into_iter().any(is_slug));
    }
}
