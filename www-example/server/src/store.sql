CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT, password_hash TEXT, created_at INTEGER NOT NULL,
    email_verified INTEGER NOT NULL DEFAULT 0, banned INTEGER NOT NULL DEFAULT 0, ban_reason TEXT, ban_expires_at INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id), token_hash TEXT NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS agents (
    id TEXT PRIMARY KEY, owner_id TEXT NOT NULL REFERENCES users(id), name TEXT NOT NULL, type TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE, permissions TEXT NOT NULL, status TEXT NOT NULL, expires_at INTEGER NOT NULL,
    metadata TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS delegations (
    id TEXT PRIMARY KEY, from_agent TEXT NOT NULL REFERENCES agents(id), to_agent TEXT NOT NULL REFERENCES agents(id),
    permissions TEXT NOT NULL, depth INTEGER NOT NULL, status TEXT NOT NULL, expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS delegations_from ON delegations(from_agent);
CREATE INDEX IF NOT EXISTS delegations_to ON delegations(to_agent);
CREATE TABLE IF NOT EXISTS audit (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, agent_id TEXT NOT NULL, user_id TEXT NOT NULL,
    action TEXT NOT NULL, resource TEXT NOT NULL, parameters TEXT NOT NULL, result TEXT NOT NULL, reason TEXT,
    duration_ms INTEGER NOT NULL, tokens_cost REAL, second INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS audit_by_time ON audit(second DESC, position);
CREATE INDEX IF NOT EXISTS audit_by_agent ON audit(agent_id, second DESC, position);
CREATE TABLE IF NOT EXISTS calls (
    agent_id TEXT NOT NULL, resource TEXT NOT NULL, bucket INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (agent_id, resource, bucket)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mcp_servers (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, endpoint TEXT NOT NULL, tools TEXT NOT NULL, auth_required INTEGER NOT NULL,
    rate_limit TEXT, created_at INTEGER NOT NULL
) STRICT;
