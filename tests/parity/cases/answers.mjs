// Ordinary answers of an sdk-dialect server, for tests that care about something else.

export const PERMISSION = { resource: "mcp:github:*", actions: ["read"] };

export const FULL_PERMISSION = {
  resource: "mcp:github:*",
  actions: ["read", "write"],
  constraints: {
    maxCallsPerHour: 10,
    allowedArgPatterns: ["^[a-z]+$", "^/tmp/"],
    requireApproval: true,
    timeWindow: { start: "09:00", end: "17:30" },
    ipAllowlist: ["10.0.0.0/8", "203.0.113.7"],
  },
};

export const AGENT = {
  id: "agent-1",
  ownerId: "user-123",
  name: "github-reader",
  type: "autonomous",
  token: "kv_secret",
  permissions: [PERMISSION],
  status: "active",
  expiresAt: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-02T00:00:00.000Z",
};

export const DECISION = { allowed: true, auditId: "aud_1" };

export const CHAIN = {
  id: "dlg_1",
  fromAgent: "agent-1",
  toAgent: "agent-2",
  permissions: [PERMISSION],
  expiresAt: "2030-01-01T00:00:00.000Z",
  depth: 1,
  createdAt: "2026-01-01T00:00:00.000Z",
};

export const ENTRY = {
  id: "aud_1",
  agentId: "agent-1",
  userId: "user-123",
  action: "read",
  resource: "mcp:github:repos",
  parameters: { owner: "octo", deep: { list: [1, null, "x"] } },
  result: "allowed",
  durationMs: 3,
  timestamp: "2026-01-01T00:00:00.000Z",
};

export const USER = { id: "user-1", email: "a@example.com", createdAt: "2026-01-01T00:00:00.000Z" };

export const SESSION = {
  id: "ses_1",
  userId: "user-1",
  token: "tok_1",
  expiresAt: "2030-01-01T00:00:00.000Z",
  createdAt: "2026-01-01T00:00:00.000Z",
};

export const AUTH = { user: USER, session: SESSION };

export const ok = (body) => ({ status: 200, body });
export const created = (body) => ({ status: 201, body });
export const NO_CONTENT = { status: 204 };
