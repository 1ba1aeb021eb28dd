// What the stubs answer: values as a KavachOS server sends them.

export const AGENT_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
export const REQUEST = { action: "read", resource: "mcp:github:repos", arguments: { owner: "acme", limit: 20 } };

export const agent = {
  id: AGENT_ID,
  ownerId: "user-123",
  name: "github-reader",
  type: "autonomous",
  token: "",
  permissions: [
    { resource: "mcp:github:*", actions: ["read"] },
    { resource: "mcp:notes:*", actions: ["read", "write"], constraints: { maxCallsPerHour: 100 } },
    { resource: "mcp:deploy:production", actions: ["execute"], constraints: { requireApproval: true } },
  ],
  status: "active",
  expiresAt: "2026-02-01T00:00:00.000Z",
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
};

export const decision = { allowed: true, auditId: "1b4e28ba-2fa1-41d2-883f-0016d3cca427" };

const ACTIONS = ["read", "write", "execute"];
const RESOURCES = ["mcp:github:repos", "mcp:github:issues", "mcp:notes:today", "mcp:deploy:staging"];

/** That many audit entries, newest first; one in five is a denial with its reason. */
export function auditEntries(count) {
  const newest = Date.parse("2026-01-31T12:00:00.000Z");
  return Array.from({ length: count }, (_, row) => {
    const denied = row % 5 === 4;
    const action = ACTIONS[row % ACTIONS.length];
    const resource = RESOURCES[row % RESOURCES.length];
    const reason = `No permission grants agent "github-reader" access to "${action}" on "${resource}"`;
    return {
      id: `00000000-0000-4000-8000-${String(row).padStart(12, "0")}`,
      agentId: AGENT_ID,
      userId: "user-123",
      action,
      resource,
      parameters: { owner: "acme", page: row % 50 },
      result: denied ? "denied" : "allowed",
      ...(denied ? { reason } : {}),
      durationMs: row % 40,
      timestamp: new Date(newest - row * 1000).toISOString(),
    };
  });
}
