//! One well-formed value of each wire type.
#![allow(dead_code)]

use serde_json::{Value, json};

pub fn permission() -> Value {
    json!({ "resource": "mcp:github:*", "actions": ["read"] })
}

pub fn agent() -> Value {
    json!({
        "id": "agent-1", "ownerId": "user-123", "name": "reader", "type": "autonomous", "token": "",
        "permissions": [permission()], "status": "active", "expiresAt": null,
        "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z",
    })
}

pub fn entry() -> Value {
    json!({
        "id": "audit-1", "agentId": "agent-1", "userId": "user-123", "action": "read", "resource": "mcp:github:repos",
        "parameters": {}, "result": "allowed", "durationMs": 1, "timestamp": "2026-01-01T00:00:00.000Z",
    })
}

pub fn chain() -> Value {
    json!({
        "id": "chain-1", "fromAgent": "agent-1", "toAgent": "agent-2", "permissions": [permission()],
        "expiresAt": "2030-01-01T00:00:00.000Z", "depth": 1, "createdAt": "2026-01-01T00:00:00.000Z",
    })
}

pub fn user() -> Value {
    json!({ "id": "user-123", "email": "a@example.com", "name": null, "createdAt": "2026-01-01T00:00:00.000Z" })
}

pub fn session() -> Value {
    json!({
        "id": "session-1", "userId": "user-123", "token": "token-1",
        "expiresAt": "2030-01-01T00:00:00.000Z", "createdAt": "2026-01-01T00:00:00.000Z",
    })
}

pub fn mcp_server() -> Value {
    json!({
        "id": "mcp-1", "name": "github", "endpoint": "https://mcp.example", "tools": ["search"],
        "authRequired": true, "createdAt": "2026-01-01T00:00:00.000Z",
    })
}

pub fn request() -> Value {
    json!({ "action": "read", "resource": "mcp:github:repos" })
}

pub fn new_agent() -> Value {
    json!({ "ownerId": "user-123", "name": "reader", "type": "autonomous", "permissions": [permission()] })
}
