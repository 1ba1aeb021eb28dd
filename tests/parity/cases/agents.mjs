// Agents and decisions: what is sent.

import { AGENT, created, DECISION, FULL_PERMISSION, NO_CONTENT, ok, PERMISSION } from "./answers.mjs";
import { FEW_IDS, idCases } from "./ids.mjs";

const MINIMAL = { ownerId: "user-123", name: "github-reader", type: "autonomous", permissions: [PERMISSION] };
const WANTED = { action: "read", resource: "mcp:github:repos" };
const withConstraints = (constraints) => ({ ...MINIMAL, permissions: [{ ...PERMISSION, constraints }] });

const create = (name, input, more) => ({
  name: `agents.create ${name}`,
  call: "agents.create",
  args: [input],
  answer: created(AGENT),
  ...more,
});
const list = (name, ...args) => ({ name: `agents.list ${name}`, call: "agents.list", args, answer: ok([AGENT]) });
const update = (name, input) => ({
  name: `agents.update ${name}`,
  call: "agents.update",
  args: ["agent-1", input],
  answer: ok(AGENT),
});
const authorize = (name, request) => ({
  name: `agents.authorize ${name}`,
  call: "agents.authorize",
  args: ["agent-1", request],
  answer: ok(DECISION),
});

export const agentCases = [
  create("minimal", MINIMAL),
  create("with every field", {
    ...MINIMAL,
    type: "service",
    permissions: [FULL_PERMISSION, PERMISSION],
    expiresAt: "2030-01-02T03:04:05.678Z",
    metadata: { team: "core", nested: { list: [1, "two", null, true] } },
  }),
  create("with a date alone", { ...MINIMAL, expiresAt: "2030-01-02" }),
  create("with an offset", { ...MINIMAL, expiresAt: "2030-01-02T03:04:05+05:30" }),
  create("in unicode", {
    ...MINIMAL,
    ownerId: "größe",
    name: 'ágent ✓ 日本 😀 "quoted" \\ \u2028',
    metadata: { ключ: "значение" },
  }),
  create("with a type to come", { ...MINIMAL, type: "delegated" }),
  create("without permissions", { ...MINIMAL, permissions: [] }),
  create("with a permission without actions", { ...MINIMAL, permissions: [{ resource: "r", actions: [] }] }),
  create("with empty metadata", { ...MINIMAL, metadata: {} }),
  create("with null for what is absent", { ...MINIMAL, expiresAt: null, metadata: null }),
  create("with null in metadata, which is the caller's own", { ...MINIMAL, metadata: { cleared: null } }),
  create("with numbers in metadata", { ...MINIMAL, metadata: { big: 9007199254740991, small: -0.25, exponent: 1e21 } }),
  create("with empty constraints", withConstraints({})),
  create("with null for constraints", { ...MINIMAL, permissions: [{ ...PERMISSION, constraints: null }] }),
  create("with maxCallsPerHour", withConstraints({ maxCallsPerHour: 1 })),
  create("with allowedArgPatterns", withConstraints({ allowedArgPatterns: ["^[a-z]+\\d{2,}$"] })),
  create("with no allowedArgPatterns", withConstraints({ allowedArgPatterns: [] })),
  create("with requireApproval off", withConstraints({ requireApproval: false })),
  create("with timeWindow", withConstraints({ timeWindow: { start: "00:00", end: "23:59" } })),
  create("with ipAllowlist", withConstraints({ ipAllowlist: ["10.0.0.0/8"] })),
  create("with half a timeWindow", withConstraints({ timeWindow: { start: "09:00" } }), {
    differs: {
      what: "body",
      ours: null,
      theirs: withConstraints({ timeWindow: { start: "09:00", end: null } }),
      why: "a window needs both ends: servers answer 400 to the null that Python sends, so it is refused before any request",
    },
  }),

  list("everything"),
  list("with null for filters", null),
  list("with no filter set", {}),
  list("of a user", { userId: "user-123" }),
  list("by status", { status: "revoked" }),
  list("by type", { type: "service" }),
  list("by all", { userId: "user-123", status: "active", type: "autonomous" }),
  list("of an odd user", { userId: "a b+c&d=e/f?g#h%zz ü 日本 ~*'()!;:@,$" }),

  ...idCases("agents.get", { collection: "agents", answer: ok(AGENT) }),

  update("of nothing", {}),
  update("of the name", { name: "renamed ✓" }),
  update("of the permissions", { permissions: [FULL_PERMISSION] }),
  update("to no permissions", { permissions: [] }),
  update("of the end", { expiresAt: "2031-05-06T07:08:09Z" }),
  update("of the metadata", { metadata: { k: "v" } }),
  update("of everything", { name: "n", permissions: [PERMISSION], expiresAt: "2031-05-06", metadata: {} }),
  update("with null for what stays", { name: null, permissions: null, expiresAt: null, metadata: null }),
  ...idCases("agents.update", { collection: "agents", args: [{ name: "n" }], answer: ok(AGENT), ...FEW_IDS }),
  ...idCases("agents.revoke", { collection: "agents", answer: NO_CONTENT, ...FEW_IDS }),
  ...idCases("agents.rotate", { collection: "agents", tail: "/rotate", answer: ok(AGENT), ...FEW_IDS }),
  ...idCases("agents.getEffectivePermissions", {
    collection: "delegations",
    tail: "/permissions",
    answer: ok([PERMISSION]),
    ...FEW_IDS,
  }),

  authorize("without arguments", WANTED),
  authorize("with arguments", {
    ...WANTED,
    arguments: { owner: "octo", n: 1, deep: { list: [1, null] }, text: "ü \"'\n" },
  }),
  authorize("with empty arguments", { ...WANTED, arguments: {} }),
  authorize("with null for arguments", { ...WANTED, arguments: null }),
  authorize("in unicode", { action: "lesen ✓", resource: "mcp:größe:日本" }),
  ...idCases("agents.authorize", {
    collection: "agents",
    tail: "/authorize",
    args: [WANTED],
    answer: ok(DECISION),
    ...FEW_IDS,
  }),
  ...idCases("authorize", {
    collection: "agents",
    tail: "/authorize",
    args: [WANTED],
    answer: ok(DECISION),
    ...FEW_IDS,
  }),
  {
    name: "authorize with arguments",
    call: "authorize",
    args: ["agent-1", { ...WANTED, arguments: { version: "1.2.3" } }],
    answer: ok(DECISION),
  },
];
