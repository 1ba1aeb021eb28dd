// Every public method and function, with arguments that are right; what is thrown at them comes close to those.

const PERMISSION = {
  resource: "mcp:github:*",
  actions: ["read"],
  constraints: {
    maxCallsPerHour: 5,
    allowedArgPatterns: ["^a"],
    requireApproval: false,
    timeWindow: { start: "08:00", end: "18:00" },
    ipAllowlist: ["10.0.0.0/8"],
  },
};
const REQUEST = { action: "read", resource: "mcp:github:repos", arguments: { x: 1, list: [{ y: "z" }] } };
const ACCOUNT = { email: "ada@example.com", password: "canary-password", name: "Ada" };
const MOMENT = "2099-01-01T00:00:00Z";
const AGENT = {
  ...{ ownerId: "u1", name: "reader", type: "autonomous", permissions: [PERMISSION] },
  ...{ expiresAt: MOMENT, metadata: { team: "a" } },
};
const LENT = { fromAgent: "a1", toAgent: "a2", permissions: [PERMISSION], expiresAt: MOMENT, maxDepth: 2 };
const SERVER = {
  ...{ name: "n", endpoint: "https://mcp.example", tools: ["t"], authRequired: true, rateLimit: { rpm: 5 } },
};
const FILTERS = {
  ...{ agentId: "a1", userId: "u1", since: MOMENT, until: new Date(0), actions: ["read"], result: "allowed" },
  ...{ limit: 5, offset: 1 },
};

/** The options that a single call takes. */
export const CALL_OPTIONS = {
  ...{ signal: undefined, timeout: 100, deadline: 200, maxRetries: 1, token: "kv_canary-call" },
  headers: { "X-Tenant": "acme", "X-Other": "b" },
};

/** The options that a client takes. */
export const CLIENT_OPTIONS = {
  ...{ baseUrl: "https://app.example/api/kavach", authUrl: "https://app.example/auth", token: "kv_canary-client" },
  ...{ headers: { "X-Tenant": "acme" }, timeout: 100, deadline: 200, maxRetries: 1, credentials: "include" },
  ...{ dialect: "sdk", allowInsecure: true, fetch: undefined, onRequest: undefined, onResponse: undefined },
  ...{ onRetry: undefined, onCallEnd: undefined, tracer: undefined, logger: {} },
};

/** The methods of a client, each with its right arguments, without the options of the call. */
export const METHODS = {
  authorize: ["a1", REQUEST],
  "agents.create": [AGENT],
  "agents.list": [{ userId: "u1", status: "active", type: "service" }],
  "agents.get": ["a1"],
  "agents.update": ["a1", { name: "n", permissions: [PERMISSION], expiresAt: MOMENT, metadata: {} }],
  "agents.revoke": ["a1"],
  "agents.rotate": ["a1"],
  "agents.authorize": ["a1", REQUEST],
  "agents.getEffectivePermissions": ["a1"],
  "auth.signUp": [ACCOUNT],
  "auth.signIn": [{ email: ACCOUNT.email, password: ACCOUNT.password }],
  "auth.signOut": ["kv_canary-session"],
  "auth.getSession": ["kv_canary-session"],
  "auth.authorizeByToken": ["kv_canary-agent", REQUEST],
  "audit.query": [FILTERS],
  "audit.queryPaginated": [FILTERS],
  "audit.export": [{ format: "csv", since: MOMENT, until: MOMENT }],
  "delegation.create": [LENT],
  "delegation.listChains": ["a1"],
  "delegation.getEffectivePermissions": ["a1"],
  "delegation.revoke": ["d1"],
  "mcp.register": [SERVER],
  "mcp.list": [],
  "mcp.get": ["m1"],
};

/** The pure functions, likewise. */
export const FUNCTIONS = {
  read: ["mcp:github:*", PERMISSION.constraints],
  write: ["mcp:github:*", PERMISSION.constraints],
  execute: ["mcp:github:*", PERMISSION.constraints],
  readWrite: ["mcp:github:*", PERMISSION.constraints],
  fullAccess: ["mcp:github:*", PERMISSION.constraints],
  withApproval: [PERMISSION],
  rateLimited: [PERMISSION, 100],
  parsePermissions: [[PERMISSION, PERMISSION]],
};
