CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS tickets (
    kind TEXT NOT NULL, hash TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL, tries INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, PRIMARY KEY (kind, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox (
    position INTEGER PRIMARY KEY, kind TEXT NOT NULL, recipient TEXT NOT NULL, mail TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS api_keys (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL, name TEXT NOT NULL, prefix TEXT NOT NULL, key_hash TEXT NOT NULL UNIQUE,
    permissions TEXT NOT NULL, expires_at INTEGER, last_used_at INTEGER, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS organizations (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL UNIQUE, owner_id TEXT NOT NULL, metadata TEXT,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS members (
    id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    user_id TEXT NOT NULL, role TEXT NOT NULL, joined_at INTEGER NOT NULL, UNIQUE (organization_id, user_id)
) STRICT;
CREATE TABLE IF NOT EXISTS invitations (
    id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
    email TEXT NOT NULL, role TEXT NOT NULL, invited_by TEXT NOT NULL, expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS second_factors (
    user_id TEXT PRIMARY KEY, secret TEXT NOT NULL, enabled INTEGER NOT NULL, backup_codes TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS passkeys (
    id TEXT PRIMARY KEY, credential_id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL, public_key TEXT NOT NULL,
    counter INTEGER NOT NULL, device_name TEXT, transports TEXT, created_at INTEGER NOT NULL, last_used_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS mcp_clients (
    id TEXT PRIMARY KEY, secret_hash TEXT, redirect_uris TEXT NOT NULL, name TEXT, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS mcp_refresh_tokens (
    token_hash TEXT PRIMARY KEY, client_id TEXT NOT NULL, user_id TEXT NOT NULL, scope TEXT NOT NULL, resource TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL
) STRICT;
